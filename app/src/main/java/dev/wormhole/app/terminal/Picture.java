package dev.wormhole.app.terminal;

import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.ScreenCopy.RowPlace;
import dev.wormhole.terminal.screen.ViewRow;

import java.util.List;
import java.util.Map;

/**
 * What there is to paint of a screen at one moment.
 *
 * <p>Immutable, safe from any thread.
 *
 * @param size of the screen
 * @param rows from the top of what is looked at; one more than the screen has while a row is seen
 *     in part
 * @param firstLine number of the oldest line that can be scrolled to
 * @param top where the first row stands
 * @param screenTop where the screen's own first row stands
 * @param cut pixels of the first row that are scrolled out
 * @param scrolled whether the rows are not the screen's
 * @param cursor where it is on the screen and how it looks
 * @param colours changed by the program, as {@link
 *     dev.wormhole.terminal.screen.Screen#changedColours} numbers them
 */
record Picture(
        TerminalSize size,
        List<ViewRow> rows,
        long firstLine,
        RowPlace top,
        RowPlace screenTop,
        double cut,
        boolean scrolled,
        boolean alternate,
        Cursor cursor,
        boolean reverseVideo,
        Map<Integer, Integer> colours) {

    /**
     * @param row on the screen, from 0
     * @param column on the last one while a wrap is pending
     * @param shape as {@link dev.wormhole.terminal.screen.Screen#cursorShape}
     */
    record Cursor(int row, int column, boolean visible, int shape) {}

    /** The row at which the cursor is seen, counted from the first one; beyond all if it is not. */
    int rowOfCursor() {
        if (!scrolled) return cursor.row();
        for (int y = 0; y < rows.size(); y++) {
            ViewRow row = rows.get(y);
            if (row.line() == screenTop.line() && row.column() == screenTop.column())
                return y + cursor.row();
        }
        return Integer.MAX_VALUE;
    }
}
