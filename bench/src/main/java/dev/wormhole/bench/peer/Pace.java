package dev.wormhole.bench.peer;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast a viewer takes output. Immutable.
 *
 * @param bytesPerSecond 0 for as fast as it can
 */
public record Pace(long bytesPerSecond) {

    public static final Pace UNLIMITED = new Pace(0);

    /** A slow viewer's clock. Owned by the thread that reads. */
    final class Clock {

        private long due = System.nanoTime();

        /** Returns when these bytes would have gone through. */
        void took(int bytes) {
            if (bytesPerSecond == 0) return;
            due = Math.max(due, System.nanoTime()) + bytes * 1_000_000_000L / bytesPerSecond;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
        }
    }

    Clock clock() {
        return new Clock();
    }

    /** Lets time pass. */
    public static void rest(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            LockSupport.parkNanos(end - now);
        }
    }
}
