package dev.wormhole.server.testkit;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.AnsiLine;
import dev.wormhole.terminal.screen.HistoryBlock;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The screen that a channel draws on its client, by the rules of the protocol. */
final class FoldedScreen {

    private final Screen screen;

    /** Bytes of a snapshot that are still to come. */
    private int missing;

    FoldedScreen(TerminalSize size) {
        screen =
                new Screen(
                        size.cols(), size.rows(), Screen.DEFAULT_HISTORY, new ScreenListener() {});
    }

    Screen screen() {
        return screen;
    }

    void resync(ServerMessage.Resync resync) {
        if (missing > 0) throw new AssertionError("a resync within a snapshot");
        TerminalSize size = resync.size();
        screen.beginSnapshot(size.cols(), size.rows(), resync.keepsHistory());
        missing = resync.length();
        if (missing == 0) screen.endSnapshot();
    }

    void resize(TerminalSize size) {
        if (missing > 0) throw new AssertionError("a size within a snapshot");
        screen.resize(size.cols(), size.rows());
    }

    void data(ByteString bytes) {
        byte[] array = bytes.toArray();
        int part = Math.min(missing, array.length);
        screen.feed(array, 0, part);
        missing -= part;
        if (part > 0 && missing == 0) screen.endSnapshot();
        screen.feed(array, part, array.length - part);
    }

    String text() {
        return IntStream.range(0, screen.rows())
                .mapToObj(screen::text)
                .collect(Collectors.joining("\n"));
    }

    /** Scrollback and grid. */
    String allText() {
        var all = new StringBuilder();
        var line = new AnsiLine();
        long first = screen.history().firstLine();
        for (HistoryBlock block : screen.history().blocksFrom(first)) {
            long start = Math.max(first, block.firstLine());
            for (long number = start; number < block.endLine(); number++) {
                block.line(number, line);
                all.append(ByteString.copyOf(line.take()).toUtf8()).append('\n');
            }
        }
        return all.append(text()).toString();
    }
}
