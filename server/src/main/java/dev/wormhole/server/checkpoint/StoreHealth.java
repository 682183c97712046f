package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.StoreException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Since when the store works or fails, and what was found damaged. Says in the log when a failure
 * begins and when it ends, once each.
 *
 * <p>Owned by the checkpointer thread; {@link #status} is safe from any thread.
 */
final class StoreHealth {

    private static final Logger log = LoggerFactory.getLogger(StoreHealth.class);

    /** Immutable, so that readers see values that belong together. */
    private record State(
            @Nullable Instant lastCommit,
            @Nullable Instant failingSince,
            @Nullable String failure,
            List<String> warnings) {}

    private final InstantSource clock;
    private final Set<SessionId> owed = new HashSet<>();
    private volatile State state;

    StoreHealth(InstantSource clock, List<String> warnings) {
        this.clock = clock;
        this.state = new State(null, null, null, List.copyOf(warnings));
    }

    /** What the session holds could not be stored. The store fails until that is made up for. */
    void owes(SessionId id) {
        owed.add(id);
    }

    void paid(SessionId id) {
        owed.remove(id);
    }

    void committed() {
        State last = state;
        Instant now = clock.instant();
        Instant failingSince = last.failingSince();
        if (!owed.isEmpty()) {
            // A full disk takes a small commit now and then.
            state = new State(now, failingSince, last.failure(), last.warnings());
            return;
        }
        if (failingSince != null) {
            long seconds = Duration.between(failingSince, now).toSeconds();
            log.info("the session store works again after {} s", seconds);
        }
        state = new State(now, null, null, last.warnings());
    }

    void failed(StoreException failure) {
        State last = state;
        Instant failingSince = last.failingSince();
        if (failingSince == null) {
            failingSince = clock.instant();
            log.warn("the session store fails: {}", failure.getMessage(), failure.getCause());
        }
        state = new State(last.lastCommit(), failingSince, failure.getMessage(), last.warnings());
    }

    void warn(List<String> warnings) {
        State last = state;
        var all = new ArrayList<>(last.warnings());
        for (String warning : warnings) if (!all.contains(warning)) all.add(warning);
        state = new State(last.lastCommit(), last.failingSince(), last.failure(), List.copyOf(all));
    }

    StoreStatus status() {
        State now = state;
        return new StoreStatus(now.lastCommit(), now.failingSince(), now.warnings(), sentence(now));
    }

    private static String sentence(State state) {
        Instant failingSince = state.failingSince();
        String first =
                failingSince == null
                        ? "Sessions are stored."
                        : "Nothing is stored since %s, and a crash would lose the output since then. %s"
                                .formatted(
                                        failingSince.truncatedTo(ChronoUnit.SECONDS),
                                        state.failure());
        return state.warnings().isEmpty()
                ? first
                : first + " " + String.join(" ", state.warnings());
    }
}
