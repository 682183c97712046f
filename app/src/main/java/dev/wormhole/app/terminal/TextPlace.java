package dev.wormhole.app.terminal;

import dev.wormhole.terminal.screen.ViewRow;

import java.util.Comparator;

/**
 * A place between two cells of a session's text: it stays with the text however that is scrolled or
 * wrapped.
 *
 * @param line number of the logical line
 * @param column in that line, of the cell behind the place
 */
record TextPlace(long line, int column) implements Comparable<TextPlace> {

    private static final Comparator<TextPlace> ORDER =
            Comparator.comparingLong(TextPlace::line).thenComparingInt(TextPlace::column);

    /** Before this column of a row. */
    static TextPlace in(ViewRow row, int column) {
        return new TextPlace(row.line(), row.column() + column);
    }

    @Override
    public int compareTo(TextPlace other) {
        return ORDER.compare(this, other);
    }

    boolean isBefore(TextPlace other) {
        return compareTo(other) < 0;
    }
}
