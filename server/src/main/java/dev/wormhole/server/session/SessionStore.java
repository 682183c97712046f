package dev.wormhole.server.session;

import dev.wormhole.protocol.SessionId;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a session needs from durable storage.
 *
 * <p>Safe from any thread: every call is a message to the {@code checkpointer} thread, and futures
 * complete on it, so what hangs on them must only enqueue. A future fails with a {@link
 * StoreException}.
 */
public interface SessionStore {

    /** Where a session's newest output is fetched from. */
    interface Source {

        SessionId id();

        /**
         * Asks for everything since the last increment that was asked for. Called by the
         * checkpointer; must not block. The future completes exceptionally when the session is
         * gone.
         */
        CompletableFuture<Increment> collect();

        /** The increment asked for last is committed. */
        void stored();

        /**
         * The increment asked for last could not be committed: the next {@link #collect} has to
         * give it again.
         */
        void rollBack();
    }

    /** Whether what it is given is written anywhere; where not, nothing is collected. */
    default boolean keeps() {
        return true;
    }

    /**
     * Collects the source at once (through {@link Source#collect}, so that increments of a session
     * are always applied in the order in which they were made) and commits with synchronous FULL:
     * when the future completes, everything that the source held when this was called survives a
     * power loss. On a full disk that goes for the record and its events alone: of more than a
     * little output the source is told as of one that could not be committed.
     */
    CompletableFuture<Void> commit(Source source);

    /** Commits, with synchronous FULL, that the session is destroyed: it never comes back. */
    CompletableFuture<Void> tombstone(SessionId id);

    /** Drops the rows of a destroyed session. */
    CompletableFuture<Void> drop(SessionId id);

    /**
     * A task that is over, as it is stored; fails with a {@link StoreException} where it is gone.
     */
    default CompletableFuture<Checkpoint> load(SessionId task) {
        return CompletableFuture.failedFuture(new StoreException("This store keeps no tasks."));
    }

    /**
     * Output that a task's history keeps: the first part of it that ends behind this offset, cut so
     * that it begins there at the earliest; empty where there is none.
     */
    default CompletableFuture<Optional<TaskOutputPart>> output(SessionId task, long offset) {
        return CompletableFuture.failedFuture(new StoreException("This store keeps no tasks."));
    }

    /**
     * There is something new; it is collected and committed within the flush interval. Cheap, may
     * be called often.
     */
    void dirty(Source source);

    /** As {@link #dirty}, but at once: the last viewer left. */
    void flush(Source source);
}
