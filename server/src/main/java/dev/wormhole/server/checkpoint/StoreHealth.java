package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.checkpoint.StoreStatus.Trouble;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Since when the store works or fails, what a crash would lose meanwhile, and what was found
 * damaged. Says in the log when a failure begins, changes and ends, once each.
 *
 * <p>Owned by the checkpointer thread; {@link #status} is safe from any thread.
 */
final class StoreHealth {

    private static final Logger log = LoggerFactory.getLogger(StoreHealth.class);

    private final InstantSource clock;

    /** Sessions whose output could not be stored, and since when it waits. */
    private final Map<SessionId, Instant> owed = new HashMap<>();

    /** Called when something changed that people should hear of; must only enqueue. */
    private volatile Runnable listener = () -> {};

    private final FlushTimes times = new FlushTimes();

    /** Immutable, so that readers see values that belong together. */
    private volatile StoreStatus status;

    StoreHealth(InstantSource clock, List<String> warnings, @Nullable Path report) {
        this.clock = clock;
        // Until somebody looks there is nothing to complain of.
        this.status = new StoreStatus(null, null, true, warnings, report);
    }

    /** How long transactions take. */
    FlushTimes times() {
        return times;
    }

    /** Another one takes the place of the last. */
    void listener(Runnable listener) {
        this.listener = listener;
    }

    /**
     * What the session holds could not be stored. The store fails until that is made up for.
     *
     * @param since when the oldest of it came
     */
    void owes(SessionId id, Instant since) {
        owed.merge(id, since, (one, other) -> one.isBefore(other) ? one : other);
        count();
    }

    void paid(SessionId id) {
        if (owed.remove(id) != null) count();
    }

    private void count() {
        Trouble trouble = status.trouble();
        if (trouble == null) return;
        change(
                new Trouble(
                        trouble.problem(),
                        trouble.since(),
                        trouble.sentence(),
                        owed.size(),
                        oldest()));
    }

    private @Nullable Instant oldest() {
        return owed.values().stream().min(Comparator.naturalOrder()).orElse(null);
    }

    /** Whether there is ballast to give up: without it the store counts as failing. */
    void reserve(boolean whole) {
        StoreStatus last = status;
        if (last.reserve() == whole) return;
        status =
                new StoreStatus(
                        last.lastCommit(), last.trouble(), whole, last.warnings(), last.report());
        listener.run();
    }

    void committed() {
        StoreStatus last = status;
        Instant now = clock.instant();
        // A full disk takes a small commit now and then.
        boolean works = owed.isEmpty() && last.reserve();
        Trouble trouble = works ? null : last.trouble();
        status = new StoreStatus(now, trouble, last.reserve(), last.warnings(), last.report());
        if (!works || last.trouble() == null) return;
        long seconds = Duration.between(last.trouble().since(), now).toSeconds();
        log.info("the session store works again after {} s", seconds);
        listener.run();
    }

    void failed(StoreTrouble failure) {
        Trouble last = status.trouble();
        boolean isNew = last == null || last.problem() != failure.problem();
        if (isNew) {
            log.warn(
                    "the session store fails: {}",
                    failure.sentence(),
                    failure.exception().getCause());
        }
        change(
                new Trouble(
                        failure.problem(),
                        last == null ? clock.instant() : last.since(),
                        failure.sentence(),
                        owed.size(),
                        oldest()));
        if (isNew) listener.run();
    }

    private void change(Trouble trouble) {
        StoreStatus last = status;
        status =
                new StoreStatus(
                        last.lastCommit(), trouble, last.reserve(), last.warnings(), last.report());
    }

    /** More was found damaged; {@code report} tells of it. */
    void warn(List<String> warnings, @Nullable Path report) {
        StoreStatus last = status;
        var all = new ArrayList<>(last.warnings());
        for (String warning : warnings) if (!all.contains(warning)) all.add(warning);
        status =
                new StoreStatus(
                        last.lastCommit(),
                        last.trouble(),
                        last.reserve(),
                        all,
                        last.report() == null ? report : last.report());
    }

    StoreStatus status() {
        return status;
    }
}
