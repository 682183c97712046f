package dev.wormhole.client.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TerminalSize;

/**
 * Where one attachment's output goes: calls come on the link thread in stream order and must not
 * block. After a reconnect the stream goes on where it stopped, or a resync comes first; a sink
 * never sees a byte twice.
 */
public interface SessionSink {

    /** Attached or attached again: channel, generation and size are known; no data came before. */
    default void attached(ServerMessage.Created created) {}

    /**
     * Forget the terminal's content and mode, take this size, then show the snapshot; raw output
     * goes on after it.
     */
    void resync(TerminalSize size, ByteString snapshot);

    /** Raw terminal bytes; {@code offset} is that of the first. */
    void output(long offset, ByteString bytes);

    /** The session's screen has another size from here on. */
    default void size(TerminalSize size) {}

    /** The next generation of the process begins here. */
    default void respawned(long generation) {}

    /** The process ended; nothing more comes until a respawn. */
    default void exited(ServerMessage.Exit exit) {}

    /** Something that happened once, such as {@code bell}. */
    default void event(String kind) {}

    /**
     * The attachment is over: detached, destroyed ({@code NOT_FOUND}), or refused with this code.
     * Last call.
     */
    default void ended(ErrorCode code, String message) {}
}
