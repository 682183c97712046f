package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.StoreProblem;
import dev.wormhole.server.checkpoint.Database.Durability;
import dev.wormhole.server.session.RingBuffer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The transactions of a store that is open: batches, the sync beat, tidying up. Knows no sources
 * and nobody who waits.
 *
 * <p>Owned by the checkpointer thread. Times are nanoseconds of one clock.
 */
final class Committer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    /**
     * The oldest commit that was not synced. With the default interval nothing older than 5 s is
     * lost with the power.
     */
    private static final long SYNC_BEAT_NANOS = Duration.ofMillis(4_500).toNanos();

    /** After a failure: often enough to notice that the disk is back. */
    static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    /** 16 MiB in pages: less is not worth giving back, it is used again. */
    private static final long MIN_FREE_PAGES = 4096;

    /** The same for a database at rest: 1 MiB. */
    private static final long MIN_FREE_PAGES_AT_REST = 256;

    /** 1 MiB a turn: the others wait meanwhile. */
    private static final int VACUUM_PAGES = 256;

    private final OpenStore store;
    private final StoreHealth health;
    private final Reserve reserve;

    /** The reserve is to be made at the next beat. */
    private boolean wanted;

    /** The reserve was given up, or there was no room for it: output is not stored. */
    private boolean missed;

    /** Something was committed and not synced. */
    private boolean unsynced;

    /** When the log has to be synced; {@link Collector#NEVER} while it is. */
    private long syncAt = Collector.NEVER;

    /** When nothing was stored for long enough; {@link Collector#NEVER} once that was used. */
    private long tidyAt = Collector.NEVER;

    private final long restNanos;

    /**
     * @param rest how long nothing is stored before {@link #tidy}
     */
    Committer(OpenStore store, StoreHealth health, Reserve reserve, Duration rest) {
        this.restNanos = rest.toNanos();
        this.store = store;
        this.health = health;
        this.reserve = reserve;
    }

    /** To be called once, before anything else: from then on a full disk is noticed. */
    void begin(long now) {
        if (reserve.isWhole()) return;
        if (reserve.hasRoom()) {
            // To make it takes a moment, which the start does not have.
            wanted = true;
            syncAt = now + SYNC_BEAT_NANOS;
        } else {
            missed = true;
            health.reserve(false);
            refuse(now);
        }
    }

    /**
     * Does all of it in one transaction, or none of it and says why. Without a reserve the disk is
     * full, whatever it says, but for what is {@linkplain Work#essential essential}.
     */
    Optional<StoreTrouble> commit(List<Work> batch, long now) {
        boolean essential = batch.stream().allMatch(work -> work.essence() == Work.Essence.ALL);
        if (!mayGrow() && !essential) return Optional.of(refuse(now));
        tidyAt = now + restNanos;
        boolean durable = batch.stream().anyMatch(Work::isDurable);
        long began = System.nanoTime();
        try {
            return transact(
                    durable ? Durability.FULL : Durability.NORMAL,
                    () -> {
                        for (Work work : batch) apply(work);
                    },
                    now);
        } finally {
            health.times().took(System.nanoTime() - began);
        }
    }

    private boolean mayGrow() {
        if (missed) look(reserve.restore());
        return !missed;
    }

    private void look(boolean whole) {
        wanted = false;
        missed = !whole;
        health.reserve(whole);
    }

    private StoreTrouble refuse(long now) {
        StoreTrouble trouble = store.failures().full();
        health.failed(trouble);
        syncAt = now + RETRY_NANOS;
        return trouble;
    }

    private void apply(Work work) throws SQLException {
        switch (work) {
            case Work.Write write -> store.rows().write(write.increment());
            case Work.Tombstone tombstone -> store.rows().tombstone(tombstone.id());
            case Work.Drop drop -> store.rows().drop(drop.id());
        }
    }

    long syncAt() {
        return syncAt;
    }

    /** Syncs what is not synced yet, and gives space back when much of it is free. */
    void sync(long now) {
        look(reserve.restore());
        if (missed) {
            // What was written while there was room is synced all the same.
            if (unsynced) transact(Durability.FULL, () -> {}, now);
            refuse(now);
            return;
        }
        if (transact(Durability.FULL, () -> {}, now).isPresent()) return;
        health.committed();
        try {
            if (!isMuchFree(MIN_FREE_PAGES)) return;
        } catch (SQLException e) {
            failed(e, now);
            return;
        }
        // Is unsynced in turn, so the next beat goes on where this one stopped.
        transact(Durability.NORMAL, () -> store.database().vacuum(VACUUM_PAGES), now);
    }

    private boolean isMuchFree(long pages) throws SQLException {
        long free = store.database().queryLong("PRAGMA freelist_count");
        long all = store.database().queryLong("PRAGMA page_count");
        return free >= pages && free >= all / 4;
    }

    /** When {@link #tidy} has something to do. */
    long tidyAt() {
        return tidyAt;
    }

    /**
     * Uses a rest to give free space back, a little a turn, and at last to empty the log. Whatever
     * is stored meanwhile goes first, and begins another rest.
     */
    void tidy(long now) {
        if (missed) {
            tidyAt = now + restNanos;
            return;
        }
        try {
            if (isMuchFree(MIN_FREE_PAGES_AT_REST)
                    && transact(Durability.NORMAL, () -> store.database().vacuum(VACUUM_PAGES), now)
                            .isEmpty()) return;
            if (unsynced) {
                // The beat would write to the log again.
                tidyAt = syncAt;
                return;
            }
            tidyAt = Collector.NEVER;
            store.database().checkpoint();
        } catch (SQLException e) {
            tidyAt = Collector.NEVER;
            // Nobody waits for it: the next beat or batch finds out what is wrong.
            log.debug("the session store was not tidied up: {}", e.toString());
        }
    }

    /** Everything that is stored. */
    Hydration load(RingBuffer.Caps caps, long now) throws SQLException {
        Hydration hydration = Hydration.read(store.rows(), caps);
        health.warn(hydration.problems(), store.report(hydration).orElse(null));
        if (!hydration.trimmed().isEmpty()) {
            // What it would save now, the next flush of the session saves as well.
            transact(Durability.NORMAL, () -> hydration.trim(store.rows(), store.codec()), now);
        }
        return hydration;
    }

    private Optional<StoreTrouble> transact(Durability durability, Database.Work work, long now) {
        try {
            store.database().transaction(durability, work);
        } catch (SQLException | RuntimeException e) {
            return Optional.of(failed(e, now));
        }
        unsynced = durability == Durability.NORMAL;
        if (durability == Durability.FULL && !wanted) syncAt = Collector.NEVER;
        else if (syncAt == Collector.NEVER) syncAt = now + SYNC_BEAT_NANOS;
        return Optional.empty();
    }

    private StoreTrouble failed(Exception failure, long now) {
        StoreTrouble trouble = store.failures().trouble(failure);
        if (trouble.isFull()) makeRoom();
        if (trouble.problem() == StoreProblem.DAMAGED) store.suspect();
        health.failed(trouble);
        // Also finds out whether the disk is back when nobody has anything to store.
        syncAt = now + RETRY_NANOS;
        return trouble;
    }

    /**
     * The log's content goes into the database, whose pages are there already; then the reserve.
     */
    private void makeRoom() {
        reserve.release();
        look(reserve.isWhole());
        try {
            store.database().reuseLog();
        } catch (SQLException e) {
            log.debug("the log cannot be emptied: {}", e.toString());
        }
    }

    /**
     * Ends the store.
     *
     * @param stored nothing is missing, except perhaps of sessions in {@code missed}
     */
    void finish(boolean stored, Collection<SessionId> missed) {
        try {
            if (stored && !store.rows().anyAlive(missed)) store.markClean();
            else log.warn("the session store ends with output that could not be stored");
            store.database().checkpoint();
        } catch (SQLException | RuntimeException e) {
            health.failed(store.failures().trouble(e));
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
