package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.RingBuffer;

import java.util.Optional;

/**
 * A ring entry as a row holds it.
 *
 * <p>Immutable.
 *
 * @param cut what only version 1 of the store used: its rows have it in their checksums
 */
record StoredEntry(long offset, int cut, StoredBlob blob) {

    /** What new rows say instead. */
    static final int NO_CUT = -1;

    static StoredEntry of(SessionId session, RingBuffer.Entry entry, BlobCodec codec) {
        var place = new BlobPlace.Entry(session, entry.offset(), NO_CUT);
        return new StoredEntry(entry.offset(), NO_CUT, codec.encode(place, entry.bytes()));
    }

    /** The entry, or nothing if the row is damaged. */
    Optional<RingBuffer.Entry> decode(SessionId session, BlobCodec codec) {
        if (blob.length() < 1) return Optional.empty();
        try {
            return codec.decode(new BlobPlace.Entry(session, offset, cut), blob)
                    .map(bytes -> new RingBuffer.Entry(offset, bytes));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
