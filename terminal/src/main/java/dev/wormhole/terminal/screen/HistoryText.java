package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.Parser;

import java.util.List;

/**
 * Reads lines of scrollback back that {@link AnsiLine} wrote. Colours, other looks and links come
 * back as they were; columns too, but for cells that mode 2027 has made. What such text does not
 * carry is lost: marks (OSC 133), what was protected (DECSCA), and whether a blank was written or
 * never was: it comes back as a space.
 *
 * <p>Pure.
 */
public final class HistoryText {

    private HistoryText() {}

    /**
     * Sealed blocks of the lines.
     *
     * @param first number of the first line
     * @param text lines, each ended by LF or CR LF
     * @throws IllegalArgumentException if there are more or fewer lines than told
     */
    public static List<HistoryBlock> blocks(long first, long end, byte[] text) {
        if (first < 0 || end < first) throw new IllegalArgumentException(first + " to " + end);
        // A screen of its own, of which only the way to the scrollback is used.
        var state = new State(Screen.MIN_COLUMNS, 1, 0, new ScreenListener() {});
        state.history.restart(first, false);
        var recorder = new LineRecorder(state.history, true);
        state.recorder = recorder;
        var parser = new Parser(new Commands(state));
        int from = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] != '\n') continue;
            parser.feed(text, from, i + 1 - from);
            from = i + 1;
            // A control function that lines do not have, and the lines are not told to the end.
            if (state.recorder != recorder) throw new IllegalArgumentException("not lines alone");
            state.history.restoreBlockWhenFull();
        }
        if (from < text.length || state.history.endLine() != end) {
            throw new IllegalArgumentException(
                    "lines %d to %d instead of %d".formatted(first, state.history.endLine(), end));
        }
        return state.history.blocksFrom(first);
    }
}
