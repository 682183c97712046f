package dev.wormhole.server.session;

import dev.wormhole.protocol.SessionKind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What stands in the foreground of a session's terminal: which program, and where it works, unless
 * the shell tells that itself.
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

    /** Looks again, unless it did a moment ago; whether another program is there. */
    boolean refresh() {
        return refresh(AGE);
    }

    void refreshNow() {
        refresh(Duration.ZERO);
    }

    private boolean refresh(Duration maxAge) {
        Running process = generations.live();
        if (process == null || generations.isFrozen()) return false;
        long now = ticker.getAsLong();
        if (now - lookedAt < maxAge.toNanos()) return false;
        lookedAt = now;
        if (!facts.saysItsDirectory()) {
            String directory = process.pty().foregroundDirectory();
            if (directory != null) facts.cwd(directory);
        }
        // What is not stored ends with its process, and is not to be read anywhere else.
        boolean isKept = facts.kind() == SessionKind.SHELL && facts.isStored();
        return isKept && look(process.pty().foregroundCommand());
    }

    /**
     * @param words empty for the shell itself, null where it cannot be known
     */
    private boolean look(@Nullable List<String> words) {
        Program before = facts.program();
        // What is offered stays so at the shell's prompt.
        if (words == null || (words.isEmpty() && facts.offer() != null)) return false;
        Program now = words.isEmpty() ? null : new Program(words, false);
        if (Objects.equals(now, before)) return false;
        facts.program(now);
        return true;
    }
}
