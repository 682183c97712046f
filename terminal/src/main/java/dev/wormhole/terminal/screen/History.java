package dev.wormhole.terminal.screen;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The scrollback: logical lines that have left the primary screen at its top, numbered since the
 * session began. Old lines stand in sealed blocks that never change; the lines of the last closed
 * block and of the one that is being filled may still be pulled back onto a screen that grows. When
 * a block is closed the one before it is sealed.
 *
 * <p>The rows of a logical line that is still being written on the screen wait in the partial line.
 *
 * <p>Owned by the screen's thread; the blocks it hands out are immutable.
 */
public final class History {

    /**
     * A longer line is cut, or a program that never ends its line would fill the memory: a novel's
     * chapter fits.
     */
    static final int MAX_LINE_CELLS = 1 << 16;

    /** However long the lines are, one line of the limit is worth this many bytes. */
    private static final long BYTES_PER_LINE = 1024;

    private static final long MIN_BYTES = 1 << 20;

    private final StyleTable styles;
    private final ClusterTable clusters;
    private final int limit;

    private final Deque<HistoryBlock> sealed = new ArrayDeque<>();
    private long sealedBytes;
    private @Nullable HistoryBlock closed;
    private BlockBuilder open = new BlockBuilder(0);
    private long firstLine;

    private long[] partial = {};
    private int partialLength;
    private long[] partialMarks = {};

    History(int limit, StyleTable styles, ClusterTable clusters) {
        this.limit = limit;
        this.styles = styles;
        this.clusters = clusters;
    }

    /** How many lines are kept. */
    public int limit() {
        return limit;
    }

    /** Number of the oldest line kept. */
    public long firstLine() {
        return firstLine;
    }

    /** Number of the line after the last complete one; it begins at or above the screen's top. */
    public long endLine() {
        return open.firstLine + open.lines();
    }

    /** Number of the first line that is not in a sealed block: lines below it never change. */
    public long sealedEnd() {
        return closed == null ? open.firstLine : closed.firstLine();
    }

    /** The sealed blocks that hold lines from this number on, in order. */
    public List<HistoryBlock> sealedFrom(long line) {
        var found = new ArrayDeque<HistoryBlock>();
        var newestFirst = sealed.descendingIterator();
        while (newestFirst.hasNext()) {
            HistoryBlock block = newestFirst.next();
            if (block.endLine() <= line) break;
            found.addFirst(block);
        }
        return List.copyOf(found);
    }

    /**
     * Every block that holds lines from this number on, in order; the last ones are copies of what
     * is not sealed yet.
     */
    public List<HistoryBlock> blocksFrom(long line) {
        var blocks = new ArrayList<>(sealedFrom(line));
        if (closed != null && closed.endLine() > line) blocks.add(closed);
        if (open.lines() > 0 && endLine() > line) blocks.add(open.build());
        return blocks;
    }

    /**
     * Puts sealed blocks before everything there is, when a session is hydrated: the newest one
     * must end at or before {@link #sealedEnd()}; there may be gaps between them.
     */
    public void prepend(List<HistoryBlock> blocks) {
        long next = sealed.isEmpty() ? sealedEnd() : sealed.getFirst().firstLine();
        for (HistoryBlock block : blocks.reversed()) {
            if (block.endLine() > next) {
                throw new IllegalArgumentException(
                        "block %d..%d overlaps line %d"
                                .formatted(block.firstLine(), block.endLine(), next));
            }
            next = block.firstLine();
        }
        for (HistoryBlock block : blocks.reversed()) {
            sealed.addFirst(block);
            sealedBytes += block.bytes();
        }
        firstLine = Math.min(firstLine, sealed.isEmpty() ? firstLine : next);
        evict();
    }

    /**
     * Lines that are not here.
     *
     * @param from number of the first one
     * @param to number of the line after the last one
     */
    public record Gap(long from, long to) {}

    /**
     * The newest lines below this number that are not here, down to the next one that is, or to the
     * first there ever was; whether they were ever to be had, or are still kept anywhere, is not
     * known here.
     */
    public Optional<Gap> gapBelow(long line) {
        long to = Math.min(line, sealedEnd());
        var newestFirst = sealed.descendingIterator();
        while (newestFirst.hasNext()) {
            HistoryBlock block = newestFirst.next();
            if (block.firstLine() >= to) continue;
            if (block.endLine() < to) return Optional.of(new Gap(block.endLine(), to));
            to = block.firstLine();
        }
        return to > 0 ? Optional.of(new Gap(0, to)) : Optional.empty();
    }

    /**
     * Puts sealed blocks where lines are missing. A block that holds a line that is here already is
     * left out; what is beyond the limits goes, the oldest first.
     */
    public void fill(List<HistoryBlock> blocks) {
        for (HistoryBlock block : blocks) {
            var newer = new ArrayDeque<HistoryBlock>();
            while (!sealed.isEmpty() && sealed.getLast().firstLine() >= block.endLine()) {
                newer.addFirst(sealed.removeLast());
            }
            boolean isFree = sealed.isEmpty() || sealed.getLast().endLine() <= block.firstLine();
            if (isFree && block.endLine() <= sealedEnd() && block.lines() > 0) {
                seal(block);
                firstLine = Math.min(firstLine, block.firstLine());
            }
            sealed.addAll(newer);
        }
        evict();
    }

    /** A row leaves the screen at its top. */
    void push(Row row) {
        int used = row.extent();
        if (partialLength == 0 && !row.wrapped && partialMarks.length == 0) {
            add(row.cells, used, row.marks);
            return;
        }
        extend(row.cells, used, row.marks);
        if (!row.wrapped || partialLength >= MAX_LINE_CELLS) completePartial();
    }

    /** A whole logical line. */
    void add(long[] cells, int count, long[] marks) {
        open.add(cells, count, LineMarks.sorted(marks, cells, count), styles, clusters);
        if (open.isFull()) close();
        evict();
    }

    private void extend(long[] cells, int n, long[] marks) {
        if (partial.length < partialLength + n) {
            partial = Arrays.copyOf(partial, Math.max(partialLength + n, 2 * partial.length));
        }
        System.arraycopy(cells, 0, partial, partialLength, n);
        for (long mark : LineMarks.sorted(marks, cells, n)) {
            if (partialMarks.length == LineMarks.MAX) break;
            partialMarks = Arrays.copyOf(partialMarks, partialMarks.length + 1);
            partialMarks[partialMarks.length - 1] = LineMarks.moved(mark, partialLength);
        }
        partialLength += n;
    }

    private void completePartial() {
        int n = partialLength;
        while (n > 0 && partial[n - 1] == 0) n--;
        long[] cells = partial;
        long[] marks = partialMarks;
        clearPartial();
        add(cells, n, marks);
    }

    private void clearPartial() {
        partial = new long[0];
        partialLength = 0;
        partialMarks = new long[0];
    }

    private void close() {
        if (closed != null) seal(closed);
        closed = open.build();
        open = new BlockBuilder(closed.endLine());
    }

    private void seal(HistoryBlock block) {
        sealed.addLast(block);
        sealedBytes += block.bytes();
    }

    private void evict() {
        firstLine = Math.max(firstLine, endLine() - limit);
        long maxBytes = Math.max(MIN_BYTES, limit * BYTES_PER_LINE);
        while (!sealed.isEmpty()
                && (sealed.getFirst().endLine() <= firstLine || sealedBytes > maxBytes)) {
            HistoryBlock gone = sealed.removeFirst();
            sealedBytes -= gone.bytes();
            firstLine = Math.max(firstLine, gone.endLine());
        }
    }

    /** ED 3: forgets every line; numbers go on. */
    void clear() {
        sealed.clear();
        sealedBytes = 0;
        long end = endLine();
        closed = null;
        open = new BlockBuilder(end);
        firstLine = end;
        clearPartial();
    }

    // ---- growing screens

    /** The screen's first line began above it. */
    boolean isPartial() {
        return partialLength > 0 || partialMarks.length > 0;
    }

    int partialLength() {
        return partialLength;
    }

    long[] partialCells() {
        return Arrays.copyOf(partial, partialLength);
    }

    long[] partialMarks() {
        return partialMarks;
    }

    /** The screen takes the partial line back. */
    void takePartial() {
        clearPartial();
    }

    /** The beginning of a logical line whose rest stays on the screen. */
    void keepPartial(long[] cells, int length, long[] marks) {
        partial = cells;
        partialLength = length;
        partialMarks = marks;
    }

    /** Whether there is a line to pull back. */
    boolean canPull() {
        return endLine() > firstLine && (open.lines() > 0 || closed != null);
    }

    /** Takes the newest line away and tells what it was. */
    void pull(LineSink sink) {
        if (open.lines() == 0) {
            open = BlockBuilder.reopen(java.util.Objects.requireNonNull(closed));
            closed = null;
        }
        open.removeLast(sink);
    }

    // ---- snapshots

    @Nullable HistoryBlock closed() {
        return closed;
    }

    HistoryBlock openCopy() {
        return open.build();
    }

    /**
     * Begins to be what a snapshot tells: lines from this number on follow. Blocks that end before
     * it stay where {@code keep} says so.
     */
    void restart(long line, boolean keep) {
        if (keep) {
            if (closed != null) seal(closed);
            if (open.lines() > 0) seal(open.build());
            while (!sealed.isEmpty() && sealed.getLast().endLine() > line) {
                sealedBytes -= sealed.removeLast().bytes();
            }
            if (sealed.isEmpty()) firstLine = line;
        } else {
            sealed.clear();
            sealedBytes = 0;
            firstLine = line;
        }
        closed = null;
        open = new BlockBuilder(line);
        clearPartial();
    }

    /** A line of a snapshot: blocks are closed where it says so, not when they are full. */
    void restoreLine(long[] cells, int count, long[] marks) {
        open.add(cells, count, marks, styles, clusters);
    }

    /**
     * @param isSealed whether the block is sealed already: the newest whole block need not be the
     *     closed one, that one may have been pulled back
     */
    void restoreBlockEnd(boolean isSealed) {
        close();
        HistoryBlock block = closed;
        if (!isSealed || block == null) return;
        seal(block);
        closed = null;
    }

    /** Seals what was restored so far once it makes a block. */
    void restoreBlockWhenFull() {
        if (open.isFull()) restoreBlockEnd(true);
    }

    /** The snapshot's lines are told; the oldest one kept was this. */
    void restoreFirstLine(long line, boolean keep) {
        long first = Math.min(line, endLine());
        firstLine = keep && first <= sealedEnd() ? Math.min(firstLine, first) : first;
    }

    // ---- tables

    void use(Ids usedStyles, Ids usedClusters) {
        for (int i = 0; i < partialLength; i++) {
            usedStyles.use(Cells.style(partial[i]));
            if (Cells.isCluster(partial[i])) usedClusters.use(Cells.value(partial[i]));
        }
    }

    void forgetNumbers() {
        open.forgetNumbers();
    }
}
