package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.RingBuffer;

import java.sql.SQLException;

/**
 * Brings what can be read of tasks from a damaged database into another one: those that are over,
 * and the kept output of all. One after the other, since there may be more of it than memory.
 *
 * <p>Owned by the thread that opens the store.
 */
final class TaskRescue {

    private final SessionReader reader;
    private final SessionRows into;
    private final BlobCodec codec;
    private final RingBuffer.Caps caps;

    TaskRescue(Database damaged, SessionRows into, BlobCodec codec, RingBuffer.Caps caps)
            throws SQLException {
        this.reader = new SessionReader(new SessionRows(damaged));
        this.into = into;
        this.codec = codec;
        this.caps = caps;
    }

    /** To be called inside a transaction, when those that go on are there already. */
    void run() throws SQLException {
        try (var decoder = new SessionDecoder(caps)) {
            for (SessionReader.Found each : reader.findAll()) {
                if (each.record().task() == null) continue;
                if (each.isOver()) {
                    SessionDecoder.Decoded decoded = decoder.decode(reader.read(each));
                    into.write(EncodedIncrement.of(decoded.checkpoint(), codec));
                }
                output(each);
            }
        }
    }

    private void output(SessionReader.Found session) throws SQLException {
        SessionId id = session.record().id();
        long key = into.alive(id).orElse(0L);
        if (key != 0) reader.tasks().output(session, codec, part -> into.tasks().write(key, part));
    }
}
