package dev.wormhole.client.cli;

import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.local.LocalServer;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskStatus;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code wormhole run}: makes a task; waits for its end and exits as its command does, or leaves it
 * to itself.
 */
final class RunCommand implements Command {

    static final String NAME = "run";

    /** Wormhole failed, not the command. */
    static final int NOT_RUN = 125;

    /** What a shell says of a program that Ctrl-C ended. */
    static final int INTERRUPTED = 130;

    private static final String REPO = "--repo";
    private static final String TASK = "--task";
    private static final String NAMED = "--name";
    private static final String TIMEOUT = "--timeout";
    private static final String DETACH = "--detach";
    private static final String WAIT = "--wait";

    private static final Pattern DURATION =
            Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)([smhd]?)");
    private static final Pattern PLAIN_WORD = Pattern.compile("[\\w@%+=:,./-]+");

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Options.command(
                        NAME,
                        "Runs a command once, as a task of the server: it goes on whatever becomes"
                                + " of this terminal.");
        spec.usageMessage()
                .customSynopsis("wormhole run [OPTIONS] -- COMMAND…")
                .footer(
                        "",
                        "Exit status: the command's; 128+n when signal n ended it, 124 when it ran"
                                + " longer than --timeout, 125 when Wormhole could not run it or"
                                + " lost sight of it, 130 when Ctrl-C left it running.",
                        "Nothing is read from stdin: 'wormhole attach ID' types into a task.");
        return spec.addOption(
                        Options.value(
                                REPO,
                                "DIR",
                                "where it runs: a directory or git repository; default: here"))
                .addOption(Options.value(TASK, "TEXT", "what it is for; default: the command line"))
                .addOption(Options.value(NAMED, "N", "what to call it"))
                .addOption(
                        Options.value(TIMEOUT, "T", "ends it after so long: 90, 90s, 5m, 2h or 1d"))
                .addOption(
                        Options.flag(
                                DETACH,
                                "prints its id once it runs, or could not be started, and waits no"
                                        + " longer"))
                .addOption(
                        Options.flag(
                                WAIT, "prints its output until it has ended: what it does anyway"));
    }

    @Override
    public int failure() {
        return NOT_RUN;
    }

    @Override
    public int run(Call call) throws CliException {
        if (call.rest().isEmpty()) {
            throw CliException.usage("no command: it comes after --, as in wormhole run -- make");
        }
        if (call.has(DETACH) && call.has(WAIT)) {
            throw CliException.usage("--detach does not wait: leave out one of them");
        }
        String name = call.option(NAMED);
        if (name != null) NewCommand.checkName(name);
        String text = text(call);
        Long timeLimit = timeLimit(call.option(TIMEOUT));
        LinkTarget target = call.target(true);
        var request =
                new ClientMessage.TaskStart(
                        repo(call, target instanceof LocalServer),
                        text,
                        call.rest(),
                        name,
                        Map.of(),
                        call.console().size().orElse(null),
                        timeLimit,
                        UUID.randomUUID().toString());
        LinkTarget lasting = LastingTarget.of(target, call.console().environment());
        try (ServerConnection server = call.connector().connect(lasting)) {
            if (call.has(DETACH)) {
                announce(call.console(), server, server.startTask(request));
                return 0;
            }
            // From before it is made: Ctrl-C shall never leave one behind without a word.
            Interrupts interrupts = call.console().interrupts();
            TaskEntry entry = server.startTask(request);
            try {
                return follow(call.console(), server, entry.id(), interrupts);
            } catch (CliException e) {
                throw CliException.failed(
                        e.line() + "; the task is left as it is: " + hints(entry.id()));
            }
        }
    }

    /**
     * Prints the task's id as soon as its command runs, or is known never to: then it has failed,
     * and so has this.
     */
    static void announce(Console console, ServerConnection server, TaskEntry made)
            throws CliException {
        TaskEntry entry =
                made.status() == TaskStatus.PENDING
                        ? server.awaitTask(made.id(), TaskStatus.PENDING)
                        : made;
        console.out().println(entry.id());
        if (TaskWords.isStillborn(entry)) {
            throw CliException.failed(
                    TaskWords.line(entry)
                            .orElse("task " + entry.id().shortForm() + " did not start"));
        }
    }

    private static int follow(
            Console console, ServerConnection server, SessionId id, Interrupts interrupts)
            throws CliException {
        OutputPrinter printer =
                console.isLookedAt()
                        ? OutputPrinter.ofBytes(console, false)
                        : OutputPrinter.ofText(console);
        var reader = new TaskReader(server, id, printer);
        while (true) {
            switch (reader.step(interrupts.next())) {
                case MORE -> {}
                case COMPLETE -> {
                    printer.finish();
                    TaskEntry entry = ended(server, id);
                    TaskWords.line(entry).ifPresent(console::complain);
                    return TaskWords.status(entry);
                }
                case INTERRUPTED -> {
                    if (goesOnWithout(console, server, id, interrupts.take())) {
                        printer.finish();
                        console.complain("task " + id.shortForm() + " goes on: " + hints(id));
                        return INTERRUPTED;
                    }
                }
            }
        }
    }

    private static TaskEntry ended(ServerConnection server, SessionId id) throws CliException {
        TaskEntry entry = server.task(id);
        while (!entry.status().isOver()) entry = server.awaitTask(id, entry.status());
        return entry;
    }

    /**
     * Asks whom Ctrl-C was meant for; whether the task is left to itself. A second Ctrl-C means
     * that the person wants out, which must not cost the task.
     */
    private static boolean goesOnWithout(
            Console console,
            ServerConnection server,
            SessionId id,
            CompletableFuture<Void> interruptedAgain)
            throws CliException {
        if (!console.canAsk()) return true;
        Optional<String> answer =
                console.ask(
                        "task "
                                + id.shortForm()
                                + ": t terminates it, l or Ctrl-C leaves it running, Enter goes"
                                + " on waiting:",
                        interruptedAgain);
        return switch (answer.map(String::strip).orElse("l")) {
            case "t", "T" -> {
                terminate(server, id);
                yield false;
            }
            case "l", "L" -> true;
            default -> false;
        };
    }

    private static void terminate(ServerConnection server, SessionId id) throws CliException {
        try {
            server.terminateTask(id);
        } catch (CliException e) {
            // It may have ended while the person thought about it.
            if (!server.task(id).status().isOver()) throw e;
        }
    }

    private static String hints(SessionId id) {
        return "'wormhole output %s --follow' follows it, 'wormhole terminate %s' ends it"
                .formatted(id.shortForm(), id.shortForm());
    }

    /** This directory means something on this machine alone. */
    private static String repo(Call call, boolean isHere) throws CliException {
        String option = call.option(REPO);
        try {
            if (isHere) {
                return call.console()
                        .directory()
                        .resolve(option == null ? "" : option)
                        .normalize()
                        .toString();
            }
        } catch (InvalidPathException e) {
            throw CliException.usage("--repo is no path: " + e.getReason());
        }
        if (option == null || !option.startsWith("/")) {
            throw CliException.usage(
                    "a task on another machine needs --repo with a whole path: /…");
        }
        return option;
    }

    private static String text(Call call) throws CliException {
        String option = call.option(TASK);
        if (option == null) {
            String typed = typed(call.rest());
            return typed.length() <= Limits.TASK_CHARS
                    ? typed
                    : typed.substring(0, typed.offsetByCodePoints(0, Limits.TASK_CHARS / 2));
        }
        if (option.length() > Limits.TASK_CHARS) {
            throw CliException.usage("--task has more than " + Limits.TASK_CHARS + " characters");
        }
        return option;
    }

    /** The words as a person would type them into a shell. */
    static String typed(List<String> words) {
        return words.stream()
                .map(
                        word ->
                                PLAIN_WORD.matcher(word).matches()
                                        ? word
                                        : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    /** Milliseconds. */
    static @Nullable Long timeLimit(@Nullable String text) throws CliException {
        if (text == null) return null;
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw CliException.usage("--timeout is a number with s, m, h or d, not " + text);
        }
        long unit =
                switch (parts.group(2)) {
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    case "d" -> 86_400_000;
                    default -> 1000;
                };
        long millis = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit)).longValue();
        if (millis < 1 || millis > Limits.TASK_MILLIS) {
            throw CliException.usage("--timeout is more than nothing and at most 366d");
        }
        return millis;
    }
}
