package dev.wormhole.terminal.screen;

import java.util.Arrays;

/**
 * Takes a line of a snapshot's scrollback as cells, however long it is.
 *
 * <p>Owned by the screen's thread.
 */
final class LineRecorder {

    private final History history;
    private long[] cells = new long[256];
    private int length;
    private int at;
    private final Row marks = new Row(0, 0);

    /** What follows is for other terminals. */
    private boolean mute;

    LineRecorder(History history) {
        this.history = history;
    }

    void mute() {
        mute = true;
    }

    void put(long cell) {
        if (mute) return;
        ensure(at + 1);
        cells[at++] = cell;
        length = Math.max(length, at);
    }

    /** CUF: blanks in the default style. */
    void skip(int count) {
        ensure(at + count);
        at = Math.min(at + count, cells.length);
        length = Math.max(length, at);
    }

    /** ECH: blanks in a style; the cursor stays. */
    void erase(int count, long fill) {
        ensure(at + count);
        int end = Math.min(at + count, cells.length);
        Arrays.fill(cells, at, end, fill);
        length = Math.max(length, end);
    }

    void mark(MarkKind kind, int exitCode) {
        marks.addMark(LineMarks.pack(at, kind, exitCode));
    }

    /** LF: the line is whole. */
    void end() {
        if (mute) return;
        history.restoreLine(cells, length, marks.marks);
        clear();
    }

    /** The line goes on at the top of the screen. */
    void keep() {
        history.keepPartial(Arrays.copyOf(cells, length), length, marks.marks);
        clear();
    }

    private void clear() {
        Arrays.fill(cells, 0, length, 0);
        length = 0;
        at = 0;
        marks.clearMarks();
    }

    private void ensure(int size) {
        int needed = Math.min(size, History.MAX_LINE_CELLS * 2);
        if (needed > cells.length) {
            cells = Arrays.copyOf(cells, Math.max(needed, 2 * cells.length));
        }
        // What is beyond the longest line is no line of ours: it overwrites the end.
        if (at >= cells.length) at = cells.length - 1;
    }

    void use(Ids usedStyles, Ids usedClusters) {
        for (int i = 0; i < length; i++) {
            usedStyles.use(Cells.style(cells[i]));
            if (Cells.isCluster(cells[i])) usedClusters.use(Cells.value(cells[i]));
        }
    }
}
