package dev.wormhole.client.cli;

import dev.wormhole.client.local.ServerStop;

import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code wormhole stop}: an orderly end of the local server, which has ended when the command
 * returns; its processes go on in their keepers, or end with them too.
 */
record StopCommand(ServerFunctions server) implements Command {

    private static final String ALL = "--all";

    /** A final checkpoint takes a second at most, on a busy disk more. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "stop",
                        "Stops the local server in order: everything is kept, processes go on.")
                .addOption(Options.flag(ALL, "ends the processes and their keepers too"));
    }

    @Override
    public int run(Call call) throws CliException {
        call.onlyHere("stop");
        Path directory = call.dataDirectory();
        try {
            boolean ended =
                    switch (ServerStop.stop(directory, PATIENCE)) {
                        case ServerStop.Outcome.Ended _ -> true;
                        case ServerStop.Outcome.NotRunning() -> false;
                        case ServerStop.Outcome.Failed(String reason) ->
                                throw CliException.failed(reason);
                    };
            // Only now: while a server runs, the keepers are its own to speak to.
            if (call.has(ALL)) ended |= server.endKeepers(directory) > 0;
            if (ended) return 0;
            throw CliException.failed("no server runs for " + directory + ": nothing to stop");
        } catch (IOException e) {
            throw CliException.failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("interrupted");
        }
    }
}
