package dev.wormhole.server.session;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What stands in the foreground of a session's terminal: where it works, unless the shell tells
 * that itself.
 *
 * <p>Owned by the session thread.
 */
final class Foreground {

    /** A list entry's cwd is at most this old. */
    private static final Duration AGE = Duration.ofMillis(500);

    private final SessionFacts facts;
    private final Generations generations;
    private final LongSupplier ticker;

    // Owned by the session thread.
    private long lookedAt;

    /**
     * @param ticker monotonic nanoseconds
     */
    Foreground(SessionFacts facts, Generations generations, LongSupplier ticker) {
        this.facts = facts;
        this.generations = generations;
        this.ticker = ticker;
        this.lookedAt = ticker.getAsLong();
    }

    /** Looks again, unless it did a moment ago. */
    void refresh() {
        refresh(AGE);
    }

    void refreshNow() {
        refresh(Duration.ZERO);
    }

    private void refresh(Duration maxAge) {
        Running process = generations.live();
        if (process == null || generations.isFrozen()) return;
        long now = ticker.getAsLong();
        if (facts.saysItsDirectory() || now - lookedAt < maxAge.toNanos()) return;
        lookedAt = now;
        String directory = process.pty().foregroundDirectory();
        if (directory != null) facts.cwd(directory);
    }
}
