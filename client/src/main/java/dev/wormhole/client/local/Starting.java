package dev.wormhole.client.local;

import java.util.Map;

/** What can be said of how this machine starts server and keepers, before it does. */
public final class Starting {

    private Starting() {}

    /** Whether they get a session of their own, so that closing a terminal ends none of them. */
    public static boolean leavesTheTerminal(Map<String, String> environment) {
        return Background.canLeaveTheTerminal(environment);
    }
}
