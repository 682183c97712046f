package dev.wormhole.terminal.screen;

import java.util.Comparator;
import java.util.stream.LongStream;

/** Semantic marks (OSC 133) packed into longs: column, kind, exit status. */
final class LineMarks {

    /** Marks kept for one line. */
    static final int MAX = 16;

    /** The status was not told. */
    static final int NO_STATUS = -1;

    private LineMarks() {}

    static long pack(int column, MarkKind kind, int exitCode) {
        return (long) column << 40 | (long) kind.number << 32 | (exitCode & 0xffffffffL);
    }

    static int column(long mark) {
        return (int) (mark >>> 40);
    }

    static MarkKind kind(long mark) {
        return KINDS[(int) (mark >>> 32) & 0xff];
    }

    static int exitCode(long mark) {
        return (int) mark;
    }

    static long moved(long mark, int by) {
        return pack(column(mark) + by, kind(mark), exitCode(mark));
    }

    /**
     * By column, none beyond the line's end nor inside a wide character; of one column in the order
     * they came.
     */
    static long[] sorted(long[] marks, long[] cells, int length) {
        if (marks.length == 0) return marks;
        return LongStream.of(marks)
                .map(mark -> pack(place(column(mark), cells, length), kind(mark), exitCode(mark)))
                .boxed()
                .sorted(Comparator.comparingInt(LineMarks::column))
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static int place(int column, long[] cells, int length) {
        if (column >= length) return length;
        return Cells.isTail(cells[column]) ? column - 1 : column;
    }

    static MarkKind kind(int number) {
        if (number < 0 || number >= KINDS.length)
            throw new IllegalArgumentException("mark: " + number);
        return KINDS[number];
    }

    private static final MarkKind[] KINDS = MarkKind.values();
}
