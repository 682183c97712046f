package dev.wormhole.terminal;

import dev.wormhole.terminal.text.CharacterWidth;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a person would have read of a program's output, line by line, as text without controls: a
 * line that was written over is there once, in its last state.
 *
 * <p>Owned by the thread that feeds it. The text does not depend on how the input is split. Of
 * hostile output it holds one line of {@link #MAX_LINE} columns, and what it gives grows with what
 * it got.
 *
 * <p>It knows one line and no screen: carriage return, backspace, tabs and the movements and
 * erasures within the line mean what they mean to a terminal; movements to other lines, colours,
 * titles and everything else that is no text are left out. A line ends with LF, also where the
 * cursor would stay in its column.
 */
public final class PlainText {

    /** A longer line is given in pieces, and what was given is not written over any more. */
    public static final int MAX_LINE = 64 * 1024;

    /**
     * No terminal of today is wider, so nothing moves further beyond the text: a few bytes must not
     * become 64 KiB of blanks.
     */
    private static final int MAX_MOVE = 512;

    private static final int TAB = 8;

    /** Marks on one column; the rest would be a tower that nobody reads. */
    private static final int MAX_MARKS = 32;

    private static final char BLANK = ' ';

    /** The second column of a wide character. */
    private static final int SECOND_HALF = -1;

    // Owned by the feeding thread.
    private Parser parser = new Parser(new Calls());
    private final StringBuilder out = new StringBuilder();

    /** A code point for each column of the line, or {@link #SECOND_HALF}. */
    private int[] cells = new int[256];

    /** What takes no column, by the column that it stands behind. */
    private final Map<Integer, String> marks = new HashMap<>();

    private boolean hasWide;
    private int length;
    private int column;

    /** The lines that are ended, each with its LF; the unfinished one comes with a later call. */
    public String feed(byte[] bytes, int offset, int count) {
        parser.feed(bytes, offset, count);
        return take();
    }

    /** What stands on the unfinished line; from here on it is as new. */
    public String finish() {
        give();
        parser = new Parser(new Calls());
        return take();
    }

    private String take() {
        String text = out.toString();
        out.setLength(0);
        // A builder never gives memory back.
        if (out.capacity() > MAX_LINE) out.trimToSize();
        return text;
    }

    private void give() {
        if (!marks.isEmpty()) out.append(marks.getOrDefault(-1, ""));
        for (int i = 0; i < length; i++) {
            if (cells[i] != SECOND_HALF) out.appendCodePoint(cells[i]);
            if (!marks.isEmpty()) out.append(marks.getOrDefault(i, ""));
        }
        marks.clear();
        hasWide = false;
        length = 0;
        column = 0;
    }

    private void put(int codePoint, int width) {
        if (column + width > MAX_LINE) give();
        int end = column + width;
        if (end > cells.length) cells = Arrays.copyOf(cells, Math.max(end, 2 * cells.length));
        if (column > length) Arrays.fill(cells, length, column, BLANK);
        clear(column, end);
        cells[column] = codePoint;
        if (width == 2) {
            cells[column + 1] = SECOND_HALF;
            hasWide = true;
        }
        length = Math.max(length, end);
        column = end;
    }

    private void mark(int codePoint) {
        String before = marks.getOrDefault(column - 1, "");
        if (before.length() < MAX_MARKS)
            marks.put(column - 1, before + Character.toString(codePoint));
    }

    /** Makes room: marks go, and of a wide character that is halved the other half too. */
    private void clear(int from, int to) {
        if (hasWide) {
            if (from > 0 && from < length && cells[from] == SECOND_HALF) blank(from - 1);
            if (to < length && cells[to] == SECOND_HALF) blank(to);
        }
        if (!marks.isEmpty()) {
            for (int i = from; i < to; i++) marks.remove(i);
        }
    }

    private void blank(int at) {
        cells[at] = BLANK;
        marks.remove(at);
    }

    private void moveTo(int wanted) {
        column = Math.max(0, Math.min(wanted, Math.max(length, MAX_MOVE)));
    }

    private void eraseFrom(int from) {
        if (from >= length) return;
        clear(from, length);
        length = from;
        marks.keySet().removeIf(at -> at >= from);
    }

    /** Up to the cursor, and what is under it. */
    private void eraseBefore() {
        int end = Math.min(column + 1, length);
        clear(0, end);
        marks.remove(-1);
        Arrays.fill(cells, 0, end, BLANK);
    }

    private void erase(int what) {
        switch (what) {
            case 0 -> eraseFrom(column);
            case 1 -> eraseBefore();
            case 2 -> {
                eraseFrom(0);
                marks.clear();
            }
            default -> {}
        }
    }

    private final class Calls implements Parser.Handler {

        @Override
        public void printAscii(byte[] bytes, int from, int to) {
            for (int i = from; i < to; i++) put(bytes[i], 1);
        }

        @Override
        public void print(int codePoint) {
            int width = CharacterWidth.of(codePoint);
            if (width == 0) mark(codePoint);
            else put(codePoint, width);
        }

        @Override
        public void execute(int control) {
            switch (control) {
                case '\b' -> moveTo(column - 1);
                case '\t' -> column = Math.min((column / TAB + 1) * TAB, MAX_LINE);
                case '\r' -> column = 0;
                case '\n', 0x0b, '\f' -> endLine();
                default -> {}
            }
        }

        @Override
        public void escape(int id) {
            // IND and NEL.
            if (id == 'D' || id == 'E') endLine();
        }

        @Override
        public void csi(Csi csi) {
            int count = Math.max(1, csi.param(0, 1));
            switch (csi.id()) {
                case 'C' -> moveTo(column + count);
                case 'D' -> moveTo(column - count);
                case 'G' -> moveTo(count - 1);
                case 'K' -> erase(csi.param(0, 0));
                case 'J' -> {
                    // As far as it is about this line; the lines above have been given.
                    if (csi.param(0, 0) == 0) eraseFrom(column);
                }
                default -> {}
            }
        }

        private void endLine() {
            give();
            out.append('\n');
        }
    }
}
