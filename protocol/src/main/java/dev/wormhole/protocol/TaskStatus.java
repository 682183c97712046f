package dev.wormhole.protocol;

import java.util.Locale;

/** Where a task stands. The wire name is the constant in lower case. */
public enum TaskStatus {
    /** Its record is durable; its command does not run yet. */
    PENDING,
    /** Its command runs. */
    RUNNING,
    /** Its command ended with status 0. */
    COMPLETED,
    /** It ended in any other way: see {@link TaskReason}. */
    FAILED;

    /** Whether nothing follows. */
    public boolean isOver() {
        return this == COMPLETED || this == FAILED;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
