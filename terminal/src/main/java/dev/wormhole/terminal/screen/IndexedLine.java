package dev.wormhole.terminal.screen;

import java.util.Arrays;

/** A line as text that knows in which column each of its characters stands. */
final class IndexedLine implements LineSink {

    private final StringBuilder text = new StringBuilder();
    private int[] columns = new int[128];
    private int column;

    @Override
    public void blanks(int count, Style style) {
        for (int i = 0; i < count; i++) add(' ', 1);
    }

    @Override
    public void cell(int[] codePoints, int length, boolean wide, Style style) {
        for (int i = 0; i < length; i++) add(codePoints[i], 0);
        column += wide ? 2 : 1;
    }

    private void add(int codePoint, int width) {
        int from = text.length();
        text.appendCodePoint(codePoint);
        if (text.length() > columns.length) columns = Arrays.copyOf(columns, columns.length * 2);
        for (int i = from; i < text.length(); i++) columns[i] = column;
        column += width;
    }

    String text() {
        return text.toString();
    }

    int codePointAt(int index) {
        return text.codePointAt(index);
    }

    /** The column of the character at this index; the line's width at the end. */
    int columnOf(int index) {
        return index < text.length() ? columns[index] : column;
    }

    /** Index of the first character at or after the column. */
    int indexOf(int wanted) {
        int low = 0;
        int high = text.length();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (columns[middle] < wanted) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /** The column after the last cell. */
    int width() {
        return column;
    }

    /** Index of the first character of the cell that the column is in; the text's end beyond it. */
    int cellAt(int wanted) {
        if (wanted >= column) return text.length();
        return indexOf(columns[indexOf(wanted + 1) - 1]);
    }

    /** Index of the first character of the cell after this one. */
    int nextCell(int index) {
        return indexOf(columns[index] + 1);
    }

    /** Index of the first character of the cell before this one, which is not the first. */
    int previousCell(int index) {
        return indexOf(columns[index - 1]);
    }
}
