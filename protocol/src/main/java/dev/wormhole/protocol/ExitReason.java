package dev.wormhole.protocol;

import java.util.Locale;

/** How a generation ended. The wire name is the constant in lower case. */
public enum ExitReason {
    /** The process ended by itself, with an exit code. */
    EXITED,
    /** A signal ended the process. */
    SIGNAL,
    /** The process was gone when its server came back; nobody saw how it ended. */
    LOST;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
