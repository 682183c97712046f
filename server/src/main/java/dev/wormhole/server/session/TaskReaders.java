package dev.wormhole.server.session;

import java.time.Duration;

/**
 * How far those who read a task's output by offset have come: whoever reads on quickly and is far
 * behind is waited for, so that it misses nothing; whoever stalls or creeps is not.
 *
 * <p>Owned by the session thread. Times are nanoseconds of a monotonic clock.
 */
final class TaskReaders {

    /** Over so long it is looked how much was read; then it is forgotten. */
    private static final long BEAT = Duration.ofMillis(500).toNanos();

    /** Bytes that have to be read in a beat, by all together. */
    private static final long QUICK = 256 << 10;

    private long begun;
    private long slowest = Long.MAX_VALUE;
    private long bytes;

    // Of the beat before.
    private long lastSlowest = Long.MAX_VALUE;
    private long lastBytes;

    /** Somebody was given so many bytes from there on. */
    void read(long offset, int length, long now) {
        turn(now);
        slowest = Math.min(slowest, offset);
        bytes += length;
    }

    /**
     * Whether somebody should be waited for.
     *
     * @param end behind the newest byte
     * @param lag what a reader may be behind
     * @param kept of the newest bytes: who is further behind cannot be helped
     */
    boolean lag(long end, long lag, long kept, long now) {
        turn(now);
        if (bytes < QUICK && lastBytes < QUICK) return false;
        long behind = end - Math.min(slowest, lastSlowest);
        return behind > lag && behind <= kept;
    }

    private void turn(long now) {
        long beats = (now - begun) / BEAT;
        if (beats == 0) return;
        lastSlowest = beats == 1 ? slowest : Long.MAX_VALUE;
        lastBytes = beats == 1 ? bytes : 0;
        slowest = Long.MAX_VALUE;
        bytes = 0;
        begun = now;
    }
}
