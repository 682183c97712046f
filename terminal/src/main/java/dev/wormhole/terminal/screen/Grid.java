package dev.wormhole.terminal.screen;

/**
 * The rows of one of the two screens. It knows cells and no cursor, margins or modes.
 *
 * <p>Owned by the screen's thread. Rows and columns are 0-based, ends exclusive.
 */
final class Grid {

    /** Takes the rows that leave at the top. */
    interface Leaving {
        void row(Row row);
    }

    private Row[] rows;
    private int columns;

    Grid(int columns, int rowCount) {
        this.columns = columns;
        rows = new Row[rowCount];
        for (int y = 0; y < rowCount; y++) rows[y] = new Row(columns, 0);
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows.length;
    }

    Row row(int y) {
        return rows[y];
    }

    void clear(long fill) {
        for (Row row : rows) row.clear(fill);
    }

    /** The rows of a resized screen. */
    void replace(Row[] newRows, int newColumns) {
        rows = newRows;
        columns = newColumns;
    }

    /** Cuts or fills up at the right and at the bottom; nothing flows. */
    void crop(int newColumns, int newRowCount) {
        var cropped = new Row[newRowCount];
        for (int y = 0; y < newRowCount; y++) {
            Row row = y < rows.length ? rows[y] : new Row(newColumns, 0);
            if (row.cells.length != newColumns) {
                if (newColumns < row.cells.length) row.splitBefore(newColumns);
                row.cells = java.util.Arrays.copyOf(row.cells, newColumns);
                row.reach = Math.min(row.reach, newColumns);
                row.wrapped = false;
                row.spacer = false;
                row.fill(row.width(), newColumns, 0);
            }
            cropped[y] = row;
        }
        replace(cropped, newColumns);
    }

    /**
     * Moves whole rows of {@code [top, bottom)} up; the rows that leave are given away before they
     * are used again as the new ones.
     */
    void scrollUp(int top, int bottom, int count, long fill, Leaving leaving) {
        int n = Math.min(count, bottom - top);
        if (n == 1) {
            Row row = rows[top];
            leaving.row(row);
            System.arraycopy(rows, top + 1, rows, top, bottom - top - 1);
            row.clear(fill);
            rows[bottom - 1] = row;
        } else {
            var left = new Row[n];
            for (int i = 0; i < n; i++) {
                left[i] = rows[top + i];
                leaving.row(left[i]);
            }
            System.arraycopy(rows, top + n, rows, top, bottom - top - n);
            for (int i = 0; i < n; i++) {
                left[i].clear(fill);
                rows[bottom - n + i] = left[i];
            }
        }
        cutWraps(top, bottom);
    }

    void scrollDown(int top, int bottom, int count, long fill) {
        int n = Math.min(count, bottom - top);
        var left = new Row[n];
        System.arraycopy(rows, bottom - n, left, 0, n);
        System.arraycopy(rows, top, rows, top + n, bottom - top - n);
        for (int i = 0; i < n; i++) {
            left[i].clear(fill);
            rows[top + i] = left[i];
        }
        cutWraps(top, bottom);
    }

    /** What flowed across the edge of the rows that moved flows no more. */
    private void cutWraps(int top, int bottom) {
        if (top > 0) rows[top - 1].wrapped = false;
        if (bottom < rows.length) rows[bottom - 1].wrapped = false;
    }

    /** Moves a rectangle's contents up; down with a negative count. */
    void scrollRectangle(int top, int left, int bottom, int right, int count, long fill) {
        int height = bottom - top;
        int n = Math.min(Math.abs(count), height);
        for (int y = top; y < bottom; y++) {
            rows[y].splitBefore(left);
            rows[y].splitBefore(right);
        }
        for (int i = 0; i < height - n; i++) {
            int to = count > 0 ? top + i : bottom - 1 - i;
            int from = count > 0 ? to + n : to - n;
            System.arraycopy(rows[from].cells, left, rows[to].cells, left, right - left);
            rows[to].reach = columns;
        }
        for (int i = 0; i < n; i++) {
            Row row = rows[count > 0 ? bottom - 1 - i : top + i];
            java.util.Arrays.fill(row.cells, left, right, fill);
            row.reach = columns;
        }
    }

    /** Copies a rectangle of another place, which may overlap. */
    void copy(int top, int left, int bottom, int right, int toTop, int toLeft) {
        int height = Math.min(bottom - top, rows.length - toTop);
        int width = Math.min(right - left, columns - toLeft);
        if (height <= 0 || width <= 0) return;
        var copies = new long[height][];
        for (int i = 0; i < height; i++) {
            copies[i] = java.util.Arrays.copyOfRange(rows[top + i].cells, left, left + width);
        }
        for (int i = 0; i < height; i++) {
            Row row = rows[toTop + i];
            row.splitBefore(toLeft);
            row.splitBefore(toLeft + width);
            long[] cells = copies[i];
            if (Cells.isTail(cells[0])) cells[0] = Cells.blanked(cells[0]);
            int last = width - 1;
            if (Cells.isWide(cells[last])) cells[last] = Cells.blanked(cells[last]);
            System.arraycopy(cells, 0, row.cells, toLeft, width);
            row.reach = columns;
        }
    }
}
