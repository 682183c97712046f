package dev.wormhole.server.checkpoint;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * How the store is doing, for {@code status}, {@code doctor} and the window.
 *
 * <p>Immutable.
 *
 * @param lastCommit null before the first
 * @param failingSince when the first of the commits failed that have all failed since; null while
 *     the store works
 * @param warnings what was found damaged when the store was opened and loaded, a sentence each
 * @param sentence all of it in words for people
 */
public record StoreStatus(
        @Nullable Instant lastCommit,
        @Nullable Instant failingSince,
        List<String> warnings,
        String sentence) {
    public StoreStatus {
        warnings = List.copyOf(warnings);
    }
}
