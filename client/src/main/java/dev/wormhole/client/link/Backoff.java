package dev.wormhole.client.link;

import java.time.Duration;

/**
 * How long a link waits before it tries again: doubling, spread by jitter so that the clients of a
 * restarted server do not come back in step, and never longer than {@link #CAP}. Pure.
 */
final class Backoff {

    /** A local server restarts in about this time; a shorter wait would only fail once more. */
    static final Duration FIRST = Duration.ofMillis(250);

    static final Duration CAP = Duration.ofSeconds(30);

    private Backoff() {}

    /**
     * The delay of the {@code wait}-th wait in a row, counted from 1.
     *
     * @param jitter from 0 to 1: where in the upper half of the range the delay lies
     */
    static Duration delay(int wait, double jitter) {
        if (wait < 1) throw new IllegalArgumentException("wait: " + wait);
        // 30 s is reached after eight doublings; the shift must not overflow after thirty more.
        long doubled = FIRST.toMillis() << Math.min(wait - 1, 16);
        long ceiling = Math.min(doubled, CAP.toMillis());
        double spread = Math.clamp(jitter, 0.0, 1.0);
        return Duration.ofMillis(ceiling / 2 + (long) (spread * (ceiling - ceiling / 2)));
    }
}
