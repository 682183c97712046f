package dev.wormhole.app.terminal;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

/**
 * One thing that the stream of a session says to the emulator.
 *
 * <p>Immutable.
 */
sealed interface StreamItem {

    /** Raw output. */
    record Output(ByteString bytes) implements StreamItem {}

    /** The grid's size changes here. */
    record Resize(TerminalSize size) implements StreamItem {}

    /** Everything before is void. */
    record Resync(TerminalSize size, ByteString snapshot) implements StreamItem {}

    /** Nothing comes any more. */
    record End() implements StreamItem {}
}
