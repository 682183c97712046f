package dev.wormhole.client.link;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Notices that the machine slept: the wall clock goes on meanwhile and the monotonic one does not.
 * A wall clock that somebody set by as much looks the same, and costs a ping.
 *
 * <p>Looked at by one thread at a time.
 */
final class SleepWatch {

    /** How often to look: half of what a connection may seem to live after the machine woke. */
    static final Duration BEAT = Duration.ofSeconds(1);

    /** More than clocks drift, or are corrected by, between two looks. */
    static final Duration JUMP = Duration.ofSeconds(5);

    private final InstantSource wall;
    private final LongSupplier monotonicNanos;
    private long lastWallMillis;
    private long lastNanos;

    /** The first look is now. */
    SleepWatch(InstantSource wall, LongSupplier monotonicNanos) {
        this.wall = wall;
        this.monotonicNanos = monotonicNanos;
        lastWallMillis = wall.millis();
        lastNanos = monotonicNanos.getAsLong();
    }

    /** Whether the machine woke since the last look. */
    boolean woke() {
        long wallMillis = wall.millis();
        long nanos = monotonicNanos.getAsLong();
        // The monotonic clock begins anywhere and may overflow: only its differences mean
        // something.
        long awake = Duration.ofNanos(nanos - lastNanos).toMillis();
        long passed = wallMillis - lastWallMillis;
        lastWallMillis = wallMillis;
        lastNanos = nanos;
        return Math.abs(passed - awake) > JUMP.toMillis();
    }
}
