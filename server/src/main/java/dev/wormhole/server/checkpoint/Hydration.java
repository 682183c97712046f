package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.RingBuffer;
import dev.wormhole.server.session.SessionRecord;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Sessions as they are read back, and what of them could not be. Damage takes only what it hit: an
 * entry becomes a gap, a session whose record is unreadable is left out.
 *
 * <p>Immutable.
 *
 * @param problems a sentence each
 * @param trimmed the checkpoints whose stored ring is larger than the caps allow
 */
record Hydration(List<Checkpoint> checkpoints, List<String> problems, List<Checkpoint> trimmed) {

    private static final Logger log = LoggerFactory.getLogger(Hydration.class);

    Hydration {
        checkpoints = List.copyOf(checkpoints);
        problems = List.copyOf(problems);
        trimmed = List.copyOf(trimmed);
    }

    static Hydration read(SessionRows rows, EntryCodec codec, RingBuffer.Caps caps)
            throws SQLException {
        var reader = new Reader(rows, codec, caps);
        var found = new ArrayList<SessionRows.Found>();
        try {
            rows.sessions(found);
        } catch (SQLException e) {
            Reader.throwUnlessDamage(e);
            reader.problem("not every session can be read");
        }
        for (SessionRows.Found each : found) reader.read(each);
        return new Hydration(reader.checkpoints, reader.problems, reader.trimmed);
    }

    /** Makes the stored rings as small as the loaded ones. */
    void trim(SessionRows rows, EntryCodec codec) throws SQLException {
        for (Checkpoint checkpoint : trimmed) {
            SessionId id = checkpoint.record().id();
            RingBuffer.Snapshot ring = checkpoint.ring();
            Optional<RingBuffer.Entry> first = ring.entries().stream().findFirst();
            rows.trim(
                    id,
                    first.map(RingBuffer.Entry::offset).orElse(ring.end()),
                    first.map(entry -> codec.encode(id, entry)));
        }
    }

    /** One pass over the sessions. */
    private static final class Reader {

        private final SessionRows rows;
        private final EntryCodec codec;
        private final RingBuffer.Caps caps;
        private final List<Checkpoint> checkpoints = new ArrayList<>();
        private final List<Checkpoint> trimmed = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Reader(SessionRows rows, EntryCodec codec, RingBuffer.Caps caps) {
            this.rows = rows;
            this.codec = codec;
            this.caps = caps;
        }

        void read(SessionRows.Found found) throws SQLException {
            if (found.record() == null) {
                problem("session " + found.id() + " cannot be read and is left out");
                return;
            }
            SessionRecord session = launch(found).of(found.record());
            var entries = new ArrayList<RingBuffer.Entry>();
            boolean whole = readEntries(found.key(), session, entries);
            RingBuffer.Snapshot stored = snapshot(session, entries);
            RingBuffer.Snapshot ring = RingBuffer.fromSnapshot(stored).serialize();
            boolean evicted = ring.totalBytes() < stored.totalBytes();
            boolean complete = found.complete() && whole && !evicted;
            var checkpoint = new Checkpoint(session, ring, complete, found.unclean());
            checkpoints.add(checkpoint);
            if (evicted) trimmed.add(checkpoint);
        }

        /** Without it a session still has its output, and a shell all it needs. */
        private LaunchJson launch(SessionRows.Found found) throws SQLException {
            try {
                return rows.launch(found.key());
            } catch (SQLException | JsonException e) {
                throwUnlessDamage(e);
                log.warn("session {}: launch not readable: {}", found.id(), e.getMessage());
                problem("session " + found.id() + ": its command and environment are lost");
                return LaunchJson.NONE;
            }
        }

        /** Whether all of it was readable. */
        private boolean readEntries(long key, SessionRecord session, List<RingBuffer.Entry> entries)
                throws SQLException {
            var stored = new ArrayList<StoredEntry>();
            boolean whole = readRows(key, session, stored);
            int damaged = 0;
            long end = 0;
            for (StoredEntry row : stored) {
                Optional<RingBuffer.Entry> entry = codec.decode(session.id(), row);
                // An overlap cannot be: whatever made it, the older bytes stand.
                if (entry.isEmpty() || row.offset() < end) {
                    damaged++;
                } else {
                    entries.add(entry.get());
                    end = entry.get().end();
                }
            }
            if (damaged > 0) {
                problem(
                        "session %s: %d of %d entries of its output are damaged and left out"
                                .formatted(session.id(), damaged, stored.size()));
            }
            return whole && damaged == 0;
        }

        private boolean readRows(long key, SessionRecord session, List<StoredEntry> stored)
                throws SQLException {
            try {
                rows.entries(key, stored);
                return true;
            } catch (SQLException e) {
                throwUnlessDamage(e);
                log.warn("session {}: index not readable: {}", session.id(), e.getMessage());
            }
            try {
                stored.clear();
                rows.entriesWithoutIndex(key, stored);
            } catch (SQLException e) {
                throwUnlessDamage(e);
                log.warn("session {}: output not readable: {}", session.id(), e.getMessage());
            }
            // A row that was rewritten may stand behind younger ones.
            stored.sort(Comparator.comparingLong(StoredEntry::offset));
            problem("session " + session.id() + ": not all of its output can be read");
            return false;
        }

        private RingBuffer.Snapshot snapshot(
                SessionRecord session, List<RingBuffer.Entry> entries) {
            int total = entries.stream().mapToInt(entry -> entry.bytes().length()).sum();
            long end = entries.isEmpty() ? 0 : entries.getLast().end();
            return new RingBuffer.Snapshot(
                    entries, total, caps, Math.max(session.nextOffset(), end));
        }

        /** A disk that fails to read may do so later: then nothing is lost yet. */
        private static void throwUnlessDamage(Exception failure) throws SQLException {
            if (failure instanceof SQLException sql && !StoreFailure.isDamage(sql)) throw sql;
        }

        private void problem(String sentence) {
            log.warn("{}", sentence);
            problems.add(sentence);
        }
    }
}
