package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.NewScreen;
import dev.wormhole.server.session.SealedLines;

import java.util.List;

/**
 * A new screen ready to be written.
 *
 * <p>Immutable.
 */
record EncodedScreen(StoredSnapshot snapshot, long newFrom, List<StoredBlock> blocks) {

    EncodedScreen {
        blocks = List.copyOf(blocks);
    }

    static EncodedScreen of(SessionId session, NewScreen screen, BlobCodec codec) {
        long offset = screen.screen().offset();
        List<SealedLines> blocks = screen.blocks();
        return new EncodedScreen(
                StoredSnapshot.of(session, screen.screen(), codec),
                screen.newFrom(),
                blocks.stream()
                        .map(block -> StoredBlock.of(session, block, offset, codec))
                        .toList());
    }

    /** About what it keeps in memory. */
    long size() {
        return snapshot.blob().bytes().length()
                + blocks.stream().mapToLong(block -> 64 + block.blob().bytes().length()).sum();
    }
}
