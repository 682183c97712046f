package dev.wormhole.terminal.screen;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gives the primary screen another size: logical lines are wrapped anew, rows that find no place go
 * to the history, and a screen that was full takes lines back from it.
 *
 * <p>Owned by the screen's thread; lives for one resize.
 */
final class Reflow {

    /** A place that moves with the text. */
    static final class Place {

        int x;
        int y;
        boolean pending;
        private int line = -1;
        private int offset;

        Place(int x, int y, boolean pending) {
            this.x = x;
            this.y = y;
            this.pending = pending;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Line(long[] cells, int length, long[] marks, int lineSize) {}

    private final State s;
    private final int columns;
    private final int rowCount;
    private final Place[] places;

    /** The first place is the cursor: its row counts as used. */
    Reflow(State state, int columns, int rowCount, Place... places) {
        s = state;
        this.columns = columns;
        this.rowCount = rowCount;
        this.places = places;
    }

    void run() {
        Grid grid = s.primary;
        int last = Math.max(lastUsed(grid), places[0].y);
        boolean full = last == grid.rows() - 1;
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (Line line : lines(grid, last)) {
            int first = rows.size();
            wrap(line, rows);
            for (Place place : places) if (place.line == number) settle(place, rows, first);
            number++;
        }
        int surplus = rows.size() - rowCount;
        if (surplus < 0) surplus = full ? -pull(rows, -surplus) : 0;
        for (int i = 0; i < surplus; i++) s.history.push(rows.get(i));
        var sized = new Row[rowCount];
        for (int y = 0; y < rowCount; y++) {
            int from = y + Math.max(0, surplus);
            sized[y] = from < rows.size() ? rows.get(from) : new Row(columns, 0);
        }
        for (Place place : places) {
            place.y = Math.clamp(place.y - surplus, 0, rowCount - 1);
            place.x = Math.clamp(place.x, 0, columns - 1);
        }
        grid.replace(sized, columns);
    }

    private static int lastUsed(Grid grid) {
        int y = grid.rows() - 1;
        while (y > 0 && grid.row(y).isEmpty()) y--;
        return y;
    }

    /** The logical lines of the rows up to this one; the first may begin in the history. */
    private List<Line> lines(Grid grid, int last) {
        List<Line> lines = new ArrayList<>();
        var line = new Builder(s.history.partialCells(), s.history.partialMarks());
        s.history.takePartial();
        for (int y = 0; y <= last; y++) {
            Row row = grid.row(y);
            for (Place place : places) {
                if (place.y != y || place.line >= 0) continue;
                place.line = lines.size();
                place.offset = line.length + place.x + (place.pending ? 1 : 0);
            }
            boolean goesOn = row.wrapped && row.lineSize == Row.SINGLE && y < last;
            line.append(row, goesOn ? row.flowing() : Math.min(row.used(), row.width()));
            if (goesOn) continue;
            lines.add(line.line(row.lineSize));
            line = new Builder(new long[0], new long[0]);
        }
        return lines;
    }

    private static final class Builder {

        private long[] cells;
        private int length;
        private long[] marks;

        Builder(long[] cells, long[] marks) {
            this.cells = cells;
            length = cells.length;
            this.marks = marks;
        }

        void append(Row row, int count) {
            cells = Arrays.copyOf(cells, length + count);
            System.arraycopy(row.cells, 0, cells, length, count);
            if (row.marks.length > 0) {
                int n = marks.length;
                marks = Arrays.copyOf(marks, n + row.marks.length);
                for (int i = 0; i < row.marks.length; i++) {
                    marks[n + i] = LineMarks.moved(row.marks[i], length);
                }
            }
            length += count;
        }

        Line line(int lineSize) {
            return new Line(cells, length, marks, lineSize);
        }
    }

    /** Adds the line's rows. */
    private void wrap(Line line, List<Row> rows) {
        int from = 0;
        do {
            var row = new Row(columns, 0);
            int width = columns;
            if (line.lineSize != Row.SINGLE) {
                row.lineSize = line.lineSize;
                width = row.width();
            }
            int n = Math.min(width, line.length - from);
            boolean more = from + n < line.length;
            if (more && Cells.isTail(line.cells[from + n])) {
                n--;
                row.spacer = true;
            }
            System.arraycopy(line.cells, from, row.cells, 0, n);
            row.reach = n;
            row.wrapped = more && line.lineSize == Row.SINGLE;
            row.spacer &= row.wrapped;
            for (long mark : line.marks) {
                int column = LineMarks.column(mark) - from;
                // Beyond the text a mark stays on the last row.
                if (column >= 0 && (column < n || !row.wrapped)) {
                    row.addMark(LineMarks.moved(mark, -from));
                }
            }
            rows.add(row);
            from += n;
            // A line of double width is one row: what does not fit is lost.
            if (line.lineSize != Row.SINGLE) return;
        } while (from < line.length);
    }

    /** Finds a place of a line among its rows, which begin at this index. */
    private static void settle(Place place, List<Row> rows, int first) {
        int row = first;
        int offset = place.offset;
        while (rows.get(row).wrapped && offset >= rows.get(row).flowing()) {
            offset -= rows.get(row).flowing();
            row++;
        }
        int width = rows.get(row).width();
        place.y = row;
        place.pending = place.pending && offset >= width;
        place.x = Math.min(offset, width - 1);
    }

    /** Takes lines back until so many rows are there; how many came. */
    private int pull(List<Row> rows, int wanted) {
        List<Row> pulled = new ArrayList<>();
        while (pulled.size() < wanted && s.history.canPull()) {
            var cells = new CellSink(s);
            s.history.pull(cells);
            List<Row> lineRows = new ArrayList<>();
            wrap(new Line(cells.cells(), cells.length(), cells.marks(), Row.SINGLE), lineRows);
            pulled.addAll(0, lineRows);
        }
        int surplus = Math.max(0, pulled.size() - wanted);
        // The beginning of the oldest line finds no place: it waits as the partial line.
        for (int i = 0; i < surplus; i++) s.history.push(pulled.get(i));
        List<Row> fitting = pulled.subList(surplus, pulled.size());
        rows.addAll(0, fitting);
        return fitting.size();
    }

    /** Makes cells of a line that the history tells. */
    private static final class CellSink implements LineSink {

        private final State s;
        private long[] cells = new long[128];
        private int length;
        private long[] marks = new long[0];

        private @Nullable Style style;
        private long ink;

        CellSink(State state) {
            s = state;
        }

        @Override
        public void blanks(int count, Style of) {
            ensure(count);
            Arrays.fill(cells, length, length + count, ink(of));
            length += count;
        }

        @Override
        public void cell(int[] codePoints, int n, boolean wide, Style of) {
            ensure(2);
            int text =
                    n == 1
                            ? codePoints[0]
                            : Cells.CLUSTER | s.clusters.id(Arrays.copyOf(codePoints, n));
            cells[length++] = ink(of) | text | (wide ? Cells.WIDE : 0);
            if (wide) cells[length++] = ink(of) | Cells.TAIL;
        }

        @Override
        public void mark(int column, MarkKind kind, int exitCode) {
            marks = Arrays.copyOf(marks, marks.length + 1);
            marks[marks.length - 1] = LineMarks.pack(column, kind, exitCode);
        }

        private long ink(Style of) {
            if (!of.equals(style)) {
                style = of;
                // Not swept here: the rows under way are in no grid yet.
                ink = Cells.styled(s.styles.id(of));
            }
            return ink;
        }

        private void ensure(int more) {
            if (length + more > cells.length) {
                cells = Arrays.copyOf(cells, Math.max(length + more, 2 * cells.length));
            }
        }

        long[] cells() {
            return cells;
        }

        int length() {
            return length;
        }

        long[] marks() {
            return marks;
        }
    }
}
