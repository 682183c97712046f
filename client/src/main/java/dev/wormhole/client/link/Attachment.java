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
     * Types. With the feature {@code input} each byte reaches the process that runs now once, over
     * any number of connections, or {@link SessionSink#inputDiscarded} counts it; what the process
     * does not take at once waits, and Ctrl-C drops what waits. Without the feature what is typed
     * while there is no connection is dropped.
     */
    void input(ByteString bytes);

    /** Forgets typed bytes that wait and were not sent yet. */
    void dropPending();

    /**
     * This viewer's wish for the size, remembered for the next connection; null: no vote (hidden).
     */
    void resize(@Nullable TerminalSize size);

    /**
     * So many bytes more of what the sink was handed have reached the terminal, in order; for sinks
     * that {@link SessionSink#tellsWhatItTook}. Best after some KiB and when all is taken, not for
     * every call.
     */
    void took(long bytes);

    /**
     * The sink's screen is not what {@link SessionSink#hash} said: counts it and asks for a
     * complete resync.
     */
    void screenDiffers();

    /**
     * Has the program run that {@link SessionSink#offered} told of, or forgets it, for every
     * viewer. Nothing happens where it is offered no more, or there is no connection.
     *
     * @param generation of the offer
     */
    void answerOffer(long generation, boolean run);

    /** Starts the next generation; completes with its number once the server runs it. */
    CompletableFuture<Long> respawn();

    /**
     * Leaves the session running; {@link SessionSink#ended} is not called. Completes when the
     * server has let go.
     */
    CompletableFuture<Void> detach();
}
