package dev.wormhole.server.checkpoint;

import dev.wormhole.server.session.RingBuffer;

import java.time.Duration;

/**
 * What the user can set about checkpoints.
 *
 * <p>Immutable.
 *
 * @param interval how long output may be unwritten; what a crash of the server may lose
 * @param caps of the rings that are restored; smaller ones than before evict at load
 * @param rest how long nothing is stored before the database is tidied up
 */
public record CheckpointSettings(Duration interval, RingBuffer.Caps caps, Duration rest) {

    public static final Duration DEFAULT_INTERVAL = Duration.ofMillis(250);

    /** Longer than the pauses of most programs that print now and then. */
    private static final Duration REST = Duration.ofSeconds(60);

    /** More would be no promise. */
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);

    public CheckpointSettings(Duration interval, RingBuffer.Caps caps) {
        this(interval, caps, REST);
    }

    public CheckpointSettings {
        if (interval.isNegative() || interval.isZero() || interval.compareTo(MAX_INTERVAL) > 0)
            throw new IllegalArgumentException("checkpoint.interval: " + interval);
    }
}
