package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.RingBuffer;
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
 * unreadable is left out.
 *
 * <p>Immutable.
 *
 * @param problems a sentence each
 * @param trimmed the checkpoints whose stored ring is larger than the caps allow
 */
record Hydration(
        List<Checkpoint> checkpoints,
        List<String> problems,
        Tally tally,
        List<Checkpoint> trimmed) {

    private static final Logger log = LoggerFactory.getLogger(Hydration.class);

    Hydration {
        checkpoints = List.copyOf(checkpoints);
        problems = List.copyOf(problems);
        trimmed = List.copyOf(trimmed);
    }

    /** Rows are read one after the other, and decoded on all cores. */
    static Hydration read(SessionRows rows, RingBuffer.Caps caps) throws SQLException {
        var reader = new SessionReader(rows);
        List<RawSession> raw = reader.readAll();
        List<SessionDecoder.Decoded> decoded = AllCores.map(raw, each -> decode(each, caps));
        List<String> problems =
                Stream.concat(
                                reader.problems().stream(),
                                decoded.stream().flatMap(each -> each.problems().stream()))
                        .toList();
        problems.forEach(problem -> log.warn("{}", problem));
        var trimmed = new ArrayList<Checkpoint>();
        for (SessionDecoder.Decoded each : decoded) {
            if (each.trimmed()) trimmed.add(each.checkpoint());
        }
        return new Hydration(
                decoded.stream().map(SessionDecoder.Decoded::checkpoint).toList(),
                problems,
                decoded.stream()
                        .map(SessionDecoder.Decoded::tally)
                        .reduce(reader.lost(), Tally::plus),
                trimmed);
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
