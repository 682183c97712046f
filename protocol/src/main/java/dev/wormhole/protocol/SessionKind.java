package dev.wormhole.protocol;

import java.util.Locale;

/** What a session runs. The wire name is the constant in lower case. */
public enum SessionKind {
    /** The user's login shell; started again on attach after it exited. */
    SHELL,
    /** A command given at creation; started again only when asked. */
    COMMAND,
    /** A command that runs once and leaves a record. */
    TASK;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
