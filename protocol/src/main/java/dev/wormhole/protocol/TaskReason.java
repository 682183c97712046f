package dev.wormhole.protocol;

import java.util.Locale;

/** Why a task failed. The wire name is the constant in lower case. */
public enum TaskReason {
    /** Its command ended by itself, with another status than 0. */
    EXITED,
    /** A signal that was not ours ended its command. */
    SIGNAL,
    /** Its command could not be started; the entry's message says why. */
    SPAWN_FAILED,
    /** It was still pending when its server ended, and never ran. */
    NEVER_STARTED,
    /** Its process was gone when its server came back. */
    LOST,
    /** Somebody terminated it. */
    TERMINATED,
    /** It ran longer than it was given. */
    TIMEOUT,
    /** Its server stopped, and was set to end tasks then. */
    STOPPED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
