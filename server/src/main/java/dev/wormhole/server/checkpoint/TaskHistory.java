package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.RingBuffer;
import dev.wormhole.server.session.StoreException;
import dev.wormhole.server.session.TaskOutputPart;
import dev.wormhole.server.session.TaskRecord;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Tasks as they are read back one by one, after the start has left out those that are over.
 *
 * <p>Owned by the checkpointer thread.
 */
final class TaskHistory {

    private static final Logger log = LoggerFactory.getLogger(TaskHistory.class);

    private final SessionRows rows;
    private final BlobCodec codec;
    private final RingBuffer.Caps caps;

    TaskHistory(OpenStore store, RingBuffer.Caps caps) {
        this.rows = store.rows();
        this.codec = store.codec();
        this.caps = caps;
    }

    /** See {@link Checkpointer#load(SessionId)}. */
    Checkpoint load(SessionId id) throws SQLException, StoreException {
        var reader = new SessionReader(rows);
        SessionReader.Found found = reader.find(id).orElse(null);
        TaskRecord task = found == null ? null : found.record().task();
        if (found == null || task == null)
            throw new StoreException("Task " + id + " is stored no longer: it was removed.");
        if (!task.state().isOver())
            throw new StoreException("Task " + id + " is not over: its session is there.");
        try (var decoder = new SessionDecoder(caps)) {
            SessionDecoder.Decoded decoded = decoder.decode(reader.read(found));
            reader.problems().forEach(problem -> log.warn("{}", problem));
            decoded.problems().forEach(problem -> log.warn("{}", problem));
            return decoded.checkpoint();
        }
    }

    /** See {@link Checkpointer#output}. */
    Optional<TaskOutputPart> output(SessionId id, long offset) throws SQLException {
        Optional<Long> key = rows.alive(id);
        if (key.isEmpty()) return Optional.empty();
        Optional<TaskOutputPart> reaching = reaching(key.get(), id, offset);
        return reaching.isPresent() ? reaching : following(key.get(), id, offset);
    }

    /** The part that begins before the offset and ends behind it, from there on. */
    private Optional<TaskOutputPart> reaching(long key, SessionId id, long offset)
            throws SQLException {
        Optional<StoredPart> row = rows.tasks().before(key, offset);
        while (row.isPresent()) {
            Optional<TaskOutputPart> part = row.get().decode(id, codec);
            if (part.isPresent()) return part.flatMap(each -> behind(each, offset));
            // Where it says that it begins may be what is damaged.
            skipped(id, row.get());
            row = rows.tasks().before(key, row.get().offset());
        }
        return Optional.empty();
    }

    private Optional<TaskOutputPart> following(long key, SessionId id, long offset)
            throws SQLException {
        Optional<StoredPart> row = rows.tasks().from(key, offset);
        while (row.isPresent()) {
            Optional<TaskOutputPart> part = row.get().decode(id, codec);
            if (part.isPresent()) return part;
            skipped(id, row.get());
            if (row.get().offset() == Long.MAX_VALUE) break;
            row = rows.tasks().from(key, row.get().offset() + 1);
        }
        return Optional.empty();
    }

    private static Optional<TaskOutputPart> behind(TaskOutputPart part, long offset) {
        ByteString bytes = part.bytes();
        long skip = offset - part.offset();
        if (skip >= bytes.length()) return Optional.empty();
        return Optional.of(
                new TaskOutputPart(offset, bytes.slice(Math.toIntExact(skip), bytes.length())));
    }

    private static void skipped(SessionId id, StoredPart part) {
        log.debug("session {}: what is kept at {} is damaged", id, part.offset());
    }
}
