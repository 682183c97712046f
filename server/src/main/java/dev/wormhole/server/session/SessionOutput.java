package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

/**
 * A session's output and the screen that it has drawn: bytes and changes of size go into both at
 * the same place.
 *
 * <p>Owned by the session thread.
 */
final class SessionOutput {

    private final OutputLog log;
    private final SessionScreen screen;
    private final StoreCursor stored;

    /**
     * @param heard what the screen hears from now on
     */
    SessionOutput(SessionContents contents, SessionScreen.Listener heard) {
        log = contents.output();
        screen = new SessionScreen(contents.screen(), heard);
        stored = contents.stored();
    }

    void append(ByteString bytes) {
        screen.feed(bytes);
        log.append(bytes);
        stored.changed();
    }

    /** As the event with this number, which is the next or a later one. */
    void resized(long event, TerminalSize size) {
        log.resized(event, size);
        screen.resize(size);
        stored.changed();
    }

    /** The output as it is read. */
    OutputLog log() {
        return log;
    }

    SessionScreen screen() {
        return screen;
    }

    /** How far the store has come with both. */
    StoreCursor stored() {
        return stored;
    }
}
