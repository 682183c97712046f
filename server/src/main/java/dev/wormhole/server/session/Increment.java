package dev.wormhole.server.session;

import java.util.List;

/**
 * What is new of a session since the store last asked: the record, and the entries that grew or
 * came.
 *
 * <p>Immutable.
 *
 * @param ringStart entries that end at or before this offset were evicted and go from the store too
 * @param complete nothing of the session's output was ever evicted
 * @param entries whole entries, oldest first; the first may replace a shorter stored one of the
 *     same offset
 */
public record Increment(
        SessionRecord record, long ringStart, boolean complete, List<RingBuffer.Entry> entries) {
    public Increment {
        entries = List.copyOf(entries);
    }
}
