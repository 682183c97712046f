package dev.wormhole.terminal.screen;

/**
 * Where the cursor goes, and how the screen scrolls under it (ECMA-48 8.3; VT510).
 *
 * <p>Owned by the screen's thread.
 */
final class Motion {

    private final State s;

    Motion(State state) {
        s = state;
    }

    private void to(int x, int y) {
        s.x = Math.clamp(x, 0, s.columns() - 1);
        s.y = Math.clamp(y, 0, s.rows() - 1);
        s.pendingWrap = false;
    }

    /** CUP; relative to the margins in origin mode. */
    void address(int row, int column) {
        if (s.is(Mode.ORIGIN)) {
            int y = Math.min(s.top + row, s.bottom - 1);
            int x = Math.min(s.left + column, s.right - 1);
            to(x, y);
        } else {
            to(column, row);
        }
    }

    void column(int column) {
        int y = s.y;
        if (s.is(Mode.ORIGIN)) to(Math.min(s.left + column, s.right - 1), y);
        else to(column, y);
    }

    void row(int row) {
        int x = s.x;
        if (s.is(Mode.ORIGIN)) to(x, Math.min(s.top + row, s.bottom - 1));
        else to(x, row);
    }

    void rowBy(int count) {
        row(s.y - (s.is(Mode.ORIGIN) ? s.top : 0) + count);
    }

    void columnBy(int count) {
        column(s.x - (s.is(Mode.ORIGIN) ? s.left : 0) + count);
    }

    /** CUU: stops at the top margin when it starts inside it. */
    void up(int count) {
        int limit = s.y >= s.top ? s.top : 0;
        to(s.x, Math.max(limit, s.y - count));
    }

    void down(int count) {
        int limit = s.y < s.bottom ? s.bottom : s.rows();
        to(s.x, Math.min(limit - 1, s.y + count));
    }

    void forward(int count) {
        to(Math.min(s.limit() - 1, s.x + count), s.y);
    }

    /** CUB and BS; wraps back in the reverse wrap modes (xterm, modes 45 and 1045). */
    void back(int count) {
        boolean extended = s.is(Mode.EXTENDED_REVERSE_WRAP);
        boolean wraps = s.is(Mode.AUTOWRAP) && (extended || s.is(Mode.REVERSE_WRAP));
        if (!wraps) {
            int limit = s.x >= s.left ? s.left : 0;
            to(Math.max(limit, s.x - count), s.y);
            return;
        }
        int left = Math.min(count, s.columns() * s.rows());
        // The pending wrap counts as one column, as in xterm.
        if (s.pendingWrap && left > 0) {
            s.pendingWrap = false;
            left--;
        }
        while (left > 0) {
            int limit = s.x >= s.left ? s.left : 0;
            int step = Math.min(left, s.x - limit);
            s.x -= step;
            left -= step;
            if (left == 0) return;
            int first = s.y >= s.top ? s.top : 0;
            if (s.y > first) {
                if (!extended && !s.grid.row(s.y - 1).wrapped) return;
                s.y--;
            } else if (extended) {
                s.y = s.bottom - 1;
            } else {
                return;
            }
            s.x = Math.min(s.right, s.grid.row(s.y).width()) - 1;
            left--;
        }
    }

    void carriageReturn() {
        boolean inside = s.x >= s.left || s.is(Mode.ORIGIN);
        s.x = inside ? s.left : 0;
        s.pendingWrap = false;
    }

    /** IND, and LF without its mode. */
    void index() {
        s.pendingWrap = false;
        if (s.y == s.bottom - 1) {
            if (isInsideSides()) scrollUp(1);
        } else if (s.y < s.rows() - 1) {
            s.y++;
        }
    }

    void lineFeed() {
        index();
        if (s.is(Mode.NEWLINE)) carriageReturn();
    }

    void reverseIndex() {
        s.pendingWrap = false;
        if (s.y == s.top) {
            if (isInsideSides()) scrollDown(1);
        } else if (s.y > 0) {
            s.y--;
        }
    }

    /** DECFI: the contents move left at the right margin. */
    void forwardIndex() {
        s.pendingWrap = false;
        if (s.x == s.right - 1) {
            if (isInsideRows()) shiftColumns(s.left, 1, false);
        } else if (s.x < s.columns() - 1) {
            s.x++;
        }
    }

    /** DECBI. */
    void backIndex() {
        s.pendingWrap = false;
        if (s.x == s.left) {
            if (isInsideRows()) shiftColumns(s.left, 1, true);
        } else if (s.x > 0) {
            s.x--;
        }
    }

    /** Inserts or deletes columns in every row between the margins. */
    void shiftColumns(int x, int count, boolean insert) {
        long fill = s.eraser();
        for (int y = s.top; y < s.bottom; y++) {
            Row row = s.grid.row(y);
            if (insert) row.insert(x, s.right, count, fill);
            else row.delete(x, s.right, count, fill);
            row.wrapped = false;
        }
    }

    boolean isInsideSides() {
        return s.x >= s.left && s.x < s.right;
    }

    boolean isInsideRows() {
        return s.y >= s.top && s.y < s.bottom;
    }

    /** SU: rows that leave the primary screen at its very top become history. */
    void scrollUp(int count) {
        if (s.hasSideMargins()) {
            s.grid.scrollRectangle(s.top, s.left, s.bottom, s.right, count, s.eraser());
            return;
        }
        boolean keeps = s.top == 0 && s.grid == s.primary;
        s.grid.scrollUp(
                s.top, s.bottom, count, s.eraser(), keeps ? s.history::push : Motion::forget);
    }

    private static void forget(Row row) {}

    void scrollDown(int count) {
        if (s.hasSideMargins()) {
            s.grid.scrollRectangle(s.top, s.left, s.bottom, s.right, -count, s.eraser());
        } else {
            s.grid.scrollDown(s.top, s.bottom, count, s.eraser());
        }
    }

    /** IL; the cursor goes to the left margin (VT510). */
    void insertLines(int count) {
        if (!isInsideRows() || !isInsideSides()) return;
        inRest(() -> scrollDown(count));
    }

    void deleteLines(int count) {
        if (!isInsideRows() || !isInsideSides()) return;
        int top = s.top;
        long fill = s.eraser();
        if (s.hasSideMargins()) {
            s.grid.scrollRectangle(s.y, s.left, s.bottom, s.right, count, fill);
        } else {
            // Deleted lines are no history, also at the top.
            s.grid.scrollUp(s.y, s.bottom, count, fill, Motion::forget);
        }
        s.top = top;
        s.x = s.left;
        s.pendingWrap = false;
    }

    private void inRest(Runnable scroll) {
        int top = s.top;
        s.top = s.y;
        scroll.run();
        s.top = top;
        s.x = s.left;
        s.pendingWrap = false;
    }

    void tab(int count) {
        int limit = s.limit() - 1;
        int x = s.x;
        for (int i = 0; i < count && x < limit; i++) x = s.tabs.next(x, limit);
        // A pending wrap outlives a tab, as in xterm.
        if (x != s.x) to(x, s.y);
    }

    void backTab(int count) {
        int limit = s.is(Mode.ORIGIN) ? s.left : 0;
        int x = s.x;
        for (int i = 0; i < count && x > limit; i++) x = s.tabs.previous(x, limit);
        to(x, s.y);
    }

    // ---- saved cursors

    void save() {
        var saved =
                new SavedCursor(
                        s.x,
                        s.y,
                        s.pendingWrap,
                        s.is(Mode.ORIGIN),
                        s.pen.style(),
                        s.sets.sets(),
                        s.sets.left(),
                        s.sets.right());
        if (s.isAlternate()) s.savedAlternate = saved;
        else s.savedPrimary = saved;
    }

    void restore() {
        SavedCursor saved = s.isAlternate() ? s.savedAlternate : s.savedPrimary;
        s.modes.set(Mode.ORIGIN, saved.origin());
        s.pen.set(saved.style());
        s.penChanged();
        s.sets.restore(saved.sets(), saved.left(), saved.right(), -1);
        to(saved.x(), saved.y());
        s.pendingWrap = saved.pendingWrap() && s.x == s.limit() - 1;
    }
}
