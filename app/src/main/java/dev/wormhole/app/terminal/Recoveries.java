package dev.wormhole.app.terminal;

import java.util.concurrent.TimeUnit;

/**
 * How often a screen that failed is fetched again: what makes it fail may be in what is fetched,
 * and would make it fail for ever.
 *
 * <p>Owned by the thread of the screen.
 */
final class Recoveries {

    /** So many, one soon after the other. */
    static final int MOST = 3;

    static final long WITHIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** The last ones that were granted, the oldest first to be overwritten. */
    private final long[] granted = new long[MOST];

    private int count;

    /**
     * Whether it may be fetched; if so, that counts as one.
     *
     * @param now as {@link System#nanoTime}
     */
    boolean mayFetch(long now) {
        int oldest = count % MOST;
        if (count >= MOST && now - granted[oldest] < WITHIN_NANOS) return false;
        granted[oldest] = now;
        count++;
        return true;
    }
}
