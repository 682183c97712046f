package dev.wormhole.client.cli;

/** Opens the window; handed in by the window program, since the client does not know it. */
@FunctionalInterface
public interface OpenFunction {

    /**
     * Returns the exit status when the window has closed; what went wrong is already on stderr, in
     * one line.
     */
    int open(OpenOptions options);
}
