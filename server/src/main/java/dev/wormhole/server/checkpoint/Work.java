package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.SessionStore.Source;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One thing a transaction does, and who waits for it. */
sealed interface Work {

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

    /** About what it keeps in memory. */
    default long size() {
        return this instanceof Write write ? write.increment().size() : 0;
    }
}
