package dev.wormhole.client.cli;

import dev.wormhole.client.local.ServerStop;

import picocli.CommandLine.Model.CommandSpec;

import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code wormhole stop}: an orderly end of the local server, which has ended when the command
 * returns.
 */
final class StopCommand implements Command {

    /**
     * A final checkpoint takes a second at most; processes get some to end after they were hung up.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "stop",
                        "Stops the local server in order: everything is kept, processes are hung"
                                + " up.")
                .addOption(
                        Options.flag(
                                "--all", "hangs up the processes too, where they would go on"));
    }

    @Override
    public int run(Call call) throws CliException {
        call.onlyHere("stop");
        Path directory = call.dataDirectory();
        try {
            return switch (ServerStop.stop(directory, PATIENCE)) {
                case ServerStop.Outcome.Ended _ -> 0;
                case ServerStop.Outcome.NotRunning() ->
                        throw CliException.failed(
                                "no server runs for " + directory + ": nothing to stop");
                case ServerStop.Outcome.Failed(String reason) -> throw CliException.failed(reason);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed("interrupted");
        }
    }
}
