package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.SessionStore.Source;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One thing a transaction does, and who waits for it. */
sealed interface Work {

    /** What of a work is stored while the disk is full. */
    enum Essence {
        ALL,
        /** Names and ends; the output is to follow. */
        FACTS,
        NOTHING
    }

    /** A separator, a prompt: what comes with a start. */
    long LITTLE_BYTES = 16 << 10;

    /** An increment; durable when somebody waits for it. */
    record Write(Source source, EncodedIncrement increment, List<CompletableFuture<Void>> waiters)
            implements Work {}

    record Tombstone(SessionId id, List<CompletableFuture<Void>> waiters) implements Work {}

    record Drop(SessionId id, List<CompletableFuture<Void>> waiters) implements Work {}

    List<CompletableFuture<Void>> waiters();

    /** Whether it has to survive a loss of power before it is acknowledged. */
    default boolean isDurable() {
        return switch (this) {
            case Write write -> !write.waiters().isEmpty();
            case Tombstone _ -> true;
            // The tombstone is durable already, and rows without a session go at the next start.
            case Drop _ -> false;
        };
    }

    /** Whether it is to be done now. */
    default boolean isUrgent() {
        return !waiters().isEmpty();
    }

    /** How much of it is worth the last room on a disk: what somebody waits for. */
    default Essence essence() {
        if (!(this instanceof Write write)) return Essence.ALL;
        if (write.waiters().isEmpty()) return Essence.NOTHING;
        return write.increment().size() <= LITTLE_BYTES ? Essence.ALL : Essence.FACTS;
    }

    /** That much of it. */
    default Optional<Work> essential() {
        return switch (essence()) {
            case ALL -> Optional.of(this);
            case FACTS ->
                    this instanceof Write(var source, var increment, var waiters)
                            ? Optional.of(new Write(source, increment.facts(), waiters))
                            : Optional.empty();
            case NOTHING -> Optional.empty();
        };
    }

    /** About what it keeps in memory. */
    default long size() {
        return this instanceof Write write ? write.increment().size() : 0;
    }
}
