package dev.wormhole.terminal.screen;

import java.util.Arrays;

/**
 * A row as somebody sees it: cells with their looks, and where they stand in the session's text. It
 * tells everything by itself, so that it can be painted while the screen goes on.
 *
 * <p>Immutable, safe from any thread. Columns are 0-based; from {@link #used} on all are blank in
 * the default style.
 */
public final class ViewRow {

    /** {@link #text} of the second half of a wide character. */
    public static final int TAIL = -1;

    /** {@link #text} of a cell of several code points: {@link #string} has them. */
    public static final int CLUSTER = -2;

    private static final String[] NO_CLUSTERS = {};

    private final int[] text;
    private final Style[] styles;
    private final String[] clusters;
    private final int columns;
    private final long line;
    private final int column;
    private final boolean wrapped;
    private final int lineSize;

    private ViewRow(Builder b, int from, int to, long line, boolean wrapped, int lineSize) {
        text = Arrays.copyOfRange(b.text, from, to);
        styles = Arrays.copyOfRange(b.styles, from, to);
        clusters = b.hasClusters ? Arrays.copyOfRange(b.clusters, from, to) : NO_CLUSTERS;
        columns = b.columns;
        column = b.first + from;
        this.line = line;
        this.wrapped = wrapped;
        this.lineSize = lineSize;
    }

    /** How many columns the row has. */
    public int columns() {
        return columns;
    }

    /** The column after the last cell that is not blank in the default style. */
    public int used() {
        return text.length;
    }

    /** A code point, 0 for a blank, {@link #TAIL} or {@link #CLUSTER}. */
    public int text(int column) {
        return column < text.length ? text[column] : 0;
    }

    /** The cell's text; empty for a blank and for the second half of a wide character. */
    public String string(int column) {
        int code = text(column);
        if (code == CLUSTER) return clusters[column];
        return code > 0 ? Character.toString(code) : "";
    }

    public Style style(int column) {
        return column < styles.length ? styles[column] : Style.DEFAULT;
    }

    public boolean isWide(int column) {
        return text(column + 1) == TAIL;
    }

    /** Number of the logical line that it is part of. */
    public long line() {
        return line;
    }

    /** The column of its first cell in that line. */
    public int column() {
        return column;
    }

    /** Whether the line goes on in the next row. */
    public boolean isWrapped() {
        return wrapped;
    }

    /** 0 single width, 1 double width, 2 and 3 upper and lower half of double height. */
    public int lineSize() {
        return lineSize;
    }

    /** Its text, without trailing blanks. */
    @Override
    public String toString() {
        var all = new StringBuilder();
        for (int x = 0; x < text.length; x++) {
            switch (text[x]) {
                case 0 -> all.append(' ');
                case TAIL -> {}
                case CLUSTER -> all.append(clusters[x]);
                default -> all.appendCodePoint(text[x]);
            }
        }
        return all.toString().stripTrailing();
    }

    /** Collects the cells of a line, or of one row, and cuts rows out of them. */
    static final class Builder implements LineSink {

        private final int columns;

        /** Where in the line the first collected cell stands. */
        private final int first;

        private int[] text;
        private Style[] styles;
        private String[] clusters;
        private boolean hasClusters;
        private int length;

        Builder(int columns, int first) {
            this.columns = columns;
            this.first = first;
            text = new int[columns];
            styles = new Style[columns];
            clusters = new String[columns];
        }

        @Override
        public void blanks(int count, Style style) {
            ensure(count);
            Arrays.fill(text, length, length + count, 0);
            Arrays.fill(styles, length, length + count, style);
            length += count;
        }

        @Override
        public void cell(int[] codePoints, int count, boolean wide, Style style) {
            ensure(2);
            if (count == 1) {
                text[length] = codePoints[0];
            } else {
                text[length] = CLUSTER;
                clusters[length] = new String(codePoints, 0, count);
                hasClusters = true;
            }
            styles[length++] = style;
            if (!wide) return;
            text[length] = TAIL;
            styles[length++] = style;
        }

        void cells(State s, long[] cells, int count) {
            for (int i = 0; i < count; i++) {
                long cell = cells[i];
                if (Cells.isTail(cell)) continue;
                Style style = s.styles.get(Cells.style(cell));
                if (Cells.isBlank(cell)) {
                    blanks(1, style);
                } else if (Cells.isCluster(cell)) {
                    int[] codePoints = s.clusters.get(Cells.value(cell));
                    cell(codePoints, codePoints.length, Cells.isWide(cell), style);
                } else {
                    ensure(2);
                    text[length] = Cells.value(cell);
                    styles[length++] = style;
                    if (Cells.isWide(cell)) {
                        text[length] = TAIL;
                        styles[length++] = style;
                    }
                }
            }
        }

        private void ensure(int more) {
            if (length + more <= text.length) return;
            int size = Math.max(length + more, 2 * text.length);
            text = Arrays.copyOf(text, size);
            styles = Arrays.copyOf(styles, size);
            clusters = Arrays.copyOf(clusters, size);
        }

        int length() {
            return length;
        }

        /** Where the row that begins here ends: as {@link Reflow} wraps. */
        int rowEnd(int from) {
            int to = Math.min(from + columns, length);
            return to < length && text[to] == TAIL ? to - 1 : to;
        }

        /** Everything collected is one row of the screen. */
        ViewRow row(long line, boolean wrapped, int lineSize) {
            return new ViewRow(this, 0, length, line, wrapped, lineSize);
        }

        /** The row of a line of the scrollback that begins here. */
        ViewRow row(long line, int from) {
            int to = rowEnd(from);
            return new ViewRow(this, from, to, line, to < length, Row.SINGLE);
        }

        /** As {@link #row(long, int)}, of a line that goes on behind what was collected. */
        ViewRow partialRow(long line, int from) {
            return new ViewRow(this, from, rowEnd(from), line, true, Row.SINGLE);
        }
    }
}
