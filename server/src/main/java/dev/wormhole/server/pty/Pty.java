package dev.wormhole.server.pty;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

/**
 * One live process on its pseudo-terminal.
 *
 * <p>Safe from any thread; no method blocks.
 */
public interface Pty {

    long pid();

    /**
     * Queues input for the process, in order. False when more than {@link
     * NativePty#MAX_QUEUED_INPUT} bytes wait because the process does not read: nothing was queued
     * then.
     */
    boolean write(ByteString bytes);

    /**
     * Sets the terminal's size; the process gets SIGWINCH. Nothing happens once the process has
     * ended.
     */
    void resize(TerminalSize size);

    /**
     * Hangs up: SIGHUP to the process, as when a terminal goes away, and SIGKILL to its group 2 s
     * later.
     */
    void hangUp();

    /**
     * The directory of the terminal's foreground process, from /proc; null where it cannot be
     * known.
     */
    @Nullable String foregroundDirectory();
}
