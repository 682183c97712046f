package dev.wormhole.app.workspace;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

/**
 * The terminal that shows a pane's output. Calls come in stream order and never two at once: on the
 * link thread, which may be made to wait for a moment while the terminal is full, or on the FX
 * thread while a pane hands over what it kept, which must not wait. They must not call the pane
 * back.
 */
public interface TerminalPort {

    /** Raw terminal bytes. */
    void feed(ByteString bytes);

    /**
     * Forget content and modes, take this size, then show the snapshot.
     *
     * @param keepHistory the scrollback stays, as far as the snapshot does not tell it
     */
    void resync(TerminalSize size, ByteString snapshot, boolean keepHistory);

    /** The server's screen has this hash here in the stream. */
    void hash(long hash);

    /** The session's screen has another size from here on; the pane's own size is no matter. */
    void resize(TerminalSize size);
}
