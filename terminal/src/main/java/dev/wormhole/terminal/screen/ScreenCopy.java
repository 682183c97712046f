package dev.wormhole.terminal.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    private ScreenCopy(List<HistoryBlock> blocks, List<RowPlace> rows) {
        this.blocks = List.copyOf(blocks);
        this.rows = List.copyOf(rows);
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
        return new ScreenCopy(blocks, rows);
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
            cells = java.util.Arrays.copyOf(cells, length + count);
            System.arraycopy(row.cells, 0, cells, length, count);
            int n = marks.length;
            int more = Math.min(row.marks.length, LineMarks.MAX - n);
            marks = java.util.Arrays.copyOf(marks, n + more);
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
            var line = new IndexedLine();
            line(n, line);
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
}
