package dev.wormhole.server.session;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * All that is stored to rebuild a screen from.
 *
 * <p>Immutable.
 *
 * @param screen null if none was stored, or not a readable one
 * @param blocks the readable ones, in order, without overlaps
 * @param events in order, from the newest change of size before the oldest entry of {@code tail} on
 * @param tail every stored entry, oldest first: at least the output behind {@code screen}
 */
public record ScreenImage(
        @Nullable StoredScreen screen,
        List<SealedLines> blocks,
        List<Mark> events,
        List<RingBuffer.Entry> tail) {
    public ScreenImage {
        blocks = List.copyOf(blocks);
        events = List.copyOf(events);
        tail = List.copyOf(tail);
    }
}
