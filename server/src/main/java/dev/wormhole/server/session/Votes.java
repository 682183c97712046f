package dev.wormhole.server.session;

import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who wants which size: the smallest columns and rows over everybody with a vote win. A lost
 * connection keeps its vote for a while, so that a reconnect does not make every program redraw
 * twice.
 *
 * <p>Owned by the session thread. Times are nanoseconds of a monotonic clock.
 */
final class Votes {

    static final Duration LINGER = Duration.ofSeconds(10);

    private record Vote(TerminalSize size, @Nullable Long expiresAt) {}

    private final Map<Object, Vote> votes = new HashMap<>();

    /** Sets a voter's wish; null takes the vote away. */
    void set(Object voter, @Nullable TerminalSize size) {
        if (size == null) votes.remove(voter);
        else votes.put(voter, new Vote(size, null));
    }

    /** The voter's connection was lost. */
    void linger(Object voter, long now) {
        votes.computeIfPresent(voter, (_, vote) -> new Vote(vote.size(), now + LINGER.toNanos()));
    }

    /** Drops votes whose time is over; true if any went. */
    boolean expire(long now) {
        return votes.values()
                .removeIf(vote -> vote.expiresAt() != null && vote.expiresAt() - now <= 0);
    }

    /** When {@link #expire} has something to do next. */
    Optional<Long> nextExpiry() {
        return votes.values().stream()
                .map(Vote::expiresAt)
                .filter(at -> at != null)
                .min(Long::compare);
    }

    /** Empty without a voter: the size stays. */
    Optional<TerminalSize> winner() {
        return votes.values().stream().map(Vote::size).reduce(TerminalSize::smallest);
    }
}
