package dev.wormhole.terminal.screen;

import java.util.Arrays;

/**
 * Takes lines of scrollback as cells, however long they are: those of a snapshot, or those that are
 * read back from text.
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

    private final boolean combines;

    /**
     * @param combines whether a character of no width joins the one before it; a snapshot tells
     *     such cells whole
     */
    LineRecorder(History history, boolean combines) {
        this.history = history;
        this.combines = combines;
    }

    boolean combines() {
        return combines;
    }

    /** The cell before the cursor, the first one of a wide character; 0 where there is none. */
    long last() {
        return at == 0 ? 0 : cells[lastColumn()];
    }

    /** Puts another cell of the same width in its place. */
    void replaceLast(long cell) {
        cells[lastColumn()] = cell;
    }

    private int lastColumn() {
        return Cells.isTail(cells[at - 1]) ? at - 2 : at - 1;
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
