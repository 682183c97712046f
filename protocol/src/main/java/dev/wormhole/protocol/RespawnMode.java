package dev.wormhole.protocol;

import java.util.Locale;

/**
 * What an attach does to a session without a process. The wire name is the constant in lower case.
 */
public enum RespawnMode {
    /** Starts the next generation of any shell session. The default. */
    AUTO,
    /** Starts it only where the process was lost with its server, not where it ended by itself. */
    LOST,
    /** Leaves the session as it is. */
    NEVER;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
