package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.Pty;

import org.jspecify.annotations.Nullable;

/**
 * A session's dealings with its process: one change of size at a time, and what the keeper may
 * forget.
 *
 * <p>Owned by the session thread.
 */
final class Running {

    private final Pty pty;

    /** Asked for, and not yet seen in the output. */
    private @Nullable TerminalSize asked;

    private boolean ended;

    /** The process has ended, and the increment under way says so. */
    private boolean endCollected;

    Running(Pty pty) {
        this.pty = pty;
    }

    Pty pty() {
        return pty;
    }

    /** False when too much waits because the program does not read. */
    boolean write(ByteString bytes) {
        return pty.write(bytes);
    }

    /** A change of size was asked for: where in the output it stands is not known yet. */
    boolean isResizing() {
        return asked != null;
    }

    /** Asks for a size, unless another is under way: then it has to be asked again. */
    void resize(long event, TerminalSize size) {
        if (asked != null) return;
        asked = size;
        pty.resize(event, size);
    }

    /** The size stands in the output. */
    void resized() {
        asked = null;
    }

    /** Nothing more will come of the process. */
    void ended() {
        ended = true;
        asked = null;
    }

    /** An increment with all there is now is on its way to the store. */
    void collected() {
        endCollected = ended;
    }

    /** Nothing is stored, but everything before this place is held in memory. */
    void held(long offset, long event) {
        if (!ended) pty.confirm(offset, event);
    }

    /**
     * What was collected last is stored, and ends here.
     *
     * @return whether that was all of the process
     */
    boolean stored(long offset, long event) {
        if (endCollected) pty.forget();
        else pty.confirm(offset, event);
        return endCollected;
    }
}
