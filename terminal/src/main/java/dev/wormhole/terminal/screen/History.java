package dev.wormhole.terminal.screen;

import java.util.List;

/**
 * The scrollback: logical lines that have left the primary screen at its top, numbered since the
 * session began. Old lines stand in sealed blocks that never change; the newest ones may still be
 * pulled back onto a screen that grows.
 *
 * <p>Owned by the screen's thread; the blocks it hands out are immutable.
 */
public final class History {

    /** Number of the oldest line kept. */
    public long firstLine() {
        return 0;
    }

    /** Number of the line after the last complete one; it begins at or above the screen's top. */
    public long endLine() {
        return 0;
    }

    /** Number of the first line that is not in a sealed block: lines below it never change. */
    public long sealedEnd() {
        return 0;
    }

    /** The sealed blocks that hold lines from this number on, in order. */
    public List<HistoryBlock> sealedFrom(long line) {
        return List.of();
    }

    /**
     * Puts sealed blocks before everything there is, when a session is hydrated: the newest one
     * must end at {@link #sealedEnd()}, older ones may have gaps between them.
     */
    public void prepend(List<HistoryBlock> blocks) {}
}
