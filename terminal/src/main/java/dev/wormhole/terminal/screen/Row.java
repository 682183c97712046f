package dev.wormhole.terminal.screen;

import java.util.Arrays;

/**
 * One row of a grid.
 *
 * <p>Owned by the screen's thread.
 */
final class Row {

    /** DECSWL, DECDWL and the halves of DECDHL: 0 to 3. */
    static final int SINGLE = 0;

    static final int DOUBLE_WIDTH = 1;
    static final int DOUBLE_TOP = 2;
    static final int DOUBLE_BOTTOM = 3;

    private static final long[] NONE = {};

    /** One for each column. */
    long[] cells;

    /**
     * Cells from here on are blank in the default style: whoever writes beyond it moves it. It
     * keeps short lines cheap on wide screens.
     */
    int reach;

    /** The text goes on in the next row: a soft wrap. */
    boolean wrapped;

    /** At the wrap a wide character did not fit: the last column was left out. */
    boolean spacer;

    int lineSize;

    /** Semantic marks, packed by {@link LineMarks}, in the order they came. */
    long[] marks = NONE;

    Row(int columns, long fill) {
        cells = new long[columns];
        if (fill != 0) {
            Arrays.fill(cells, fill);
            reach = columns;
        }
    }

    /** As a new row. */
    void clear(long fill) {
        if (fill == 0) {
            Arrays.fill(cells, 0, reach, 0);
            reach = 0;
        } else {
            Arrays.fill(cells, fill);
            reach = cells.length;
        }
        wrapped = false;
        spacer = false;
        lineSize = SINGLE;
        marks = NONE;
    }

    /** Columns that text may use: half of them on a line of double width. */
    int width() {
        return lineSize == SINGLE ? cells.length : Math.max(1, cells.length / 2);
    }

    void clearMarks() {
        marks = NONE;
    }

    void addMark(long mark) {
        // A program may mark a row for ever: the newest ones count.
        if (marks.length == LineMarks.MAX) {
            System.arraycopy(marks, 1, marks, 0, marks.length - 1);
        } else {
            marks = Arrays.copyOf(marks, marks.length + 1);
        }
        marks[marks.length - 1] = mark;
    }

    /** Blanks what would be left of a wide character when the cells from here on are changed. */
    void splitBefore(int column) {
        if (column > 0 && column < cells.length && Cells.isTail(cells[column])) {
            cells[column - 1] = Cells.blanked(cells[column - 1]);
            cells[column] = Cells.blanked(cells[column]);
        }
    }

    /** Sets the cells in {@code [from, to)}, and blanks halves of wide characters left outside. */
    void fill(int from, int to, long cell) {
        splitBefore(from);
        splitBefore(to);
        if (cell == 0) {
            if (from < reach) Arrays.fill(cells, from, Math.min(to, reach), 0);
            if (to >= reach) reach = Math.min(reach, from);
        } else {
            Arrays.fill(cells, from, to, cell);
            reach = Math.max(reach, to);
        }
    }

    /** Moves what is in {@code [column, end)} right by count; the gap is filled. */
    void insert(int column, int end, int count, long fill) {
        int n = Math.min(count, end - column);
        splitBefore(column);
        splitBefore(end);
        splitBefore(end - n);
        System.arraycopy(cells, column, cells, column + n, end - column - n);
        Arrays.fill(cells, column, column + n, fill);
        reach = cells.length;
    }

    /** Deletes cells and moves what is right of them, up to {@code end}, to the left. */
    void delete(int column, int end, int count, long fill) {
        int n = Math.min(count, end - column);
        splitBefore(column);
        splitBefore(column + n);
        splitBefore(end);
        System.arraycopy(cells, column + n, cells, column, end - column - n);
        Arrays.fill(cells, end - n, end, fill);
        if (fill != 0) reach = cells.length;
    }

    /** Columns up to the last cell that is not a blank in the default style. */
    int used() {
        int n = reach;
        while (n > 0 && cells[n - 1] == 0) n--;
        reach = n;
        return n;
    }

    /** Columns that belong to a logical line that goes on in the next row. */
    int flowing() {
        int width = width();
        return spacer && Cells.isBlank(cells[width - 1]) ? width - 1 : width;
    }

    /** Columns that belong to the logical line. */
    int extent() {
        return wrapped ? flowing() : Math.min(used(), width());
    }

    boolean isEmpty() {
        return used() == 0 && marks.length == 0;
    }
}
