package dev.wormhole.app.terminal;

import dev.wormhole.terminal.screen.ViewRow;

/**
 * The selected text: from a place up to another, or the columns between two in all rows from the
 * one to the other.
 *
 * <p>Immutable.
 *
 * @param from the first place, never behind {@code to}
 * @param left first column of a rectangle on the screen; no matter where it is none
 * @param right column after a rectangle
 */
record Selection(TextPlace from, TextPlace to, boolean rectangle, int left, int right) {

    static Selection text(TextPlace one, TextPlace other) {
        return one.isBefore(other)
                ? new Selection(one, other, false, 0, 0)
                : new Selection(other, one, false, 0, 0);
    }

    static Selection rectangle(TextPlace one, int column, TextPlace other, int otherColumn) {
        int left = Math.min(column, otherColumn);
        int right = Math.max(column, otherColumn);
        return one.isBefore(other)
                ? new Selection(one, other, true, left, right)
                : new Selection(other, one, true, left, right);
    }

    boolean isEmpty() {
        return rectangle ? left == right : from.equals(to);
    }

    /** This and what is between the two. */
    Selection with(Selection other) {
        return text(
                from.isBefore(other.from) ? from : other.from,
                to.isBefore(other.to) ? other.to : to);
    }

    /** The first selected column of a row; no less than {@link #end} where none is. */
    int begin(ViewRow row) {
        if (rectangle) return isBetween(row) ? left : row.columns();
        if (row.line() > from.line()) return 0;
        if (row.line() < from.line()) return row.columns();
        return Math.clamp(from.column() - row.column(), 0, row.columns());
    }

    /** The column after the last selected one. */
    int end(ViewRow row) {
        if (rectangle) return isBetween(row) ? Math.min(right, row.columns()) : 0;
        // The end of the line is in it: shown to the edge.
        if (row.line() < to.line()) return row.columns();
        if (row.line() > to.line()) return 0;
        return Math.clamp(to.column() - row.column(), 0, row.columns());
    }

    private boolean isBetween(ViewRow row) {
        return !TextPlace.in(row, row.columns()).isBefore(from)
                && TextPlace.in(row, 0).compareTo(to) <= 0
                && !(row.isWrapped() && TextPlace.in(row, row.columns()).equals(from));
    }
}
