package dev.wormhole.client.cli;

import picocli.CommandLine.Model.CommandSpec;

/** {@code wormhole kill}: destroys a session, its process and its scrollback. */
final class KillCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "kill", "Destroys a session for ever: its process and its scrollback.")
                .addPositional(Options.session(0));
    }

    @Override
    public int run(Call call) throws CliException {
        try (ServerConnection server = call.connect(false)) {
            server.destroy(SessionChoice.choose(call.word(0), server.list()).id());
        }
        return 0;
    }
}
