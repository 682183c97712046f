package dev.wormhole.client.cli;

/**
 * The command line of Wormhole (DESIGN section 6): the door to this package. It knows the words a
 * person types and the exit status; what a command does is in the class named after it.
 */
public final class WormholeCli {

    private WormholeCli() {}

    /**
     * Runs one command and returns the exit status: 0 done, 1 refused or failed with one line on
     * stderr, 2 wrong usage. A program without a window: {@code open} is refused.
     */
    public static int run(String[] args, ServerFunctions server) {
        return run(args, server, OpenCommand::refuse);
    }

    /**
     * As {@link #run(String[], ServerFunctions)}; without a command, and for {@code open}, it opens
     * the window.
     */
    public static int run(String[] args, ServerFunctions server, OpenFunction open) {
        return new CommandTable(Console.ofThisProcess(), server, open, LinkConnection::connect)
                .run(Arguments.recovered(args));
    }
}
