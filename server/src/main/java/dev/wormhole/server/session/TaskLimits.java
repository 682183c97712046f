package dev.wormhole.server.session;

import java.time.Duration;

/**
 * What tasks may take.
 *
 * <p>Immutable.
 *
 * @param outputBytes of a task's output that its history keeps: the first and the last half of it
 * @param grace between telling a command to end and killing it
 */
public record TaskLimits(long outputBytes, Duration grace) {

    /** A reader that is further behind is waited for, as long as it reads on. */
    long readerLag() {
        return outputBytes / 4;
    }

    /** As the settings' defaults are. */
    public static final TaskLimits DEFAULT = new TaskLimits(16 << 20, Duration.ofSeconds(10));
}
