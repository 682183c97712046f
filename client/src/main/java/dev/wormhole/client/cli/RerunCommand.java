package dev.wormhole.client.cli;

import dev.wormhole.protocol.TaskEntry;

import picocli.CommandLine.Model.CommandSpec;

/** {@code wormhole rerun}: makes a task like one that there is. */
final class RerunCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "rerun",
                        "Runs a task's command again, as a new task, and prints the id of that"
                                + " once it runs.")
                .addPositional(Options.oneTask());
    }

    @Override
    public int run(Call call) throws CliException {
        try (ServerConnection server = call.connect(false)) {
            TaskEntry old = TaskChoice.choose(call.word(0), server.tasks());
            RunCommand.announce(call.console(), server, server.rerunTask(old.id()));
        }
        return 0;
    }
}
