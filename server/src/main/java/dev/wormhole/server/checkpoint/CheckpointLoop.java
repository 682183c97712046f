package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.StoreProblem;
import dev.wormhole.server.checkpoint.Work.Essence;
import dev.wormhole.server.session.SessionStore.Source;
import dev.wormhole.server.session.StoreException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The checkpointer thread: decides when sources are asked and when a transaction is made of what
 * they answered. Knows neither SQL nor how a source is asked.
 *
 * <p>Owned by the checkpointer thread. Times are nanoseconds since it was made.
 *
 * <p>A flush asks all marked sources, gathers their answers and commits them together. A batch with
 * something that somebody waits for is committed as soon as no message is left in the mailbox: what
 * comes while a commit syncs is the next batch, so commits group themselves under load.
 */
final class CheckpointLoop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(CheckpointLoop.class);

    private static final long NEVER = Collector.NEVER;

    /** How long the end waits for sources and for a disk that fails. */
    private static final long CLOSE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long CLOSING_INTERVAL_NANOS = Duration.ofMillis(20).toNanos();

    /** A batch is held in memory, compressed, until it is committed; more of it is split. */
    private static final long MAX_BATCH_BYTES = 32 << 20;

    /**
     * So many reads are answered before a batch is committed: whoever asks on and on holds up
     * nobody else.
     */
    private static final int READS_A_TURN = 16;

    /** What is read for somebody who waits. */
    private interface Reading<T> {
        T read() throws SQLException, StoreException;
    }

    private final StoreMailbox mailbox;
    private final Marks marks;
    private final OpenStore store;
    private final CheckpointSettings settings;
    private final StoreHealth health;
    private final Collector collector;
    private final Committer committer;
    private final TaskHistory history;
    private final long origin = System.nanoTime();

    private final List<Work> batch = new ArrayList<>();
    private long batchBytes;

    /** When marked sources are asked next. */
    private long flushAt = NEVER;

    /** No flush before; commits are tried all the same, since somebody waits for them. */
    private long retryAt;

    private boolean closing;
    private long closeUntil = NEVER;
    private boolean ended;

    CheckpointLoop(
            StoreMailbox mailbox,
            Marks marks,
            OpenStore store,
            CheckpointSettings settings,
            StoreHealth health,
            Reserve reserve) {
        this.mailbox = mailbox;
        this.marks = marks;
        this.store = store;
        this.settings = settings;
        this.health = health;
        this.collector = new Collector(mailbox, marks);
        this.committer = new Committer(store, health, reserve, settings.rest());
        this.history = new TaskHistory(store, settings.caps());
    }

    @Override
    public void run() {
        try (committer) {
            committer.begin(now());
            while (!ended) turn();
        } catch (InterruptedException _) {
            log.warn("the session store was interrupted: output may be lost");
        } finally {
            if (!ended) health.failed(stopped("It has stopped: restart the server."));
            // Nobody may wait for a thread that is not there.
            mailbox.close();
            collector.close();
            settle(takeBatch(), stopped("The session store has ended."));
        }
    }

    private void turn() throws InterruptedException {
        StoreMessage message = mailbox.poll(Math.max(0, nextDeadline() - now()));
        int reads = 0;
        while (message != null) {
            accept(message);
            if (message instanceof StoreMessage.Read) reads++;
            boolean enough = batchBytes > MAX_BATCH_BYTES || reads >= READS_A_TURN;
            message = enough ? null : mailbox.poll();
        }
        long now = now();
        collector.expire(now);
        if (nextFlush() <= now) flush(now);
        if (isBatchReady()) commit(now);
        if (committer.syncAt() <= now) committer.sync(now);
        if (committer.tidyAt() <= now) committer.tidy(now);
        if (closing) end(now);
    }

    private long nextDeadline() {
        long beat = Math.min(committer.syncAt(), committer.tidyAt());
        long wake = Math.min(Math.min(nextFlush(), beat), collector.expiresAt());
        return Math.min(isBatchReady() ? 0 : wake, closeUntil);
    }

    /** Not before the flush under way is complete or has given up waiting. */
    private long nextFlush() {
        return collector.isAwaiting() ? NEVER : flushAt;
    }

    private void accept(StoreMessage message) {
        switch (message) {
            case StoreMessage.Commit(var source, var done) -> collector.askFor(source, done, now());
            case StoreMessage.Tombstone(var id, var done) ->
                    add(new Work.Tombstone(id, List.of(done)));
            case StoreMessage.Drop(var id, var done) -> {
                collector.forget(id);
                health.paid(id);
                add(new Work.Drop(id, List.of(done)));
            }
            case StoreMessage.Load load -> load(load);
            case StoreMessage.LoadTask(var id, var done) -> read(done, () -> history.load(id));
            case StoreMessage.ReadOutput(var id, var offset, var done) ->
                    read(done, () -> history.output(id, offset));
            case StoreMessage.Dirty _ -> flushBy(now() + intervalNanos());
            case StoreMessage.Flush _ -> flushBy(now());
            case StoreMessage.Collected collected -> collected(collected);
            case StoreMessage.Close _ -> beginToClose();
        }
    }

    private void flushBy(long time) {
        flushAt = Math.min(flushAt, Math.max(time, retryAt));
    }

    private void collected(StoreMessage.Collected answer) {
        List<CompletableFuture<Void>> waiters = collector.answered(answer, now());
        if (waiters == null || answer.increment() == null) {
            health.paid(answer.source().id());
            return;
        }
        try {
            add(
                    new Work.Write(
                            answer.source(),
                            EncodedIncrement.of(answer.increment(), store.codec()),
                            waiters));
        } catch (RuntimeException e) {
            // A bug, and this session's alone. Not asked again before it has something new.
            log.error("session {}: increment cannot be stored", answer.source().id(), e);
            fail(waiters, store.failures().trouble(e).exception());
            rollBack(answer.source());
            collector.rejected(answer.source(), now());
        }
    }

    private void add(Work work) {
        batch.add(work);
        batchBytes += work.size();
    }

    private void flush(long now) {
        collector.askMarked(closing, now);
        // What is still marked floods, or has not answered yet.
        flushAt = marks.isEmpty() ? NEVER : now + intervalNanos();
    }

    private long intervalNanos() {
        return Math.min(settings.interval().toNanos(), closing ? CLOSING_INTERVAL_NANOS : NEVER);
    }

    private boolean isBatchReady() {
        if (batch.isEmpty()) return false;
        return !collector.isAwaiting()
                || batchBytes > MAX_BATCH_BYTES
                || batch.stream().anyMatch(Work::isUrgent);
    }

    private void commit(long now) {
        List<Work> works = takeBatch();
        StoreTrouble failure = committer.commit(works, now).orElse(null);
        if (failure != null && failure.isFull()) {
            commitEssentials(works, failure, now);
        } else if (failure != null
                && works.size() > 1
                && StoreFailure.isOfTheContent(failure.exception())) {
            // A bug, whose own it shall be: the others are stored without it.
            for (Work work : works) commit(List.of(work), now);
        } else {
            settle(works, failure);
        }
    }

    /** Names, creations and ends: the reserve was given up for them. Output waits for room. */
    private void commitEssentials(List<Work> works, StoreTrouble full, long now) {
        List<Work> whole = works.stream().filter(work -> work.essence() == Essence.ALL).toList();
        List<Work> essentials = works.stream().flatMap(work -> work.essential().stream()).toList();
        StoreTrouble failure =
                essentials.isEmpty() ? full : committer.commit(essentials, now).orElse(null);
        for (Work work : works) {
            if (work.essence() == Essence.ALL) continue;
            answer(work, work.essence() == Essence.FACTS ? failure : full);
            // Output is missing still, whatever became of the rest.
            unstored(work);
        }
        retryLater();
        settle(whole, failure);
    }

    private void commit(List<Work> works, long now) {
        settle(works, committer.commit(works, now).orElse(null));
    }

    private List<Work> takeBatch() {
        List<Work> works = List.copyOf(batch);
        batch.clear();
        batchBytes = 0;
        return works;
    }

    private void settle(List<Work> works, @Nullable StoreTrouble failure) {
        if (works.isEmpty()) return;
        for (Work work : works) {
            answer(work, failure);
            if (failure != null) {
                unstored(work);
            } else if (work instanceof Work.Write write) {
                health.paid(write.source().id());
                stored(write.source());
                collector.settled(write.source(), now());
            }
        }
        if (failure == null) health.committed();
        else retryLater();
    }

    private static void answer(Work work, @Nullable StoreTrouble failure) {
        if (failure == null) work.waiters().forEach(waiter -> waiter.complete(null));
        else fail(work.waiters(), failure.exception());
    }

    /** The source has to give it again. */
    private void unstored(Work work) {
        if (!(work instanceof Work.Write write)) return;
        Source source = write.source();
        collector.since(source).ifPresent(since -> health.owes(source.id(), since));
        rollBack(source);
        marks.mark(source);
        collector.settled(source, now());
    }

    private void retryLater() {
        retryAt = now() + Committer.RETRY_NANOS;
        flushAt = NEVER;
        flushBy(retryAt);
    }

    private static void stored(Source source) {
        try {
            source.stored();
        } catch (RuntimeException e) {
            log.error("session {}: cannot be told what is stored", source.id(), e);
        }
    }

    private static void rollBack(Source source) {
        try {
            source.rollBack();
        } catch (RuntimeException e) {
            log.error("session {}: cannot be rolled back", source.id(), e);
        }
    }

    private static void fail(List<CompletableFuture<Void>> waiters, StoreException failure) {
        waiters.forEach(waiter -> waiter.completeExceptionally(failure));
    }

    private void load(StoreMessage.Load load) {
        try {
            load.done().complete(committer.load(settings.caps(), now()));
        } catch (SQLException | RuntimeException e) {
            StoreTrouble failure = store.failures().trouble(e);
            health.failed(failure);
            load.done().completeExceptionally(failure.exception());
        }
    }

    private <T> void read(CompletableFuture<T> done, Reading<T> reading) {
        try {
            done.complete(reading.read());
        } catch (StoreException e) {
            done.completeExceptionally(e);
        } catch (SQLException | RuntimeException e) {
            // What is stored goes on being stored: that nothing is would not be true.
            StoreTrouble failure = store.failures().trouble(e);
            log.warn("what is kept of a task cannot be read", e);
            if (failure.problem() == StoreProblem.DAMAGED) store.suspect();
            done.completeExceptionally(failure.exception());
        }
    }

    private static StoreTrouble stopped(String sentence) {
        return new StoreTrouble(StoreProblem.OTHER, new StoreException(sentence));
    }

    private void beginToClose() {
        if (closing) return;
        closing = true;
        closeUntil = now() + CLOSE_NANOS;
        flushAt = now();
    }

    private void end(long now) {
        boolean stored = batch.isEmpty() && marks.isEmpty() && collector.isSettled();
        if (!stored && now < closeUntil) return;
        committer.finish(stored, collector.missed());
        ended = true;
    }

    private long now() {
        return System.nanoTime() - origin;
    }
}
