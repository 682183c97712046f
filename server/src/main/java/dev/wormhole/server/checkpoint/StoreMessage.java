package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.Increment;
import dev.wormhole.server.session.SessionStore.Source;
import dev.wormhole.server.session.TaskOutputPart;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the checkpointer thread is told. */
sealed interface StoreMessage {

    /** Somebody waits for an answer. */
    sealed interface Request extends StoreMessage {
        CompletableFuture<?> done();
    }

    /** Store all that the source holds, durably. */
    record Commit(Source source, CompletableFuture<Void> done) implements Request {}

    /** Store that the session is destroyed, durably. */
    record Tombstone(SessionId id, CompletableFuture<Void> done) implements Request {}

    /** Delete what is left of a destroyed session. */
    record Drop(SessionId id, CompletableFuture<Void> done) implements Request {}

    /** Somebody looks at a task. */
    sealed interface Read extends Request {}

    /** Read everything back that goes on. */
    record Load(CompletableFuture<Hydration> done) implements Request {}

    /** Read back a task that is over. */
    record LoadTask(SessionId id, CompletableFuture<Checkpoint> done) implements Read {}

    /** Read what is kept of a task's output. */
    record ReadOutput(SessionId id, long offset, CompletableFuture<Optional<TaskOutputPart>> done)
            implements Read {}

    /** A source was marked that was not marked before. */
    record Dirty() implements StoreMessage {}

    /** A source was marked to be collected at once. */
    record Flush() implements StoreMessage {}

    /** A source answered; one of the last two is null. */
    record Collected(Source source, @Nullable Increment increment, @Nullable Throwable failure)
            implements StoreMessage {}

    /** Store everything and end. */
    record Close() implements StoreMessage {}
}
