package dev.wormhole.client.attach;

import dev.wormhole.protocol.TerminalSize;

/**
 * Which part of a session's screen a terminal of another size shows, at its top left.
 *
 * <p>Immutable. Pure.
 *
 * @param column of the screen that is shown first, 0-based
 * @param row of the screen that is shown first, 0-based
 * @param size how much of this terminal there is for it; may be more than there is of the screen
 */
record Viewport(int column, int row, TerminalSize size) {

    static Viewport topLeft(TerminalSize size) {
        return new Viewport(0, 0, size);
    }

    /**
     * Moves no further than the cursor needs: rows by as many as it left, columns by half of what
     * is shown, since lines are read and written along.
     *
     * @param screen the size of the whole
     */
    Viewport following(int cursorColumn, int cursorRow, TerminalSize screen, TerminalSize size) {
        int newRow = row;
        if (cursorRow < newRow) newRow = cursorRow;
        if (cursorRow >= newRow + size.rows()) newRow = cursorRow - size.rows() + 1;
        int newColumn = column;
        if (cursorColumn < newColumn || cursorColumn >= newColumn + size.cols()) {
            newColumn = cursorColumn < size.cols() ? 0 : cursorColumn - size.cols() / 2;
        }
        return at(newColumn, newRow, screen, size);
    }

    /** As it is, as far as there is something to show. */
    Viewport within(TerminalSize screen, TerminalSize size) {
        return at(column, row, screen, size);
    }

    private static Viewport at(int column, int row, TerminalSize screen, TerminalSize size) {
        return new Viewport(
                Math.clamp(column, 0, Math.max(0, screen.cols() - size.cols())),
                Math.clamp(row, 0, Math.max(0, screen.rows() - size.rows())),
                size);
    }

    boolean shows(int screenColumn, int screenRow) {
        return screenColumn >= column
                && screenColumn < column + size.cols()
                && screenRow >= row
                && screenRow < row + size.rows();
    }
}
