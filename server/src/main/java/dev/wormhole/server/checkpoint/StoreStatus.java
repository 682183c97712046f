package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.StoreProblem;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * How the store is doing, for {@code status}, {@code doctor} and the window.
 *
 * <p>Immutable.
 *
 * @param lastCommit null before the first
 * @param trouble null while the store works
 * @param reserve whether the ballast lies beside the database; see {@link Reserve}
 * @param warnings what was found damaged when the store was opened and loaded, a sentence each
 * @param report where that is told at length; null where nothing was damaged
 */
public record StoreStatus(
        @Nullable Instant lastCommit,
        @Nullable Trouble trouble,
        boolean reserve,
        List<String> warnings,
        @Nullable Path report) {
    public StoreStatus {
        warnings = List.copyOf(warnings);
    }

    /**
     * Commits fail.
     *
     * @param since when the first of those failed that have all failed since
     * @param sentence what is wrong and what to do
     * @param sessions so many have output that is not stored
     * @param oldest when the oldest of that came; null where there is none
     */
    public record Trouble(
            StoreProblem problem,
            Instant since,
            String sentence,
            int sessions,
            @Nullable Instant oldest) {}
}
