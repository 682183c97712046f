package dev.wormhole.client.cli;

import picocli.CommandLine.Model.CommandSpec;

/** {@code wormhole rename}: names a session. */
final class RenameCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.command("rename", "Names a session; names need not be unique.")
                .addPositional(Options.session(0))
                .addPositional(Options.word(1, "NAME", "up to 128 characters"));
    }

    @Override
    public int run(Call call) throws CliException {
        NewCommand.checkName(call.word(1));
        try (ServerConnection server = call.connect(false)) {
            server.rename(SessionChoice.choose(call.word(0), server.list()).id(), call.word(1));
        }
        return 0;
    }
}
