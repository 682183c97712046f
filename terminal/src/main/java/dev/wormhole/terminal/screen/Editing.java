package dev.wormhole.terminal.screen;

/**
 * Erasing, inserting and deleting (ECMA-48 8.3; VT510 for the selective forms).
 *
 * <p>Owned by the screen's thread.
 */
final class Editing {

    private final State s;

    Editing(State state) {
        s = state;
    }

    /** ED; {@code selective} leaves protected cells alone (DECSED). */
    void eraseDisplay(int what, boolean selective) {
        switch (what) {
            case 0 -> {
                eraseInRow(s.y, s.x, s.columns(), selective);
                eraseRows(s.y + 1, s.rows(), selective);
            }
            case 1 -> {
                eraseRows(0, s.y, selective);
                eraseInRow(s.y, 0, s.x + 1, selective);
            }
            case 2 -> eraseRows(0, s.rows(), selective);
            case 3 -> {
                if (!selective && !s.isAlternate()) s.history.clear();
            }
            default -> {
                return;
            }
        }
        if (what != 3) s.pendingWrap = false;
    }

    void eraseLine(int what, boolean selective) {
        switch (what) {
            case 0 -> eraseInRow(s.y, s.x, s.columns(), selective);
            case 1 -> eraseInRow(s.y, 0, s.x + 1, selective);
            case 2 -> eraseInRow(s.y, 0, s.columns(), selective);
            default -> {
                return;
            }
        }
        s.pendingWrap = false;
    }

    void eraseCharacters(int count) {
        LineRecorder recorder = s.recorder;
        if (recorder != null) {
            recorder.erase(count, s.ink());
            return;
        }
        // A snapshot's blanks have a whole style, a program's the background alone.
        if (s.restoring) {
            int end = Math.min(s.columns(), s.x + count);
            s.grid.row(s.y).fill(s.x, end, s.ink());
            return;
        }
        eraseInRow(s.y, s.x, Math.min(s.columns(), s.x + count), false);
        s.pendingWrap = false;
    }

    private void eraseRows(int from, int to, boolean selective) {
        for (int y = from; y < to; y++) {
            Row row = s.grid.row(y);
            if (selective) {
                eraseInRow(y, 0, s.columns(), true);
            } else {
                row.clear(s.eraser());
            }
        }
    }

    private void eraseInRow(int y, int from, int to, boolean selective) {
        Row row = s.grid.row(y);
        if (selective) {
            for (int x = from; x < to; x++) eraseUnprotected(row, x);
            return;
        }
        row.fill(from, to, s.eraser());
        if (to == row.cells.length) {
            row.wrapped = false;
            row.spacer = false;
        }
        if (from == 0 && to == row.cells.length) row.clearMarks();
    }

    /** The selective forms erase the character and leave the rendition (VT510, DECSERA). */
    private void eraseUnprotected(Row row, int x) {
        long cell = row.cells[x];
        if (Cells.isBlank(cell) || s.styles.get(Cells.style(cell)).has(Style.PROTECTED)) return;
        row.splitBefore(x);
        row.splitBefore(x + 1);
        row.cells[x] = Cells.blanked(row.cells[x]);
    }

    void insertCharacters(int count) {
        if (!isInsideSides()) return;
        Row row = s.grid.row(s.y);
        int limit = s.limit();
        if (s.x < limit) row.insert(s.x, limit, count, s.eraser());
        row.wrapped = false;
        s.pendingWrap = false;
    }

    void deleteCharacters(int count) {
        if (!isInsideSides()) return;
        Row row = s.grid.row(s.y);
        int limit = s.limit();
        if (s.x < limit) row.delete(s.x, limit, count, s.eraser());
        row.wrapped = false;
        s.pendingWrap = false;
    }

    private boolean isInsideSides() {
        return s.x >= s.left && s.x < s.right;
    }

    /** SL and SR: every row between the margins moves sideways. */
    void shift(int count, boolean toRight) {
        long fill = s.eraser();
        for (int y = s.top; y < s.bottom; y++) {
            Row row = s.grid.row(y);
            if (toRight) row.insert(s.left, s.right, count, fill);
            else row.delete(s.left, s.right, count, fill);
            row.wrapped = false;
        }
        s.pendingWrap = false;
    }

    /** DECALN: a screen full of E, margins and origin as new. */
    void align() {
        s.resetMargins();
        s.modes.set(Mode.ORIGIN, false);
        for (int y = 0; y < s.rows(); y++) {
            Row row = s.grid.row(y);
            row.clear(0);
            row.fill(0, s.columns(), 'E');
        }
        s.x = 0;
        s.y = 0;
        s.pendingWrap = false;
    }

    /** DECSWL, DECDWL, DECDHL. */
    void lineSize(int size) {
        // Lines of double width and side margins exclude each other (VT510, DECLRMM).
        // A snapshot's state tells it to us; the sequence is for other terminals.
        if (s.is(Mode.LEFT_RIGHT_MARGINS) || s.restoring) return;
        Row row = s.grid.row(s.y);
        row.lineSize = size;
        // What does not fit any more is lost (VT510, DECDWL).
        row.fill(row.width(), row.cells.length, 0);
        if (s.x >= row.width()) {
            s.x = row.width() - 1;
            s.pendingWrap = false;
        }
    }
}
