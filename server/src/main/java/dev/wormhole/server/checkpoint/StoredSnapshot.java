package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.session.StoredScreen;

import java.util.Optional;

/**
 * A screen as a row holds it.
 *
 * <p>Immutable.
 */
record StoredSnapshot(
        long offset, long event, int cols, int rows, long firstLine, StoredBlob blob) {

    static StoredSnapshot of(SessionId session, StoredScreen screen, BlobCodec codec) {
        int cols = screen.size().cols();
        int rows = screen.size().rows();
        var place =
                new BlobPlace.Screen(
                        session, screen.offset(), screen.event(), cols, rows, screen.firstLine());
        return new StoredSnapshot(
                screen.offset(),
                screen.event(),
                cols,
                rows,
                screen.firstLine(),
                codec.encode(place, screen.snapshot()));
    }

    /** The screen, or nothing if the row is damaged. */
    Optional<StoredScreen> decode(SessionId session, BlobCodec codec) {
        var place = new BlobPlace.Screen(session, offset, event, cols, rows, firstLine);
        try {
            return codec.decode(place, blob)
                    .map(
                            bytes ->
                                    new StoredScreen(
                                            offset,
                                            event,
                                            new TerminalSize(cols, rows),
                                            firstLine,
                                            bytes));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
