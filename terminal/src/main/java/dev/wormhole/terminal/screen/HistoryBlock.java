package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.text.CharacterWidth;

import java.util.ArrayList;
import java.util.List;

/**
 * At most 256 logical lines of scrollback, compact and encoded as {@link BlockBuilder} says.
 *
 * <p>Immutable, safe from any thread.
 */
public final class HistoryBlock {

    /** First byte of an encoded block. */
    private static final int FORMAT = 1;

    /** No line is longer, see {@link History}; a block may be a line over its limit. */
    private static final int MAX_DATA = 64 << 20;

    private static final int MAX_STYLES = 1 << 20;

    private final long firstLine;
    private final byte[] data;
    private final int[] offsets;
    private final BlockStyles styles;
    private final int bytes;

    HistoryBlock(long firstLine, byte[] data, int[] offsets, BlockStyles styles) {
        this.firstLine = firstLine;
        this.data = data;
        this.offsets = offsets;
        this.styles = styles;
        bytes = data.length + 4 * offsets.length + styles.bytes() + 64;
    }

    /** Number of its first line. */
    public long firstLine() {
        return firstLine;
    }

    public int lines() {
        return offsets.length;
    }

    /** Number of the line after its last. */
    public long endLine() {
        return firstLine + offsets.length;
    }

    /** Bytes that it takes in memory, about. */
    public int bytes() {
        return bytes;
    }

    byte[] data() {
        return data;
    }

    int[] offsets() {
        return offsets;
    }

    BlockStyles styles() {
        return styles;
    }

    /** Tells one line, {@code firstLine() <= number < endLine()}. */
    public void line(long number, LineSink sink) {
        int i = (int) (number - firstLine);
        decode(data, offsets[i], end(i), styles, sink);
    }

    private int end(int i) {
        return i + 1 < offsets.length ? offsets[i + 1] : data.length;
    }

    /** What {@link #decode(long, byte[])} takes; uncompressed. */
    public byte[] encoded() {
        var out = new Bytes(data.length + 4 * offsets.length + 64);
        out.put(FORMAT);
        out.varint(styles.size());
        for (int i = 0; i < styles.size(); i++) StyleCodec.write(out, styles.get(i));
        out.varint(offsets.length);
        for (int i = 0; i < offsets.length; i++) {
            out.varint(end(i) - offsets[i]);
            out.put(data, offsets[i], end(i) - offsets[i]);
        }
        return out.toArray();
    }

    /**
     * The block that was encoded.
     *
     * @throws IllegalArgumentException if it is no block
     */
    public static HistoryBlock decode(long firstLine, byte[] encoded) {
        if (firstLine < 0) throw new IllegalArgumentException("firstLine: " + firstLine);
        var in = new Bytes.Reader(encoded, 0, encoded.length);
        if (in.get() != FORMAT) throw new IllegalArgumentException("not a block of this version");
        List<Style> styles = new ArrayList<>();
        int count = in.varint(Math.min(MAX_STYLES, encoded.length));
        for (int i = 0; i < count; i++) styles.add(StyleCodec.read(in));
        var offsets = new int[in.varint(Math.min(BlockBuilder.MAX_LINES, encoded.length))];
        var data = new Bytes(encoded.length);
        for (int i = 0; i < offsets.length; i++) {
            int length = in.varint(Math.min(MAX_DATA, encoded.length - in.at));
            if (length > encoded.length - in.at)
                throw new IllegalArgumentException("line " + i + " ends early");
            offsets[i] = data.size;
            data.put(encoded, in.at, length);
            in.at += length;
        }
        var block = new HistoryBlock(firstLine, data.toArray(), offsets, BlockStyles.of(styles));
        // What is no line must show now, not when somebody scrolls there.
        for (long n = firstLine; n < block.endLine(); n++) block.line(n, NOWHERE);
        return block;
    }

    private static final LineSink NOWHERE =
            new LineSink() {
                @Override
                public void blanks(int count, Style style) {}

                @Override
                public void cell(int[] codePoints, int length, boolean wide, Style style) {}
            };

    int textBytes() {
        int sum = 0;
        for (int i = 0; i < offsets.length; i++) {
            sum += end(i) - decode(data, offsets[i], end(i), styles, NOWHERE);
        }
        return sum;
    }

    /** Tells a line; where its text begins. */
    static int decode(byte[] data, int from, int end, BlockStyles styles, LineSink sink) {
        var in = new Bytes.Reader(data, from, end);
        var runs = new Runs(in, styles);
        int marks = in.varint(LineMarks.MAX);
        for (int i = 0; i < marks; i++) {
            int column = in.varint(History.MAX_LINE_CELLS * 2);
            MarkKind kind = LineMarks.kind(in.get());
            sink.mark(column, kind, in.varint(256) - 1);
        }
        int[] codePoints = new int[ClusterTable.MAX_LENGTH];
        int text = in.at;
        while (in.hasMore()) {
            int c = in.utf8();
            if (c == BlockBuilder.BLANKS) {
                int count = in.varint(History.MAX_LINE_CELLS * 2);
                // Blanks of two styles are two runs of blanks, so this is all of one style.
                sink.blanks(count, runs.next(count));
                continue;
            }
            int length = 1;
            boolean wide;
            if (c == BlockBuilder.CELL) {
                int head = in.get();
                length = head & 0x7f;
                wide = head >= 0x80;
                if (length < 1 || length > codePoints.length)
                    throw new IllegalArgumentException("cluster of " + length);
                for (int i = 0; i < length; i++) codePoints[i] = in.utf8();
            } else {
                codePoints[0] = c;
                wide = CharacterWidth.of(c) == 2;
            }
            sink.cell(codePoints, length, wide, runs.next(1));
        }
        return text;
    }

    /** The style runs at the head of a line. */
    private static final class Runs {

        private final BlockStyles styles;
        private final int[] runs;
        private int run;
        private int left;
        private Style style;

        Runs(Bytes.Reader in, BlockStyles styles) {
            this.styles = styles;
            int count = in.varint(History.MAX_LINE_CELLS * 2);
            var read = new int[Math.min(count, 64) * 2];
            for (int i = 0; i < count; i++) {
                if (2 * i == read.length) read = java.util.Arrays.copyOf(read, read.length * 2);
                read[2 * i] = in.varint(styles.size() - 1);
                read[2 * i + 1] = in.varint(History.MAX_LINE_CELLS * 2);
            }
            runs = count == 0 ? new int[0] : java.util.Arrays.copyOf(read, 2 * count);
            left = count == 0 ? 0 : runs[1];
            style = count == 0 ? Style.DEFAULT : styles.get(runs[0]);
        }

        Style next(int cells) {
            while (left == 0 && 2 * run + 2 < runs.length) {
                left = runs[2 * ++run + 1];
                style = styles.get(runs[2 * run]);
            }
            left = Math.max(0, left - cells);
            return style;
        }
    }
}
