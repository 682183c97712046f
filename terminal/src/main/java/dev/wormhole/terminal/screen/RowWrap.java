package dev.wormhole.terminal.screen;

import java.util.Arrays;

/**
 * Wraps a logical line into rows as {@link Reflow} does: each as full as it gets, but a wide
 * character that does not fit goes to the next row whole.
 *
 * <p>Takes one line as its sink; owned by the thread that does so.
 */
public final class RowWrap implements LineSink {

    private final int columns;
    private int[] starts = new int[8];
    private int rows = 1;

    /** Where the present row begins, and the line so far ends. */
    private int from;

    private int end;

    /**
     * @param columns 2 or more
     */
    public RowWrap(int columns) {
        if (columns < Screen.MIN_COLUMNS) throw new IllegalArgumentException("columns: " + columns);
        this.columns = columns;
    }

    /** The columns of the line at which its rows begin; the first is 0, also of an empty line. */
    public int[] starts() {
        return Arrays.copyOf(starts, rows);
    }

    @Override
    public void blanks(int count, Style style) {
        end += count;
        while (end > from + columns) begin(from + columns);
    }

    @Override
    public void cell(int[] codePoints, int length, boolean wide, Style style) {
        int width = wide ? 2 : 1;
        if (end + width > from + columns) begin(end);
        end += width;
    }

    private void begin(int column) {
        if (rows == starts.length) starts = Arrays.copyOf(starts, rows * 2);
        starts[rows++] = column;
        from = column;
    }
}
