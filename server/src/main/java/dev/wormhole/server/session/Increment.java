package dev.wormhole.server.session;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What is new of a session since the store last asked: the record, the entries that grew or came,
 * the events, and from time to time a screen.
 *
 * <p>Immutable.
 *
 * @param ringStart entries that end at or before this offset were evicted, or lie too far behind
 *     the screen, and go from the store too, unless the stored screen needs them
 * @param complete nothing of the session's output was ever evicted or left out
 * @param entries whole entries, oldest first; the first may replace a shorter stored one of the
 *     same offset
 * @param events size and generation changes that came; the size at creation stands as number -1
 * @param screen null while the stored one is young enough
 * @param output what the history of a task keeps; null of a session that is none
 */
public record Increment(
        SessionRecord record,
        long ringStart,
        boolean complete,
        List<RingBuffer.Entry> entries,
        List<Mark> events,
        @Nullable NewScreen screen,
        @Nullable TaskOutputIncrement output) {

    /** Of a session that is no task. */
    public Increment(
            SessionRecord record,
            long ringStart,
            boolean complete,
            List<RingBuffer.Entry> entries,
            List<Mark> events,
            @Nullable NewScreen screen) {
        this(record, ringStart, complete, entries, events, screen, null);
    }

    /** The same of a task. */
    Increment with(TaskOutputIncrement next) {
        return new Increment(record, ringStart, complete, entries, events, screen, next);
    }

    public Increment {
        entries = List.copyOf(entries);
        events = List.copyOf(events);
    }
}
