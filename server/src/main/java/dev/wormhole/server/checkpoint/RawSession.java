package dev.wormhole.server.checkpoint;

import dev.wormhole.server.session.Mark;
import dev.wormhole.server.session.SessionRecord;

import java.util.List;
import java.util.Optional;

/**
 * The rows of one session as they were read, unchecked.
 *
 * <p>Immutable.
 *
 * @param complete nothing of its output was ever evicted
 * @param whole every row of its output could be read
 * @param problems what could not be read, a sentence each
 */
record RawSession(
        SessionRecord record,
        boolean complete,
        boolean unclean,
        boolean whole,
        List<StoredEntry> entries,
        Optional<StoredSnapshot> screen,
        List<StoredBlock> blocks,
        List<Mark> events,
        List<String> problems) {
    RawSession {
        entries = List.copyOf(entries);
        blocks = List.copyOf(blocks);
        events = List.copyOf(events);
        problems = List.copyOf(problems);
    }
}
