package dev.wormhole.bench.peer;

import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.AnsiLine;
import dev.wormhole.terminal.screen.HistoryBlock;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a viewer sees who was sent a snapshot and what followed. Pure. */
final class Shown {

    private Shown() {}

    /**
     * @param snapshot how many of the bytes are the snapshot
     * @return scrollback and screen, a string a line, with the sequences that colour it
     */
    static List<String> lines(byte[] bytes, int snapshot, TerminalSize size, int history) {
        var screen = new Screen(size.cols(), size.rows(), history, new ScreenListener() {});
        screen.beginSnapshot(size.cols(), size.rows(), false);
        screen.feed(bytes, 0, snapshot);
        screen.endSnapshot();
        screen.feed(bytes, snapshot, bytes.length - snapshot);
        var lines = new ArrayList<String>();
        var line = new AnsiLine();
        long first = screen.history().firstLine();
        for (HistoryBlock block : screen.history().blocksFrom(first)) {
            long start = Math.max(first, block.firstLine());
            for (long number = start; number < block.endLine(); number++) {
                block.line(number, line);
                lines.add(new String(line.take(), StandardCharsets.UTF_8));
            }
        }
        for (int row = 0; row < screen.rows(); row++) lines.add(screen.text(row));
        return lines;
    }
}
