package dev.wormhole.client.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;

/**
 * One session that this link keeps attached, over any number of connections, until it is detached
 * or destroyed.
 *
 * <p>Safe from any thread: every call is a message to the link thread.
 */
public interface Attachment {

    SessionId sessionId();

    /**
     * Types; dropped while there is no connection (input across connections needs the feature
     * {@code input}).
     */
    void input(ByteString bytes);

    /**
     * This viewer's wish for the size, remembered for the next connection; null: no vote (hidden).
     */
    void resize(@Nullable TerminalSize size);

    /** Starts the next generation; completes with its number once the server runs it. */
    CompletableFuture<Long> respawn();

    /**
     * Leaves the session running; {@link SessionSink#ended} is not called. Completes when the
     * server has let go.
     */
    CompletableFuture<Void> detach();
}
