package dev.wormhole.client.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TerminalSize;

/**
 * Where one attachment's output goes: calls come on the link thread in stream order and must not
 * block. After a reconnect the stream goes on where it stopped, or a resync comes first; a sink
 * never sees a byte twice.
 */
public interface SessionSink {

    /**
     * Whether {@link Attachment#took} is called for everything handed over here, snapshots
     * included, also for what is dropped; the server then goes only as fast as that. Else what was
     * handed over counts as shown. Asked once.
     */
    default boolean tellsWhatItTook() {
        return false;
    }

    /** Attached or attached again: channel, generation and size are known; no data came before. */
    default void attached(ServerMessage.Created created) {}

    /**
     * Forget the terminal's content and mode (where {@code what} keeps the history: but not its
     * scrollback), take this size, then show the snapshot; raw output goes on after it.
     */
    void resync(ServerMessage.Resync what, ByteString snapshot);

    /** Raw terminal bytes; {@code offset} is that of the first. */
    void output(long offset, ByteString bytes);

    /** The session's screen has another size from here on. */
    default void size(TerminalSize size) {}

    /** The next generation of the process begins here. */
    default void respawned(long generation) {}

    /** The process ended; nothing more comes until a respawn. */
    default void exited(ServerMessage.Exit exit) {}

    /** Something that happened once and is never repeated, such as a bell. */
    default void event(Happening what) {}

    /**
     * What ran in the foreground when the session's process was lost can be run again, or no more;
     * only with feature {@code resume}. Not over a connection: the next one tells it again.
     *
     * @param offer with an empty command: nothing is offered any more
     */
    default void offered(ServerMessage.Offer offer) {}

    /**
     * The server's screen has this hash at the place where the stream stands; only with feature
     * {@code hash}, from a server whose screen is of our version. Who differs says so to {@link
     * Attachment#screenDiffers}.
     */
    default void hash(long hash) {}

    /**
     * More was typed than the process takes at once, and waits.
     *
     * @param taken bytes that were taken since it began to wait
     * @param total bytes that are or were to be taken since then; 0: nothing waits any more
     */
    default void inputWaits(long taken, long total) {}

    /** So many bytes that were typed reached no process: the one they were meant for is gone. */
    default void inputDiscarded(long bytes) {}

    /**
     * The attachment is over: detached, destroyed ({@code NOT_FOUND}), or refused with this code.
     * Last call.
     */
    default void ended(ErrorCode code, String message) {}
}
