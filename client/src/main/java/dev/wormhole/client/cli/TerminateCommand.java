package dev.wormhole.client.cli;

import picocli.CommandLine.Model.CommandSpec;

/** {@code wormhole terminate}: tells a task's command to end. */
final class TerminateCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "terminate", "Ends a task's command, gently at first; its output is kept.")
                .addPositional(Options.oneTask());
    }

    @Override
    public int run(Call call) throws CliException {
        try (ServerConnection server = call.connect(false)) {
            server.terminateTask(TaskChoice.choose(call.word(0), server.tasks()).id());
        }
        return 0;
    }
}
