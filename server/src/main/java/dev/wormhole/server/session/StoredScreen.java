package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

/**
 * A screen as it was at one place in the output. With the sealed blocks that came before it, and
 * the output and the events that come after, it makes the screen of now.
 *
 * <p>Immutable.
 *
 * @param offset of the first byte that is not in it
 * @param event number of the first size or generation change that is not in it
 * @param firstLine number of the oldest line that the scrollback held
 * @param snapshot grids, modes and the lines that no sealed block holds
 */
public record StoredScreen(
        long offset, long event, TerminalSize size, long firstLine, ByteString snapshot) {}
