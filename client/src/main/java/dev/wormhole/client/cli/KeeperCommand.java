package dev.wormhole.client.cli;

import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code wormhole keeper}: holds processes for the server of a data directory, in the foreground.
 * The server starts it by itself; it is no command for a person, so the help does not list it.
 */
record KeeperCommand(ServerFunctions server) implements Command {

    static final String NAME = "keeper";

    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Options.command(
                        NAME, "Holds the processes of sessions; the server starts it by itself.");
        spec.usageMessage().hidden(true);
        return spec;
    }

    @Override
    public int run(Call call) throws CliException {
        call.onlyHere(NAME);
        return server.keep(call.dataDirectory());
    }
}
