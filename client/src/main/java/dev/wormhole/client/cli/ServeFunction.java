package dev.wormhole.client.cli;

/**
 * Runs the session server in the foreground; handed in by the server, since the client does not
 * know it.
 */
@FunctionalInterface
public interface ServeFunction {

    /**
     * Returns the exit status when the server has ended; what went wrong is already on stderr, in
     * one line.
     */
    int serve(ServeOptions options);
}
