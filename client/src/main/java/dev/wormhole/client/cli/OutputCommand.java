package dev.wormhole.client.cli;

import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.protocol.SessionId;

import picocli.CommandLine.Model.CommandSpec;

/** {@code wormhole output}: what a task has printed, as far as it is kept. */
final class OutputCommand implements Command {

    private static final String TEXT = "--text";
    private static final String ANSI = "--ansi";
    private static final String FOLLOW = "--follow";

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "output",
                        "Prints what a task has printed; a line [N bytes not kept] stands where"
                                + " some is missing.")
                .addOption(
                        Options.flag(TEXT, "plain text, a line at a time; the default in a pipe"))
                .addOption(Options.flag(ANSI, "its bytes, with colours; the default on a terminal"))
                .addOption(Options.flag(FOLLOW, "goes on until the task has ended"))
                .addPositional(Options.oneTask());
    }

    @Override
    public int run(Call call) throws CliException {
        if (call.has(TEXT) && call.has(ANSI)) {
            throw CliException.usage("--text is without what --ansi asks for: leave out one");
        }
        Console console = call.console();
        boolean isText = call.has(TEXT) || (!call.has(ANSI) && !console.isLookedAt());
        OutputPrinter printer =
                isText ? OutputPrinter.ofText(console) : OutputPrinter.ofBytes(console, true);
        LinkTarget target = LastingTarget.of(call.target(false), console.environment());
        try (ServerConnection server = call.connector().connect(target)) {
            SessionId id = TaskChoice.choose(call.word(0), server.tasks()).id();
            var reader = new TaskReader(server, id, printer);
            if (call.has(FOLLOW)) return follow(reader, printer, console.interrupts());
            reader.readToNow();
            return 0;
        }
    }

    private static int follow(TaskReader reader, OutputPrinter printer, Interrupts interrupts)
            throws CliException {
        TaskReader.Step step;
        do step = reader.step(interrupts.next());
        while (step == TaskReader.Step.MORE);
        // Also after Ctrl-C: the terminal is left as it was.
        printer.finish();
        return step == TaskReader.Step.COMPLETE ? 0 : RunCommand.INTERRUPTED;
    }
}
