package dev.wormhole.server.pty;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

/** Hears a process, in order. Called on a thread that serves others too: must only enqueue. */
public interface PtyListener {

    /**
     * @param offset of the first byte in the session's output
     */
    void output(long offset, ByteString bytes);

    /** The terminal has another size from here on in the output. */
    void resized(long event, TerminalSize size);

    /** So many bytes of this client's input were taken. */
    void accepted(ClientKey client, long count);

    /**
     * The process ended and all its output was delivered. Exactly once, last.
     *
     * @param exitCode null if a signal ended the process
     * @param signal name of that signal, else null
     * @param endedAt wall clock, milliseconds
     */
    void ended(@Nullable Integer exitCode, @Nullable String signal, long endedAt);

    /** The keeper is gone and the process with it. In place of {@link #ended}, last. */
    void lost();
}
