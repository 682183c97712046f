package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.text.CharacterWidth;
import dev.wormhole.terminal.text.Graphemes;

import java.util.Arrays;

/**
 * Puts text into the grid: wrapping, wide characters, combining ones and clusters.
 *
 * <p>Owned by the screen's thread.
 */
final class Writer {

    private final State s;
    private final Motion motion;

    Writer(State state, Motion motion) {
        s = state;
        this.motion = motion;
    }

    void ascii(byte[] bytes, int from, int to) {
        LineRecorder recorder = s.recorder;
        if (recorder != null) {
            long ink = s.ink();
            for (int i = from; i < to; i++) recorder.put(ink | bytes[i]);
            return;
        }
        int i = from;
        if (s.is(Mode.INSERT) || !s.sets.isPlain()) {
            while (i < to && !s.sets.isPlain()) mapped(bytes[i++]);
            if (s.is(Mode.INSERT)) {
                while (i < to) put(bytes[i++], 1);
            }
            if (i == to) return;
        }
        // After a character that takes the next one along (Unicode's Prepend) a letter joins.
        if (s.canJoin && s.is(Mode.GRAPHEMES) && !Graphemes.isPlain(s.lastGraphic)) {
            character(bytes[i++]);
            if (i == to) return;
        }
        run(bytes, i, to);
        s.lastGraphic = bytes[to - 1];
        s.canJoin = true;
    }

    private void run(byte[] bytes, int from, int to) {
        long ink = s.ink();
        int i = from;
        while (i < to) {
            if (s.pendingWrap) wrap(false);
            int limit = fit();
            Row row = s.grid.row(s.y);
            int x = s.x;
            int n = Math.min(to - i, limit - x);
            row.splitBefore(x);
            row.splitBefore(x + n);
            long[] cells = row.cells;
            for (int k = 0; k < n; k++) cells[x + k] = ink | bytes[i + k];
            if (x + n > row.reach) row.reach = x + n;
            i += n;
            if (x + n < limit) {
                s.x = x + n;
                return;
            }
            s.x = limit - 1;
            if (s.is(Mode.AUTOWRAP)) {
                s.pendingWrap = true;
            } else if (i < to) {
                // Everything more overwrites the last column.
                cells[limit - 1] = ink | bytes[to - 1];
                return;
            }
        }
    }

    /** DEL, which shows something in some character sets and nothing in the others. */
    void delete() {
        if (s.sets.hasDelete()) mapped((byte) 0x7f);
    }

    private void mapped(byte ascii) {
        int c = s.sets.map(ascii);
        if (c < 0x7f) put(c, 1);
        else character(c);
    }

    /** A character that is not plain ASCII in the default set. */
    void character(int c) {
        LineRecorder recorder = s.recorder;
        if (recorder != null) {
            record(recorder, c);
            return;
        }
        if (s.canJoin && s.is(Mode.GRAPHEMES)) {
            if (!(Graphemes.isPlain(c) && Graphemes.isPlain(s.lastGraphic)) && join(c)) return;
        }
        int width = CharacterWidth.of(c);
        if (width == 0) combine(c);
        else put(c, width);
    }

    private void record(LineRecorder recorder, int c) {
        int width = CharacterWidth.of(c);
        if (width == 0 && recorder.combines()) {
            long cell = recorder.last();
            if (Cells.isBlank(cell)) return;
            int[] text = text(cell);
            if (text.length < ClusterTable.MAX_LENGTH) {
                recorder.replaceLast(replaced(cell, append(text, c)));
            }
            return;
        }
        recorder.put(s.ink() | c | (width == 2 ? Cells.WIDE : 0));
        if (width == 2) recorder.put(s.ink() | Cells.TAIL);
    }

    /** A cell of a snapshot whose text or width is not what its characters would make of it. */
    void cell(int[] codePoints, boolean wide) {
        int text = codePoints.length == 1 ? codePoints[0] : Cells.CLUSTER | s.cluster(codePoints);
        long cell = s.ink() | text | (wide ? Cells.WIDE : 0);
        LineRecorder recorder = s.recorder;
        if (recorder != null) {
            recorder.put(cell);
            if (wide) recorder.put(s.ink() | Cells.TAIL);
            return;
        }
        place(cell, wide ? 2 : 1);
    }

    private void put(int c, int width) {
        if (s.pendingWrap) wrap(false);
        int limit = fit();
        if (width == 2 && s.x + 2 > limit) {
            if (limit - (s.x < s.right ? Math.min(s.left, s.x) : 0) < 2) return;
            if (s.is(Mode.AUTOWRAP)) {
                Row row = s.grid.row(s.y);
                row.fill(s.x, limit, s.eraser());
                s.x = limit - 1;
                wrap(true);
            } else {
                s.x = limit - 2;
            }
        }
        place(s.ink() | c | (width == 2 ? Cells.WIDE : 0), width);
        s.lastGraphic = c;
        s.canJoin = true;
    }

    private void place(long cell, int width) {
        Row row = s.grid.row(s.y);
        int limit = fit();
        if (s.x + width > limit) return;
        if (s.is(Mode.INSERT)) row.insert(s.x, limit, width, 0);
        row.splitBefore(s.x);
        row.splitBefore(s.x + width);
        row.cells[s.x] = cell;
        if (width == 2) row.cells[s.x + 1] = Cells.blanked(cell) | Cells.TAIL;
        if (s.x + width > row.reach) row.reach = s.x + width;
        advance(width, limit);
    }

    /** The end of what may be written; on a line of double width the cursor may stand beyond. */
    private int fit() {
        int limit = s.limit();
        if (s.x >= limit) s.x = limit - 1;
        return limit;
    }

    private void advance(int width, int limit) {
        if (s.x + width < limit) {
            s.x += width;
        } else {
            s.x = limit - 1;
            s.pendingWrap = s.is(Mode.AUTOWRAP);
        }
    }

    private void wrap(boolean spacer) {
        Row row = s.grid.row(s.y);
        boolean whole = !s.hasSideMargins();
        int from = s.y;
        s.pendingWrap = false;
        if (whole) {
            row.wrapped = true;
            row.spacer = spacer;
        }
        motion.index();
        // Below the bottom margin there is no next row: the text overwrites its own.
        if (whole && s.y == from && s.grid.row(s.y) == row) {
            row.wrapped = false;
            row.spacer = false;
        }
        s.x = s.left;
    }

    /** Puts a character of no width onto the one before the cursor. */
    private void combine(int c) {
        int x = before();
        if (x < 0) return;
        Row row = s.grid.row(s.y);
        long cell = row.cells[x];
        if (Cells.isBlank(cell)) return;
        int[] text = text(cell);
        if (text.length >= ClusterTable.MAX_LENGTH) return;
        row.cells[x] = replaced(cell, append(text, c));
    }

    /** Mode 2027: whether the character belongs to the cluster before the cursor, and joined it. */
    private boolean join(int c) {
        int x = before();
        if (x < 0) return false;
        Row row = s.grid.row(s.y);
        long cell = row.cells[x];
        if (Cells.isBlank(cell)) return false;
        int[] text = text(cell);
        int state = Graphemes.start(text[0]);
        for (int i = 1; i < text.length && state != 0; i++)
            state = Graphemes.extend(state, text[i]);
        if (state == 0 || Graphemes.extend(state, c) == 0) return false;
        s.lastGraphic = c;
        if (text.length >= ClusterTable.MAX_LENGTH) return true;
        int[] joined = append(text, c);
        boolean widens =
                !Cells.isWide(cell) && Graphemes.width(joined, joined.length) == 2 && widen(row, x);
        long now = row.cells[x];
        row.cells[x] = replaced(now, joined) | (widens ? Cells.WIDE : 0);
        if (widens) {
            row.cells[x + 1] = Cells.blanked(now) | Cells.TAIL;
            row.reach = Math.max(row.reach, x + 2);
        }
        return true;
    }

    /** Makes room for the second half; at the edge there is none and the cell stays narrow. */
    private boolean widen(Row row, int x) {
        if (s.pendingWrap || s.x != x + 1) return false;
        int limit = s.limit();
        if (s.x >= limit) return false;
        row.splitBefore(s.x + 1);
        if (s.is(Mode.INSERT)) row.insert(s.x, limit, 1, 0);
        advance(1, limit);
        return true;
    }

    private static long replaced(long cell, int text, boolean wide) {
        return Cells.blanked(cell) | text | (wide ? Cells.WIDE : 0);
    }

    private long replaced(long cell, int[] text) {
        return replaced(cell, Cells.CLUSTER | s.cluster(text), Cells.isWide(cell));
    }

    /** The column of the character before the cursor; -1: none. */
    private int before() {
        int x = s.pendingWrap ? s.x : s.x - 1;
        if (x < 0) return -1;
        return Cells.isTail(s.grid.row(s.y).cells[x]) ? x - 1 : x;
    }

    private int[] text(long cell) {
        return Cells.isCluster(cell)
                ? s.clusters.get(Cells.value(cell))
                : new int[] {Cells.value(cell)};
    }

    private static int[] append(int[] text, int c) {
        int[] longer = Arrays.copyOf(text, text.length + 1);
        longer[text.length] = c;
        return longer;
    }

    /** REP: the last character again. */
    void repeat(int count) {
        int c = s.lastGraphic;
        if (c == 0) return;
        int width = CharacterWidth.of(c);
        if (width == 0) return;
        int n = Math.min(count, s.columns() * s.rows());
        for (int i = 0; i < n; i++) put(c, width);
    }
}
