package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.text.CharacterWidth;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The block of history that lines are added to.
 *
 * <p>Owned by the screen's thread.
 *
 * <p>A line is: number of style runs, then for each its style's index and its length in cells (none
 * at all for a line in the default style); number of marks, then column, kind, status + 1 of each;
 * then the text up to the next line. In the text a control byte stands for what is no plain
 * character: 0 and a count for blanks; 1, a count and code points for a cell of several or of
 * another width than its character has (count + 128: a wide one).
 */
final class BlockBuilder {

    static final int MAX_LINES = 256;

    /** A block with longer lines is closed earlier. */
    private static final int MAX_BYTES = 64 << 10;

    static final int BLANKS = 0;
    static final int CELL = 1;

    final long firstLine;
    private final Bytes data = new Bytes(4096);
    private final Bytes text = new Bytes(1024);
    private int[] offsets = new int[64];
    private int lines;

    /** Bytes of the lines' texts alone: what two builders of the same lines agree on. */
    private int textBytes;

    /** Packed as {@link BlockStyles} has them; the first is the default style. */
    private int[] styles = new int[16 * BlockStyles.INTS];

    private int styleCount = 1;
    private final Map<Integer, Hyperlink> links = new HashMap<>();

    /** Index of a style of the table + 1, 0 where not known. */
    private int[] known = new int[64];

    private int[] runs = new int[64];

    BlockBuilder(long firstLine) {
        this.firstLine = firstLine;
    }

    int lines() {
        return lines;
    }

    boolean isFull() {
        return lines == MAX_LINES || textBytes >= MAX_BYTES;
    }

    /** The numbers of the table's styles have changed. */
    void forgetNumbers() {
        Arrays.fill(known, 0);
    }

    void add(long[] cells, int count, long[] marks, StyleTable table, ClusterTable clusters) {
        text.size = 0;
        text.ensure(count);
        // Most cells are ASCII: they go straight into the array, what is rarer through its methods.
        byte[] out = text.array;
        int size = 0;
        int runCount = 0;
        int runStyle = count == 0 ? 0 : Cells.style(cells[0]);
        int runLength = 0;
        int i = 0;
        while (i < count) {
            long cell = cells[i];
            int t = (int) cell;
            if (t == Cells.TAIL) {
                i++;
                continue;
            }
            int style = (int) (cell >>> 32);
            if (style != runStyle) {
                runCount = addRun(runCount, runStyle, runLength);
                runStyle = style;
                runLength = 0;
            }
            int first = i;
            if (isAscii(t)) {
                long ink = Cells.styled(style);
                int shift = size - i;
                do out[shift + i] = (byte) cells[i];
                while (++i < count && isAscii(cells[i] ^ ink));
                size = shift + i;
                runLength += i - first;
                continue;
            }
            text.size = size;
            i++;
            if (t == 0) {
                while (i < count && cells[i] == cell) i++;
                text.put(BLANKS);
                text.varint(i - first);
            } else {
                addCell(cell, clusters);
            }
            runLength += i - first;
            text.ensure(count - i);
            out = text.array;
            size = text.size;
        }
        text.size = size;
        if (runCount > 0 || runStyle != 0) runCount = addRun(runCount, runStyle, runLength);
        write(runCount, marks, table);
    }

    /** What remains of a cell without its style: ASCII, alone. */
    private static boolean isAscii(long text) {
        return text > 0 && text < 0x80;
    }

    private int addRun(int count, int style, int length) {
        if (2 * count + 2 > runs.length) runs = Arrays.copyOf(runs, runs.length * 2);
        runs[2 * count] = style;
        runs[2 * count + 1] = length;
        return count + 1;
    }

    private void addCell(long cell, ClusterTable clusters) {
        boolean wide = Cells.isWide(cell);
        int value = Cells.value(cell);
        if (!Cells.isCluster(cell)) {
            if (wide == (CharacterWidth.of(value) == 2)) {
                text.utf8(value);
                return;
            }
            text.put(CELL);
            text.put(1 | (wide ? 0x80 : 0));
            text.utf8(value);
            return;
        }
        int[] codePoints = clusters.get(value);
        text.put(CELL);
        text.put(codePoints.length | (wide ? 0x80 : 0));
        for (int c : codePoints) text.utf8(c);
    }

    private void write(int runCount, long[] marks, StyleTable table) {
        if (lines == offsets.length) offsets = Arrays.copyOf(offsets, lines * 2);
        offsets[lines++] = data.size;
        data.varint(runCount);
        for (int i = 0; i < runCount; i++) {
            data.varint(index(runs[2 * i], table));
            data.varint(runs[2 * i + 1]);
        }
        data.varint(marks.length);
        for (long mark : marks) {
            data.varint(LineMarks.column(mark));
            data.put(LineMarks.kind(mark).number);
            data.varint(LineMarks.exitCode(mark) + 1L);
        }
        data.put(text.array, 0, text.size);
        textBytes += text.size;
    }

    private int addStyle(StyleTable table, int id) {
        int at = styleCount * BlockStyles.INTS;
        if (at == styles.length) styles = Arrays.copyOf(styles, Math.max(64, 2 * at));
        table.copy(id, styles, at);
        Hyperlink link = table.link(id);
        if (link != null) links.put(styleCount, link);
        return styleCount++;
    }

    private BlockStyles styles() {
        var linked = new @Nullable Hyperlink[links.isEmpty() ? 0 : styleCount];
        links.forEach((index, link) -> linked[index] = link);
        return new BlockStyles(Arrays.copyOf(styles, styleCount * BlockStyles.INTS), linked);
    }

    private int index(int id, StyleTable table) {
        if (id >= known.length) known = Arrays.copyOf(known, Math.max(id + 1, known.length * 2));
        if (known[id] == 0) {
            // One style may get two indexes when the table's numbers have changed in between.
            known[id] = 1 + addStyle(table, id);
        }
        return known[id] - 1;
    }

    /** Takes the last line away again and tells what it was. */
    void removeLast(LineSink sink) {
        if (lines == 0) throw new IllegalStateException("no line");
        int from = offsets[--lines];
        int text = HistoryBlock.decode(data.array, from, data.size, styles(), sink);
        textBytes -= data.size - text;
        data.size = from;
    }

    HistoryBlock build() {
        return new HistoryBlock(firstLine, data.toArray(), Arrays.copyOf(offsets, lines), styles());
    }

    /** A builder that goes on where the block ends. */
    static BlockBuilder reopen(HistoryBlock block) {
        var builder = new BlockBuilder(block.firstLine());
        builder.styleCount = block.styles().size();
        builder.styles = block.styles().packed();
        for (int i = 0; i < builder.styleCount; i++) {
            Hyperlink link = block.styles().get(i).link();
            if (link != null) builder.links.put(i, link);
        }
        builder.data.put(block.data());
        builder.offsets = Arrays.copyOf(block.offsets(), Math.max(64, block.lines()));
        builder.lines = block.lines();
        builder.textBytes = block.textBytes();
        return builder;
    }
}
