package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.SealedLines;

import java.util.Optional;

/**
 * A block of scrollback as a row holds it.
 *
 * <p>Immutable.
 *
 * @param offset of the screen it was stored with: its lines come from output before that
 */
record StoredBlock(long firstLine, int lines, long offset, StoredBlob blob) {

    static StoredBlock of(SessionId session, SealedLines block, long offset, BlobCodec codec) {
        var place = new BlobPlace.Block(session, block.firstLine(), block.lines(), offset);
        return new StoredBlock(
                block.firstLine(), block.lines(), offset, codec.encode(place, block.encoded()));
    }

    /** The block, or nothing if the row is damaged. */
    Optional<SealedLines> decode(SessionId session, BlobCodec codec) {
        if (firstLine < 0 || lines < 1) return Optional.empty();
        return codec.decode(new BlobPlace.Block(session, firstLine, lines, offset), blob)
                .map(bytes -> new SealedLines(firstLine, lines, bytes));
    }
}
