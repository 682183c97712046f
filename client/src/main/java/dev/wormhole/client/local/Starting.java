package dev.wormhole.client.local;

import dev.wormhole.protocol.CleanEnvironment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How this machine starts servers and keepers, for those who have others start them. */
public final class Starting {

    private Starting() {}

    /** Whether they get a session of their own, so that closing a terminal ends none of them. */
    public static boolean leavesTheTerminal(Map<String, String> environment) {
        return Background.canLeaveTheTerminal(environment);
    }

    /**
     * The words that start a server of this program for a data directory; options of {@code serve}
     * may follow. Asks one short program.
     */
    public static List<String> serverWords(Path dataDirectory, Map<String, String> environment) {
        return ServerProcess.command(dataDirectory, System.getProperties(), environment);
    }

    /** The environment for these words: the user's, without what belongs to this process alone. */
    public static Map<String, String> environment(Map<String, String> environment) {
        return CleanEnvironment.of(environment);
    }
}
