package dev.wormhole.server.session;

import dev.wormhole.terminal.screen.HistoryBlock;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in the scrollback in place of lines that are lost: as many lines, so that the others
 * keep their numbers, of which the first of each block says what happened. Pure.
 */
final class MissingLines {

    /** As many as a block holds. */
    private static final int MAX_LINES = 256;

    private static final int COLUMNS = 80;

    private MissingLines() {}

    /** Blocks for the lines from {@code from} to before {@code to}. */
    static List<HistoryBlock> blocks(long from, long to) {
        var blocks = new ArrayList<HistoryBlock>();
        for (long first = from; first < to; first += MAX_LINES) {
            int lines = (int) Math.min(MAX_LINES, to - first);
            blocks.add(block(first, lines));
        }
        return blocks;
    }

    /** Nobody but a screen makes blocks. */
    private static HistoryBlock block(long firstLine, int lines) {
        var screen = new Screen(COLUMNS, 1, MAX_LINES, new ScreenListener() {});
        String sentence = "[wormhole: %d lines could not be read back]".formatted(lines);
        byte[] output = (sentence + "\r\n".repeat(lines)).getBytes(StandardCharsets.US_ASCII);
        screen.feed(output, 0, output.length);
        HistoryBlock made = screen.history().blocksFrom(0).getFirst();
        return HistoryBlock.decode(firstLine, made.encoded());
    }
}
