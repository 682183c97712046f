package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.Increment;
import dev.wormhole.server.session.SessionStore.Source;
import dev.wormhole.server.session.StoreException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Asks sources for their increments, each for one at a time, and remembers who waits for which.
 * Knows no database.
 *
 * <p>Owned by the checkpointer thread. Times are nanoseconds of one clock.
 *
 * <p>A source is asked, answers, and is settled when its increment was committed or rolled back;
 * only then it is asked again. One that does not answer holds up the others for {@link
 * #PATIENCE_NANOS} once, and is not asked again until it has answered.
 */
final class Collector {

    private static final Logger log = LoggerFactory.getLogger(Collector.class);

    /** How long a flush waits for sources; a session answers in microseconds. */
    private static final long PATIENCE_NANOS = Duration.ofMillis(500).toNanos();

    /** How long a commit waits for its source before it is refused. */
    private static final long LIMIT_NANOS = Duration.ofSeconds(5).toNanos();

    static final long NEVER = Long.MAX_VALUE;

    /** A source that was asked and is not settled. */
    private static final class Ask {

        private final long limit;

        /** When the oldest came of what it is asked for. */
        private final Instant since;

        /** Commits that this increment answers. */
        private List<CompletableFuture<Void>> waiters;

        /** Commits that came after it was asked for: it may lack what they are about. */
        private final List<CompletableFuture<Void>> later = new ArrayList<>();

        Ask(long now, Instant since, List<CompletableFuture<Void>> waiters) {
            this.since = since;
            this.limit = now + LIMIT_NANOS;
            this.waiters = waiters;
        }
    }

    private final StoreMailbox mailbox;
    private final Marks marks;
    private final FloodPacing pacing = new FloodPacing();

    private final Map<SessionId, Ask> asks = new HashMap<>();

    /** Those whose answer the flush under way waits for. */
    private final Set<SessionId> awaited = new HashSet<>();

    private long awaitedUntil;

    /** Those that failed to answer: what they hold is not stored. */
    private final Set<SessionId> missed = new HashSet<>();

    Collector(StoreMailbox mailbox, Marks marks) {
        this.mailbox = mailbox;
        this.marks = marks;
    }

    /** Asks every marked source, those that flood not so often unless {@code evenFloods}. */
    void askMarked(boolean evenFloods, long now) {
        for (Source source : marks.sources()) {
            SessionId id = source.id();
            if (asks.containsKey(id)) continue;
            boolean due = evenFloods || marks.isAtOnce(source) || pacing.dueAt(id, now) <= now;
            if (!due) continue;
            awaited.add(id);
            ask(source, List.of(), now);
        }
        awaitedUntil = now + PATIENCE_NANOS;
    }

    /**
     * Asks the source for an increment that holds all it has now; its commit answers {@code done}.
     */
    void askFor(Source source, CompletableFuture<Void> done, long now) {
        Ask ask = asks.get(source.id());
        if (ask == null) ask(source, List.of(done), now);
        else ask.later.add(done);
    }

    private void ask(Source source, List<CompletableFuture<Void>> waiters, long now) {
        asks.put(source.id(), new Ask(now, marks.clear(source), waiters));
        CompletableFuture<Increment> answer;
        try {
            answer = source.collect();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete(
                (increment, failure) ->
                        mailbox.send(new StoreMessage.Collected(source, increment, failure)));
    }

    /**
     * Takes an answer. Returns the commits that wait for it, or null if there is nothing to store.
     */
    @Nullable List<CompletableFuture<Void>> answered(StoreMessage.Collected answer, long now) {
        SessionId id = answer.source().id();
        awaited.remove(id);
        Ask ask = asks.get(id);
        // Dropped meanwhile: it must not come back.
        if (ask == null) return null;
        Increment increment = answer.increment();
        if (increment == null) {
            // A session that is gone says so in this way; whether it should be, the end will tell.
            missed.add(id);
            log.debug("session {}: nothing collected", id, answer.failure());
            refuse(ask.waiters, "Session " + id + " did not say what to store.", answer.failure());
            settled(answer.source(), now);
            return null;
        }
        missed.remove(id);
        pacing.collected(id, increment.record().nextOffset(), now);
        List<CompletableFuture<Void>> waiters = ask.waiters;
        // From now on they wait for the disk, which always answers.
        ask.waiters = List.of();
        return waiters;
    }

    /** What the source answered cannot be stored, now or later. */
    void rejected(Source source, long now) {
        missed.add(source.id());
        settled(source, now);
    }

    /** When the oldest came of what the source was asked for; empty once that is settled. */
    Optional<Instant> since(Source source) {
        return Optional.ofNullable(asks.get(source.id())).map(ask -> ask.since);
    }

    /** The increment of this source was committed or rolled back. */
    void settled(Source source, long now) {
        Ask ask = asks.remove(source.id());
        if (ask != null && !ask.later.isEmpty()) ask(source, ask.later, now);
    }

    /** The session is no more. */
    void forget(SessionId id) {
        Ask ask = asks.remove(id);
        awaited.remove(id);
        missed.remove(id);
        pacing.forget(id);
        marks.forget(id);
        if (ask == null) return;
        refuse(ask.waiters, "Session " + id + " is destroyed.", null);
        refuse(ask.later, "Session " + id + " is destroyed.", null);
    }

    /** Refuses the commits that have waited too long for their source. */
    void expire(long now) {
        if (now >= awaitedUntil) awaited.clear();
        asks.forEach(
                (id, ask) -> {
                    if (ask.limit > now || ask.waiters.isEmpty()) return;
                    log.warn("session {}: does not answer the store", id);
                    refuse(ask.waiters, "Session " + id + " does not answer.", null);
                    ask.waiters = List.of();
                });
    }

    /** When {@link #expire} has something to do. */
    long expiresAt() {
        long earliest = awaited.isEmpty() ? NEVER : awaitedUntil;
        for (Ask ask : asks.values()) {
            if (!ask.waiters.isEmpty()) earliest = Math.min(earliest, ask.limit);
        }
        return earliest;
    }

    /** Whether answers of the flush under way are still to come. */
    boolean isAwaiting() {
        return !awaited.isEmpty();
    }

    /** Whether every source that was asked has answered and is settled. */
    boolean isSettled() {
        return asks.isEmpty();
    }

    Set<SessionId> missed() {
        return Set.copyOf(missed);
    }

    /** Refuses whoever still waits. */
    void close() {
        for (SessionId id : List.copyOf(asks.keySet())) forget(id);
    }

    private static void refuse(
            List<CompletableFuture<Void>> waiters, String why, @Nullable Throwable cause) {
        for (CompletableFuture<Void> waiter : waiters) {
            waiter.completeExceptionally(
                    cause == null ? new StoreException(why) : new StoreException(why, cause));
        }
    }
}
