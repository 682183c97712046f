package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.TaskOutputPart;

import java.util.Optional;

/**
 * A part of a task's output as a row holds it.
 *
 * <p>Immutable.
 */
record StoredPart(long offset, StoredBlob blob) {

    static StoredPart of(SessionId session, TaskOutputPart part, BlobCodec codec) {
        var place = new BlobPlace.Output(session, part.offset());
        return new StoredPart(part.offset(), codec.encode(place, part.bytes()));
    }

    /** The part, or nothing if the row is damaged. */
    Optional<TaskOutputPart> decode(SessionId session, BlobCodec codec) {
        if (offset < 0 || blob.length() < 1) return Optional.empty();
        return codec.decode(new BlobPlace.Output(session, offset), blob)
                .map(bytes -> new TaskOutputPart(offset, bytes));
    }
}
