package dev.wormhole.server.session;

import dev.wormhole.server.session.SessionCommand.Rename;
import dev.wormhole.server.session.SessionCommand.Renamed;
import dev.wormhole.server.session.SessionCommand.Tombstoned;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * A session's dealings with the store: gives it what is new, hears what became of it, and lets the
 * keeper forget what is stored.
 *
 * <p>Owned by the session thread.
 */
final class Durability {

    private static final Logger log = LoggerFactory.getLogger(Durability.class);

    /** After so long without a store that works, what is held in memory has to be enough. */
    private static final Duration STORE_PATIENCE = Duration.ofSeconds(1);

    /**
     * Newest output, in bytes, that a keeper goes on holding of a session that is not stored, for
     * the next server; it may become twice as much. As many sessions as there may be by default fit
     * a keeper's memory.
     */
    private static final long KEPT_BYTES = 128 << 10;

    /** Changes of size that it may hold; a keeper takes 4096. */
    private static final long KEPT_EVENTS = 1024;

    private final SessionHandle self;
    private final SessionStore store;
    private final LongSupplier ticker;
    private final SessionFacts facts;
    private final SessionOutput output;

    // Owned by the session thread.

    /** The process of the last generation that the keeper was not told to forget. */
    private @Nullable Running last;

    /** How far the keeper was told to forget what is not to be stored. */
    private long letGoOffset;

    private long letGoEvent;

    /** Since when nothing could be stored; null while the store works. */
    private @Nullable Long failingSince;

    /**
     * @param ticker monotonic nanoseconds
     */
    Durability(
            SessionHandle self,
            SessionStore store,
            LongSupplier ticker,
            SessionFacts facts,
            SessionOutput output) {
        this.self = self;
        this.store = store;
        this.ticker = ticker;
        this.facts = facts;
        this.output = output;
    }

    /** From now on this process's keeper hears what it may forget. */
    void begin(Running process) {
        if (!store.keeps()) {
            // Nothing will ever say that its end is stored.
            forgetProcess();
            letGoOffset = output.log().end();
            letGoEvent = output.log().nextEvent();
        }
        last = process;
    }

    /** There is something new. */
    void dirty() {
        TaskLog kept = output.kept();
        if (kept != null && kept.isUrgent()) store.flush(self);
        else store.dirty(self);
        if (!store.keeps()) letGo();
    }

    /** What will not be stored is held by the keeper as far as it is new. */
    private void letGo() {
        long end = output.log().end();
        long event = output.log().nextEvent();
        boolean much = end - letGoOffset >= 2 * KEPT_BYTES || event - letGoEvent >= KEPT_EVENTS;
        if (last == null || !much) return;
        letGoOffset = Math.max(letGoOffset, end - KEPT_BYTES);
        letGoEvent = event;
        last.held(letGoOffset, letGoEvent);
    }

    /** There may be something new, and nobody watches. */
    void flush() {
        store.flush(self);
    }

    /** See {@link SessionStore#commit}: completes on another thread. */
    CompletableFuture<Void> commit() {
        return store.commit(self);
    }

    /** Not waited for: an exit that a crash forgets comes back as "lost". */
    void commitExit() {
        commit().exceptionally(
                        failure -> {
                            log.warn(
                                    "session {}: exit not stored yet: {}",
                                    facts.id(),
                                    reason(failure));
                            return null;
                        });
    }

    void rename(Rename rename) {
        String before = facts.name();
        facts.name(rename.name());
        commit().whenComplete(
                        (_, failure) ->
                                self.post(
                                        new Renamed(
                                                before, rename.name(), failure, rename.answer())));
    }

    /** Not durable is not renamed, unless somebody has given another name meanwhile. */
    void renamed(Renamed rename) {
        Throwable failure = rename.failure();
        if (failure == null) {
            rename.answer().complete(null);
            return;
        }
        if (rename.name().equals(facts.name())) facts.name(rename.before());
        rename.answer().completeExceptionally(failure);
    }

    /** Asks for the session's tombstone; what became of it comes as {@link Tombstoned}. */
    void tombstone(CompletableFuture<Void> answer) {
        store.tombstone(facts.id())
                .whenComplete((_, failure) -> self.post(new Tombstoned(failure, answer)));
    }

    /** The tombstone is durable: rows that cannot be dropped are collected at the next start. */
    void drop(CompletableFuture<Void> answer) {
        store.drop(facts.id())
                .whenComplete(
                        (_, failure) -> {
                            if (failure != null)
                                log.warn(
                                        "session {}: rows stay for now: {}",
                                        facts.id(),
                                        reason(failure));
                            answer.complete(null);
                        });
    }

    /** Nothing of the process that ended last will be asked for again. */
    void forgetProcess() {
        if (last != null) last.pty().forget();
    }

    /**
     * Everything since the last increment.
     *
     * @param isLast nothing will come any more
     */
    Increment collect(boolean isLast) {
        if (last != null) last.collected();
        Increment increment =
                output.stored()
                        .collect(
                                facts.record(output.log()),
                                output.log(),
                                output.screen().screen(),
                                isLast);
        TaskLog kept = output.kept();
        return kept == null ? increment : increment.with(kept.collect(isLast));
    }

    /** What was collected last is committed. */
    void stored() {
        failingSince = null;
        StoreCursor stored = output.stored();
        TaskLog kept = output.kept();
        if (kept != null) kept.stored();
        if (last != null && last.stored(stored.givenOffset(), stored.givenEvent())) last = null;
    }

    /** The store failed; if it goes on failing, programs go on all the same. */
    void rollBack() {
        output.stored().rollBack();
        TaskLog kept = output.kept();
        if (kept != null) kept.rollBack();
        long now = ticker.getAsLong();
        if (failingSince == null) failingSince = now;
        if (now - failingSince < STORE_PATIENCE.toNanos()) return;
        if (last != null) last.held(output.log().end(), output.log().nextEvent());
    }

    /** Whether the last increment could not be stored. */
    boolean isFailing() {
        return failingSince != null;
    }

    Optional<Long> nextDue() {
        return output.stored().quietAt();
    }

    void due(long now) {
        if (output.stored().fellQuiet(now)) dirty();
    }

    /** In words, for a log or a person. */
    static String reason(Throwable failure) {
        Throwable cause = failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }
}
