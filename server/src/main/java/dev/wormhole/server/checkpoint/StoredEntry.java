package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.RingBuffer;

import java.util.Optional;

/**
 * A ring entry as a row holds it.
 *
 * <p>Immutable.
 */
record StoredEntry(long offset, int cut, StoredBlob blob) {

    static StoredEntry of(SessionId session, RingBuffer.Entry entry, BlobCodec codec) {
        var place = new BlobPlace.Entry(session, entry.offset(), entry.cut());
        return new StoredEntry(entry.offset(), entry.cut(), codec.encode(place, entry.bytes()));
    }

    /** The entry, or nothing if the row is damaged. */
    Optional<RingBuffer.Entry> decode(SessionId session, BlobCodec codec) {
        if (blob.length() < 1) return Optional.empty();
        try {
            return codec.decode(new BlobPlace.Entry(session, offset, cut), blob)
                    .map(bytes -> new RingBuffer.Entry(offset, bytes, cut));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
