package dev.wormhole.client.attach;

import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;

import java.util.ArrayList;
import java.util.List;

/**
 * Paints a session's screen onto a terminal that cannot show its bytes, because it has another size
 * or has something to say in its last row: at the top left, and where the screen is larger, the
 * part around the cursor. It remembers what it painted and writes only the rows that are different
 * now.
 *
 * <p>Owned by the attach thread. It knows no clock: who calls it decides how often.
 */
final class ScreenPainter {

    /**
     * A row as it was painted.
     *
     * @param lineSize 0 to 3, as the screen's
     */
    private record PaintedRow(int lineSize, String text) {}

    /** What the terminal shows. */
    private OuterModes modes = OuterModes.INITIAL;

    private List<PaintedRow> rows = List.of();
    private String cursor = "";
    private boolean isBegun;

    private Viewport viewport = Viewport.topLeft(new TerminalSize(2, 1));
    private boolean wasAlternate;

    /**
     * The terminal is cleared and all its modes are as they were found: the next picture is painted
     * whole.
     */
    void forget() {
        modes = OuterModes.INITIAL;
        rows = List.of();
        cursor = "";
        isBegun = false;
    }

    /** What the last picture showed. */
    Viewport viewport() {
        return viewport;
    }

    /**
     * What makes the last picture this one; empty when nothing is different.
     *
     * @param own the terminal's size, the same until {@link #forget}
     * @param status for the last row, cut to fit; empty: the row is the screen's
     */
    String paint(Screen screen, TerminalSize own, String status) {
        boolean hasStatus = !status.isEmpty() && own.rows() > 1;
        var room = new TerminalSize(own.cols(), own.rows() - (hasStatus ? 1 : 0));
        follow(screen, room);

        var out = new StringBuilder();
        OuterModes next = OuterModes.of(screen);
        boolean isCleared = !isBegun || next.isAlternate() != modes.isAlternate();
        out.append(next.changesFrom(modes));
        modes = next;
        // On the other screen are rows that nobody remembers.
        if (isCleared) out.append("\033[?7l\033[m\033[2J");
        List<PaintedRow> before = isCleared ? List.of() : rows;
        isBegun = true;

        rows = picture(screen, room);
        String clipped = status.substring(0, Math.min(status.length(), own.cols()));
        if (hasStatus) rows.add(new PaintedRow(0, "\033[2K\033[7m" + clipped + "\033[m"));
        String drawn = changed(before);
        String place = cursor(screen);
        if (out.isEmpty() && drawn.isEmpty() && place.equals(cursor)) return "";
        cursor = place;
        String hidden = drawn.isEmpty() ? "" : "\033[?25l";
        return "\033[?2026h" + out + hidden + drawn + place + "\033[?2026l";
    }

    private void follow(Screen screen, TerminalSize room) {
        var whole = new TerminalSize(screen.columns(), screen.rows());
        if (!isBegun || wasAlternate != screen.isAlternate()) viewport = Viewport.topLeft(room);
        wasAlternate = screen.isAlternate();
        // Programs that hide the cursor leave it anywhere.
        viewport =
                screen.isCursorVisible()
                        ? viewport.following(screen.cursorColumn(), screen.cursorRow(), whole, room)
                        : viewport.within(whole, room);
    }

    private List<PaintedRow> picture(Screen screen, TerminalSize room) {
        List<PaintedRow> picture = new ArrayList<>(room.rows() + 1);
        // Cut, a line of double width would show something else.
        boolean hasSizes = viewport.column() == 0 && room.cols() >= screen.columns();
        for (int y = 0; y < room.rows(); y++) {
            int row = viewport.row() + y;
            if (row >= screen.rows()) {
                picture.add(new PaintedRow(0, "\033[K"));
                continue;
            }
            int lineSize = hasSizes ? screen.lineSize(row) : 0;
            picture.add(new PaintedRow(lineSize, text(screen, row, lineSize, room.cols())));
        }
        return picture;
    }

    private String text(Screen screen, int row, int lineSize, int columns) {
        // Half as many characters have room on a line of double width, there and here.
        int shown = lineSize == 0 ? columns : Math.max(1, screen.columns() / 2);
        boolean reachesEdge = lineSize == 0 || shown >= columns / 2;
        var text = new RowText(viewport.column(), viewport.column() + shown, reachesEdge);
        screen.row(row, text);
        return text.finish();
    }

    private String changed(List<PaintedRow> before) {
        var out = new StringBuilder();
        for (int y = 0; y < rows.size(); y++) {
            PaintedRow row = rows.get(y);
            PaintedRow old = y < before.size() ? before.get(y) : new PaintedRow(0, "\033[K");
            if (row.equals(old)) continue;
            out.append("\033[").append(y + 1).append('H');
            if (row.lineSize != old.lineSize)
                out.append("\033#").append("5634".charAt(row.lineSize));
            out.append(row.text);
        }
        return out.toString();
    }

    private String cursor(Screen screen) {
        int column = screen.cursorColumn();
        int row = screen.cursorRow();
        if (!screen.isCursorVisible() || !viewport.shows(column, row)) return "\033[?25l";
        int y = row - viewport.row() + 1;
        int x = column - viewport.column() + 1;
        return "\033[" + y + ";" + x + "H\033[?25h";
    }
}
