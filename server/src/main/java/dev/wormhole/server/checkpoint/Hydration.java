package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.RingBuffer;
import dev.wormhole.server.session.StoredTask;
import dev.wormhole.server.thread.AllCores;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sessions as they are read back, and what of them could not be. Damage takes only what it hit: an
 * entry or a block becomes a gap, a screen is made from the output again, a session whose record is
 * unreadable is left out. Of tasks that are over there is no checkpoint: a start takes as long as
 * what goes on, however many of them there are.
 *
 * <p>Immutable.
 *
 * @param tasks all of them, also those that go on, the newest first
 * @param problems a sentence each
 * @param trimmed the checkpoints whose stored ring is larger than the caps allow
 */
record Hydration(
        List<Checkpoint> checkpoints,
        List<StoredTask> tasks,
        List<String> problems,
        Tally tally,
        List<Checkpoint> trimmed) {

    private static final Logger log = LoggerFactory.getLogger(Hydration.class);

    /** What is known of what was left out. */
    private record Check(List<String> problems, Tally tally) {
        Check {
            problems = List.copyOf(problems);
        }
    }

    Hydration {
        checkpoints = List.copyOf(checkpoints);
        tasks = List.copyOf(tasks);
        problems = List.copyOf(problems);
        trimmed = List.copyOf(trimmed);
    }

    /** Reads what a server goes on with. */
    static Hydration read(SessionRows rows, RingBuffer.Caps caps) throws SQLException {
        var reader = new SessionReader(rows);
        List<SessionReader.Found> found = reader.findAll();
        List<StoredTask> tasks = reader.tasks().list(found);
        long over = found.stream().filter(SessionReader.Found::isOver).count();
        var unread = new Tally.Rows(Math.toIntExact(over), 0);
        return read(reader, found, caps, tasks, new Check(List.of(), Tally.ofSessions(unread)));
    }

    /**
     * The same, and looks at all that is left out of it: tasks that are over, one after the other,
     * and what is kept of every task's output.
     */
    static Hydration readAndCheck(SessionRows rows, RingBuffer.Caps caps) throws SQLException {
        var reader = new SessionReader(rows);
        List<SessionReader.Found> found = reader.findAll();
        return read(reader, found, caps, List.of(), check(reader, found, caps));
    }

    /** Rows are read one after the other, and decoded on all cores. */
    private static Hydration read(
            SessionReader reader,
            List<SessionReader.Found> found,
            RingBuffer.Caps caps,
            List<StoredTask> tasks,
            Check check)
            throws SQLException {
        var raw = new ArrayList<RawSession>();
        for (SessionReader.Found each : found) {
            if (!each.isOver()) raw.add(reader.read(each));
        }
        List<SessionDecoder.Decoded> decoded = AllCores.map(raw, each -> decode(each, caps));
        List<String> problems =
                Stream.of(
                                reader.problems().stream(),
                                check.problems().stream(),
                                decoded.stream().flatMap(each -> each.problems().stream()))
                        .flatMap(each -> each)
                        .distinct()
                        .toList();
        problems.forEach(problem -> log.warn("{}", problem));
        var trimmed = new ArrayList<Checkpoint>();
        for (SessionDecoder.Decoded each : decoded) {
            if (each.trimmed()) trimmed.add(each.checkpoint());
        }
        return new Hydration(
                decoded.stream().map(SessionDecoder.Decoded::checkpoint).toList(),
                tasks,
                problems,
                decoded.stream()
                        .map(SessionDecoder.Decoded::tally)
                        .reduce(reader.lost().plus(check.tally()), Tally::plus),
                trimmed);
    }

    private static Check check(
            SessionReader reader, List<SessionReader.Found> found, RingBuffer.Caps caps)
            throws SQLException {
        var problems = new ArrayList<String>();
        Tally tally = Tally.NONE;
        try (var decoder = new SessionDecoder(caps);
                var codec = new BlobCodec()) {
            for (SessionReader.Found each : found) {
                if (each.isOver()) {
                    SessionDecoder.Decoded decoded = decoder.decode(reader.read(each));
                    problems.addAll(decoded.problems());
                    tally = tally.plus(decoded.tally());
                }
                tally = tally.plus(Tally.ofParts(reader.tasks().output(each, codec, _ -> {})));
            }
        }
        return new Check(problems, tally);
    }

    private static SessionDecoder.Decoded decode(RawSession raw, RingBuffer.Caps caps) {
        try (var decoder = new SessionDecoder(caps)) {
            return decoder.decode(raw);
        }
    }

    /** Makes the stored rings as small as the loaded ones. */
    void trim(SessionRows rows, BlobCodec codec) throws SQLException {
        for (Checkpoint checkpoint : trimmed) {
            SessionId id = checkpoint.record().id();
            RingBuffer.Snapshot ring = checkpoint.ring();
            Optional<RingBuffer.Entry> first = ring.entries().stream().findFirst();
            rows.trim(
                    id,
                    first.map(RingBuffer.Entry::offset).orElse(ring.end()),
                    first.map(entry -> StoredEntry.of(id, entry, codec)));
        }
    }
}
