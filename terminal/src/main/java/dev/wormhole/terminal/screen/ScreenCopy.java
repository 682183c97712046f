package dev.wormhole.terminal.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The text of a screen at one moment: the scrollback and what the screen shows, as logical lines by
 * number. Search and text extraction work on it while the screen goes on.
 *
 * <p>Immutable, safe from any thread. Taking one costs no more than the lines that are not in
 * sealed blocks.
 */
public final class ScreenCopy {

    /** Where a row of the screen is: its logical line, and the column of its first cell there. */
    public record RowPlace(long line, int column) {}

    private final List<HistoryBlock> blocks;
    private final List<RowPlace> rows;
    private final int columns;

    private ScreenCopy(List<HistoryBlock> blocks, List<RowPlace> rows, int columns) {
        this.blocks = List.copyOf(blocks);
        this.rows = List.copyOf(rows);
        this.columns = columns;
    }

    static ScreenCopy of(State s) {
        List<HistoryBlock> blocks = new ArrayList<>();
        if (!s.isAlternate()) blocks.addAll(s.history.blocksFrom(s.history.firstLine()));
        List<RowPlace> rows = new ArrayList<>();
        var line = new Joined(s.isAlternate() ? new long[0] : s.history.partialCells());
        var builder = new BlockBuilder(s.history.endLine());
        for (int y = 0; y < s.rows(); y++) {
            Row row = s.grid.row(y);
            rows.add(new RowPlace(builder.firstLine + builder.lines(), line.length));
            line.append(row);
            if (row.wrapped && y + 1 < s.rows()) continue;
            builder.add(line.cells, line.length, line.marks(), s.styles, s.clusters);
            line = new Joined(new long[0]);
            if (!builder.isFull()) continue;
            HistoryBlock full = builder.build();
            blocks.add(full);
            builder = new BlockBuilder(full.endLine());
        }
        if (builder.lines() > 0) blocks.add(builder.build());
        return new ScreenCopy(blocks, rows, s.columns());
    }

    private static final class Joined {

        private long[] cells;
        private int length;
        private long[] marks = {};

        Joined(long[] cells) {
            this.cells = cells;
            length = cells.length;
        }

        void append(Row row) {
            int count = row.extent();
            cells = Arrays.copyOf(cells, length + count);
            System.arraycopy(row.cells, 0, cells, length, count);
            int n = marks.length;
            int more = Math.min(row.marks.length, LineMarks.MAX - n);
            marks = Arrays.copyOf(marks, n + more);
            for (int i = 0; i < more; i++) marks[n + i] = LineMarks.moved(row.marks[i], length);
            length += count;
        }

        long[] marks() {
            return LineMarks.sorted(marks, cells, length);
        }
    }

    /** Number of the oldest line. */
    public long firstLine() {
        return blocks.getFirst().firstLine();
    }

    /** Number of the line after the last one of the screen. */
    public long endLine() {
        return blocks.getLast().endLine();
    }

    /** Where the screen's rows are, from the top. */
    public List<RowPlace> rows() {
        return rows;
    }

    /** How many columns its rows have. */
    public int columns() {
        return columns;
    }

    /**
     * The columns of a line at which its rows begin as they are painted: those of the screen as
     * they are, those of the scrollback as {@link RowWrap} has them at the screen's width.
     */
    public int[] starts(long line) {
        var wrap = new RowWrap(columns);
        line(line, wrap);
        int[] wrapped = wrap.starts();
        int[] onScreen =
                rows.stream()
                        .filter(row -> row.line() == line)
                        .mapToInt(RowPlace::column)
                        .toArray();
        if (onScreen.length == 0) return wrapped;
        // The line's beginning may have left the screen.
        IntStream above = Arrays.stream(wrapped).filter(start -> start < onScreen[0]);
        return IntStream.concat(above, Arrays.stream(onScreen)).toArray();
    }

    List<HistoryBlock> blocks() {
        return blocks;
    }

    /** Tells a line; nothing for one that is in a gap or not there. */
    public void line(long number, LineSink sink) {
        block(number).ifPresent(block -> block.line(number, sink));
    }

    private Optional<HistoryBlock> block(long number) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            HistoryBlock block = blocks.get(middle);
            if (number < block.firstLine()) high = middle - 1;
            else if (number >= block.endLine()) low = middle + 1;
            else return Optional.of(block);
        }
        return Optional.empty();
    }

    /**
     * The text between two places, the end exclusive: soft wraps joined, trailing blanks left out,
     * lines parted by line feeds. A wide character belongs to the text when its first column does.
     */
    public String text(long fromLine, int fromColumn, long toLine, int toColumn) {
        var text = new StringBuilder();
        long last = Math.min(toLine, endLine() - 1);
        for (long n = Math.max(fromLine, firstLine()); n <= last; n++) {
            IndexedLine line = indexed(n);
            int from = n == fromLine ? line.indexOf(fromColumn) : 0;
            int to = n == toLine ? line.indexOf(toColumn) : line.text().length();
            if (from < to) {
                String part = line.text().substring(from, to);
                boolean whole = n < toLine || to == line.text().length();
                text.append(whole ? part.stripTrailing() : part);
            }
            if (n < last) text.append('\n');
        }
        return text.toString();
    }

    /**
     * The text of a rectangle: of each row, as they are painted, from the one that holds the first
     * place to the one that holds the last. Trailing blanks are left out, rows are parted by line
     * feeds. A wide character belongs to the text when its first column does.
     *
     * @param from first column of the rows
     * @param to column after the last one
     */
    public String rectangle(RowPlace first, RowPlace last, int from, int to) {
        List<String> parts = new ArrayList<>();
        long end = Math.min(last.line(), endLine() - 1);
        for (long n = Math.max(first.line(), firstLine()); n <= end; n++) {
            IndexedLine line = indexed(n);
            int[] starts = starts(n);
            int top = n == first.line() ? rowWith(starts, first.column()) : 0;
            int bottom = n == last.line() ? rowWith(starts, last.column()) : starts.length - 1;
            for (int i = top; i <= bottom; i++) {
                int rowEnd = i + 1 < starts.length ? starts[i + 1] : Integer.MAX_VALUE;
                int begin = line.indexOf(Math.min(starts[i] + Math.min(from, columns), rowEnd));
                int stop = line.indexOf(Math.min(starts[i] + Math.min(to, columns), rowEnd));
                parts.add(begin < stop ? line.text().substring(begin, stop).stripTrailing() : "");
            }
        }
        return String.join("\n", parts);
    }

    private static int rowWith(int[] starts, int column) {
        int row = starts.length - 1;
        while (row > 0 && starts[row] > column) row--;
        return row;
    }

    IndexedLine indexed(long number) {
        var line = new IndexedLine();
        line(number, line);
        return line;
    }
}
