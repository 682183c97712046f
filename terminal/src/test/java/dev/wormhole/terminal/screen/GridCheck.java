package dev.wormhole.terminal.screen;

/**
 * What must be true of a screen's state after any output. Plain checks, not assertions with
 * descriptions: it looks at every cell after every step of the fuzz.
 */
final class GridCheck {

    /** The tables grow to this many entries before they are swept, or to twice what is in use. */
    private static final int FIRST_TABLE_LIMIT = 4096;

    private GridCheck() {}

    static void check(State s) {
        require(s.primary.columns() == s.alternate.columns(), "one width");
        require(s.primary.rows() == s.alternate.rows(), "one height");
        require(s.x >= 0 && s.x < s.columns(), "cursor column " + s.x);
        require(s.y >= 0 && s.y < s.rows(), "cursor row " + s.y);
        require(s.top >= 0 && s.top < s.bottom && s.bottom <= s.rows(), "top and bottom margins");
        require(s.left >= 0 && s.left < s.right && s.right <= s.columns(), "side margins");
        check(s, s.primary);
        check(s, s.alternate);
        checkTables(s);
    }

    private static void check(State s, Grid grid) {
        for (int y = 0; y < grid.rows(); y++) {
            Row row = grid.row(y);
            require(row.cells.length == grid.columns(), "length of row " + y);
            require(row.marks.length <= LineMarks.MAX, "marks of row " + y);
            boolean wide = false;
            for (int x = 0; x < row.cells.length; x++) {
                long cell = row.cells[x];
                if (wide != Cells.isTail(cell)) fail(y, x, "a wide character in two halves");
                wide = Cells.isWide(cell);
                // Both throw when they know no such number.
                s.styles.get(Cells.style(cell));
                if (Cells.isCluster(cell)) s.clusters.get(Cells.value(cell));
                else if (!Character.isValidCodePoint(Cells.value(cell))) fail(y, x, "character");
            }
            if (wide) fail(y, row.cells.length, "a wide character in two halves");
        }
    }

    private static void checkTables(State s) {
        int cells = 2 * s.rows() * s.columns() + 2 * History.MAX_LINE_CELLS;
        int most = FIRST_TABLE_LIMIT + 2 * cells + 2;
        require(s.styles.size() <= most, "styles: " + s.styles.size());
        require(s.clusters.size() <= most, "clusters: " + s.clusters.size());
        require(s.titles.titleStack.size() <= Titles.MAX_DEPTH, "title stack");
        require(s.titles.iconStack.size() <= Titles.MAX_DEPTH, "icon stack");
        require(s.keyboard.primary.below.size() <= Keyboard.MAX_DEPTH, "keyboard stack");
        require(s.keyboard.alternate.below.size() <= Keyboard.MAX_DEPTH, "keyboard stack");
    }

    private static void fail(int row, int column, String what) {
        throw new AssertionError(what + " at row " + row + ", column " + column);
    }

    private static void require(boolean condition, String what) {
        if (!condition) throw new AssertionError(what);
    }
}
