package dev.wormhole.client.cli;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All commands: reads the words, runs the one that is meant, and turns every failure into one line
 * and an exit status.
 *
 * <p>Owned by the calling thread.
 */
final class CommandTable {

    private static final Logger log = LoggerFactory.getLogger(CommandTable.class);

    /** Commands whose words after {@code --} are another program's. */
    private static final Set<String> TAKE_A_PROGRAM =
            Set.of(NewCommand.NAME, OpenCommand.NAME, RunCommand.NAME);

    private final Console console;
    private final ServerConnection.Connector connector;
    private final Map<String, Command> commands = new LinkedHashMap<>();
    private final Command window;

    /** Of the command that runs. */
    private int failure = CliException.FAILED;

    CommandTable(
            Console console,
            ServerFunctions server,
            OpenFunction open,
            ServerConnection.Connector connector) {
        this.console = console;
        this.connector = connector;
        this.window = new OpenCommand(open);
        commands.put(OpenCommand.NAME, window);
        commands.put("ls", new LsCommand());
        commands.put(NewCommand.NAME, new NewCommand());
        commands.put("attach", new AttachCommand());
        commands.put(RunCommand.NAME, new RunCommand());
        commands.put("tasks", new TasksCommand());
        commands.put("output", new OutputCommand());
        commands.put("terminate", new TerminateCommand());
        commands.put("rerun", new RerunCommand());
        commands.put("send", new SendCommand());
        commands.put("rename", new RenameCommand());
        commands.put("kill", new KillCommand());
        commands.put("clean", new CleanCommand());
        commands.put("status", new StatusCommand());
        commands.put("stop", new StopCommand(server));
        commands.put("doctor", new DoctorCommand(server));
        commands.put(OrphansCommand.NAME, new OrphansCommand());
        commands.put("serve", new ServeCommand(server));
        commands.put(KeeperCommand.NAME, new KeeperCommand(server));
    }

    int run(String[] args) {
        try {
            return runChecked(args);
        } catch (CliException e) {
            console.complain(e.line());
            return e.status() == CliException.FAILED ? failure : e.status();
        } catch (RuntimeException e) {
            // The root of the main thread: a person sees one line, the log (where there is one) the
            // rest.
            log.error("a command failed", e);
            console.complain("this should not happen (" + e + "): please report it");
            return failure;
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    private int runChecked(String[] args) throws CliException {
        int dashes = Arrays.asList(args).indexOf("--");
        List<String> before = Arrays.asList(args).subList(0, dashes < 0 ? args.length : dashes);
        List<String> rest =
                dashes < 0 ? List.of() : Arrays.asList(args).subList(dashes + 1, args.length);

        CommandLine line = commandLine();
        ParseResult root = parse(line, before, rest);
        if (root.isVersionHelpRequested()) {
            console.out().println("wormhole " + Version.text());
            return 0;
        }
        ParseResult own = root.hasSubcommand() ? root.subcommand() : root;
        if (root.isUsageHelpRequested() || own.isUsageHelpRequested()) {
            CommandLine asked =
                    root.isUsageHelpRequested() ? line : own.commandSpec().commandLine();
            console.out().print(asked.getUsageMessage(Ansi.OFF));
            return 0;
        }
        Command command = root.hasSubcommand() ? commands.get(own.commandSpec().name()) : window;
        if (command == null)
            throw new IllegalStateException("no command " + own.commandSpec().name());
        if (!root.hasSubcommand() && dashes >= 0) {
            throw CliException.usage(
                    "a command comes before --: wormhole open -- COMMAND, or wormhole new --"
                            + " COMMAND");
        }
        failure = command.failure();
        return command.run(new Call(root, own, rest, console, connector));
    }

    private CommandLine commandLine() {
        CommandSpec root =
                Options.withCommon(
                        Options.command("wormhole", "A terminal whose sessions do not die."));
        root.usageMessage().synopsisSubcommandLabel("[COMMAND]");
        root.usageMessage()
                .footer(
                        "",
                        "Without a command the window opens. Exit status: 0 done, 1 refused or"
                                + " failed, 2 wrong usage; 'run' exits as its command does.");
        root.addOption(
                OptionSpec.builder("-V", "--version")
                        .type(boolean.class)
                        .versionHelp(true)
                        .description("shows the version")
                        .build());
        commands.forEach(
                (name, command) -> root.addSubcommand(name, Options.withCommon(command.spec())));
        var line = new CommandLine(root);
        line.setExpandAtFiles(false);
        line.setPosixClusteredShortOptionsAllowed(false);
        line.setInterpolateVariables(false);
        line.setUsageHelpWidth(100);
        line.setUsageHelpAutoWidth(false);
        return line;
    }

    private ParseResult parse(CommandLine line, List<String> before, List<String> rest)
            throws CliException {
        var words = new ArrayList<>(before);
        if (!rest.isEmpty() && !TAKE_A_PROGRAM.contains(commandWord(before))) {
            words.add("--");
            words.addAll(rest);
        }
        try {
            return line.parseArgs(words.toArray(String[]::new));
        } catch (ParameterException e) {
            throw CliException.usage(explain(e) + ": see " + helpFor(e));
        }
    }

    /**
     * The word that stands where the command stands: what is no option, nor an option's value;
     * empty without one.
     */
    private static String commandWord(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-")) return word;
            if (Options.COMMON_WITH_VALUE.contains(word)) i++;
        }
        return "";
    }

    private static String helpFor(ParameterException e) {
        String name = e.getCommandLine().getCommandName();
        return name.equals("wormhole") ? "wormhole --help" : "wormhole " + name + " --help";
    }

    private static String explain(ParameterException e) {
        String command = e.getCommandLine().getCommandName();
        return switch (e) {
            case UnmatchedArgumentException unmatched when !unmatched.getUnmatched().isEmpty() ->
                    explainUnmatched(unmatched.getUnmatched().getFirst(), command);
            case MissingParameterException missing when missing.getMissing().isEmpty() ->
                    firstLine(e.getMessage());
            default -> firstLine(e.getMessage());
        };
    }

    private static String explainUnmatched(String word, String command) {
        if (word.startsWith("-") && word.length() > 1) {
            return "no option " + word + " (-- stands before words that begin with -)";
        }
        if (command.equals("wormhole")) return "no command " + word;
        if (command.equals(NewCommand.NAME) || command.equals(RunCommand.NAME))
            return "a program comes after --, as in wormhole " + command + " -- " + word;
        return "one word too many: " + word;
    }

    private static String firstLine(@Nullable String message) {
        String text = message == null ? "wrong usage" : message;
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
