package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.screen.ScreenCopy.RowPlace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody sees of a screen: its rows, or those of the scrollback where they look at it. The
 * text that they look at stays where it is while output scrolls, because its place is a line's
 * number.
 *
 * <p>A row that is the same as at the last look is the same object.
 *
 * <p>Owned by the screen's thread.
 */
public final class ScreenView {

    private final State s;

    /** The first row seen, where it is not the screen's first. */
    private boolean isScrolled;

    private long topLine;
    private int topColumn;

    // What was seen last, from the screen's first row; their places ascend.
    private long[][] cells = new long[0][];
    private ViewRow[] seen = new ViewRow[0];
    private int numbering = -1;
    private boolean wasAlternate;

    /** Rows of whole lines of the scrollback that were seen last, by line. */
    private Map<Long, List<ViewRow>> older = new HashMap<>();

    private int olderColumns;

    public ScreenView(Screen screen) {
        s = screen.state();
    }

    /** Whether rows above the screen are seen. */
    public boolean isScrolled() {
        settle();
        return isScrolled;
    }

    /** Where the first row seen stands. */
    public RowPlace top() {
        settle();
        return isScrolled ? new RowPlace(topLine, topColumn) : screenTop();
    }

    /** Where the screen's first row stands: the end of what can be scrolled to. */
    public RowPlace screenTop() {
        return new RowPlace(s.history.endLine(), s.isAlternate() ? 0 : s.history.partialLength());
    }

    /** Lines of the scrollback have come that were missing. */
    public void renew() {
        older.clear();
    }

    /** Looks at the screen. */
    public void toScreen() {
        isScrolled = false;
    }

    /** Looks at the row that holds this place, as the first one. */
    public void to(long line, int column) {
        isScrolled = true;
        topLine = line;
        topColumn = Math.max(0, column);
        settle();
    }

    /** Looks so many rows further down; up for a negative number. */
    public void scroll(int rows) {
        settle();
        if (s.isAlternate()) return;
        if (!isScrolled) {
            if (rows >= 0) return;
            RowPlace top = screenTop();
            topLine = top.line();
            topColumn = top.column();
            isScrolled = true;
        }
        int left = rows;
        while (left < 0 && up()) left++;
        while (left > 0 && isScrolled) {
            down();
            left--;
        }
        settle();
    }

    private boolean up() {
        if (topColumn > 0) {
            topColumn = startBefore(line(topLine), topColumn);
            return true;
        }
        if (topLine <= s.history.firstLine()) return false;
        topLine--;
        topColumn = startBefore(line(topLine), Integer.MAX_VALUE);
        return true;
    }

    private void down() {
        ViewRow.Builder line = line(topLine);
        topColumn = line.rowEnd(topColumn);
        if (topColumn == line.length() && topLine < s.history.endLine()) {
            topLine++;
            topColumn = 0;
        }
        RowPlace end = screenTop();
        if (topLine == end.line() && topColumn >= end.column()) isScrolled = false;
    }

    /** The start of the last row that begins before the column; 0 where none does. */
    private static int startBefore(ViewRow.Builder line, int column) {
        int start = 0;
        for (int at = 0; at < line.length() && at < column; at = line.rowEnd(at)) start = at;
        return start;
    }

    /** Takes the place back to what there is. */
    private void settle() {
        if (!isScrolled) return;
        RowPlace end = screenTop();
        if (s.isAlternate()
                || topLine > end.line()
                || (topLine == end.line() && topColumn >= end.column())) {
            isScrolled = false;
            return;
        }
        if (topLine < s.history.firstLine()) {
            topLine = s.history.firstLine();
            topColumn = 0;
        }
        if (topColumn > 0) topColumn = startBefore(line(topLine), topColumn + 1);
    }

    /** The cells of a line of the scrollback, or of the part of the last one that is in it. */
    private ViewRow.Builder line(long number) {
        var line = new ViewRow.Builder(s.columns(), 0);
        if (number == s.history.endLine()) {
            long[] partial = s.history.partialCells();
            line.cells(s, partial, partial.length);
        } else {
            for (HistoryBlock block : s.history.blocksFrom(number)) {
                // Blocks may leave gaps: what was skipped is an empty line.
                if (block.firstLine() <= number && number < block.endLine())
                    block.line(number, line);
                break;
            }
        }
        return line;
    }

    /**
     * The rows seen from the top, so many; fewer where there are no more.
     *
     * @param count 1 or more; usually those of the screen, one more while one is seen in part
     */
    public List<ViewRow> rows(int count) {
        settle();
        List<ViewRow> rows = new ArrayList<>(count);
        if (isScrolled) addOlder(rows, count);
        look();
        for (ViewRow row : seen) {
            if (rows.size() == count) break;
            rows.add(row);
        }
        return List.copyOf(rows);
    }

    private void addOlder(List<ViewRow> rows, int count) {
        var next = new HashMap<Long, List<ViewRow>>();
        long end = s.history.endLine();
        if (olderColumns != s.columns()) older.clear();
        olderColumns = s.columns();
        for (long n = topLine; n < end && rows.size() < count; n++) {
            List<ViewRow> known = older.get(n);
            List<ViewRow> whole = known != null ? known : wrap(n);
            next.put(n, whole);
            for (ViewRow row : whole) {
                if (n == topLine && row.column() < topColumn) continue;
                if (rows.size() < count) rows.add(row);
            }
        }
        older = next;
        if (rows.size() == count || s.history.partialLength() == 0) return;
        ViewRow.Builder partial = line(end);
        int from = topLine == end ? topColumn : 0;
        for (int at = from; at < partial.length(); at = partial.rowEnd(at)) {
            if (rows.size() < count) rows.add(partial.partialRow(end, at));
        }
    }

    private List<ViewRow> wrap(long number) {
        ViewRow.Builder line = line(number);
        List<ViewRow> rows = new ArrayList<>();
        int at = 0;
        do {
            rows.add(line.row(number, at));
            at = line.rowEnd(at);
        } while (at < line.length());
        return rows;
    }

    /** Renews the rows of the screen that have changed; one that scrolled is still the same. */
    private void look() {
        int count = s.rows();
        if (seen.length != count || numbering != s.numbering || wasAlternate != s.isAlternate()) {
            cells = new long[0][];
            seen = new ViewRow[0];
            numbering = s.numbering;
            wasAlternate = s.isAlternate();
        }
        var newCells = new long[count][];
        var newSeen = new ViewRow[count];
        RowPlace place = screenTop();
        long line = place.line();
        int column = place.column();
        int before = 0;
        for (int y = 0; y < count; y++) {
            Row row = s.grid.row(y);
            boolean goesOn = row.wrapped && y + 1 < count;
            while (before < seen.length && isAbove(seen[before], line, column)) before++;
            if (before < seen.length && isSame(before, row, line, column)) {
                newCells[y] = cells[before];
                newSeen[y] = seen[before];
            } else {
                int used = row.used();
                newCells[y] = Arrays.copyOf(row.cells, used);
                var builder = new ViewRow.Builder(s.columns(), column);
                builder.cells(s, row.cells, used);
                newSeen[y] = builder.row(line, row.wrapped, row.lineSize);
            }
            column = goesOn ? column + row.flowing() : 0;
            if (!goesOn) line++;
        }
        cells = newCells;
        seen = newSeen;
    }

    private static boolean isAbove(ViewRow row, long line, int column) {
        return row.line() < line || (row.line() == line && row.column() < column);
    }

    private boolean isSame(int y, Row row, long line, int column) {
        ViewRow last = seen[y];
        if (last.line() != line
                || last.column() != column
                || last.columns() != s.columns()
                || last.isWrapped() != row.wrapped
                || last.lineSize() != row.lineSize) return false;
        int used = row.used();
        return used == cells[y].length && Arrays.equals(row.cells, 0, used, cells[y], 0, used);
    }
}
