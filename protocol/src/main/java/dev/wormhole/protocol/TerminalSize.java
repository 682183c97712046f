package dev.wormhole.protocol;

/**
 * A terminal's size in character cells.
 *
 * <p>Immutable.
 */
public record TerminalSize(int cols, int rows) {

    public static final int MIN_COLS = 2;
    public static final int MAX_COLS = 2000;
    public static final int MIN_ROWS = 1;
    public static final int MAX_ROWS = 1000;

    public TerminalSize {
        if (cols < MIN_COLS || cols > MAX_COLS) throw new IllegalArgumentException("cols: " + cols);
        if (rows < MIN_ROWS || rows > MAX_ROWS) throw new IllegalArgumentException("rows: " + rows);
    }

    /** The nearest size within the bounds. */
    public static TerminalSize clamped(int cols, int rows) {
        return new TerminalSize(
                Math.clamp(cols, MIN_COLS, MAX_COLS), Math.clamp(rows, MIN_ROWS, MAX_ROWS));
    }

    /** The largest size that fits into both. */
    public TerminalSize smallest(TerminalSize other) {
        return new TerminalSize(Math.min(cols, other.cols), Math.min(rows, other.rows));
    }

    @Override
    public String toString() {
        return cols + "×" + rows;
    }
}
