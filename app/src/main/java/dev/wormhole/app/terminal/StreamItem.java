package dev.wormhole.app.terminal;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;

import java.util.function.Consumer;

/**
 * One thing that the stream of a session says to its screen.
 *
 * <p>Immutable.
 */
sealed interface StreamItem {

    /** Raw output. */
    record Output(ByteString bytes) implements StreamItem {}

    /** The grid's size changes here. */
    record Resize(TerminalSize size) implements StreamItem {}

    /** Everything before is void, but for the scrollback where that is kept. */
    record Resync(TerminalSize size, ByteString snapshot, boolean keepHistory)
            implements StreamItem {}

    /** The server's screen has this hash here. */
    record Hash(long hash) implements StreamItem {}

    /** Something that the window wants of the screen, behind the output that waits. */
    record Call(Consumer<Screen> action) implements StreamItem {}

    /** Nothing comes any more. */
    record End() implements StreamItem {}
}
