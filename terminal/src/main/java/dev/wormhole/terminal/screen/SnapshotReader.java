package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.Csi;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The private strings of a snapshot ({@code DCS > kind w data ST}). Outside of a snapshot they mean
 * nothing, so that no program can forge them.
 *
 * <p>Owned by the screen's thread.
 */
final class SnapshotReader {

    static final int PRIVATE = '>' << 24 | 'w';

    /** The scrollback follows: {@code first;next}, the oldest line kept and the first one told. */
    static final int HISTORY = 1;

    /** A block of history ends here; with parameter 1 it is sealed. */
    static final int BLOCK_END = 2;

    /** The scrollback has been told; with parameter 1 its last line goes on at the top. */
    static final int HISTORY_END = 3;

    /** What follows is painted on the grid; before it, other terminals scroll. */
    static final int PAINT = 4;

    /** So many code points are one cell, a wide one or not. */
    static final int CELL = 5;

    /** A mark in a line of history: its kind, its status + 1. */
    static final int MARK = 6;

    /** {@link StateCodec}, in base 64. */
    static final int STATE = 7;

    private final State s;
    private final Writer writer;
    private final Strings strings;

    private int[] cell = {};
    private int taken;
    private boolean wide;

    /** The oldest line kept. */
    private long first;

    SnapshotReader(State state, Writer writer, Strings strings) {
        s = state;
        this.writer = writer;
        this.strings = strings;
    }

    void take(Csi head, byte[] data, int length) {
        if (!s.restoring) return;
        try {
            String text = new String(data, 0, length, StandardCharsets.ISO_8859_1);
            switch (head.param(0, 0)) {
                case HISTORY -> begin(text);
                case BLOCK_END -> s.history.restoreBlockEnd(head.param(1, 0) == 1);
                case HISTORY_END -> {
                    LineRecorder recorder = s.recorder;
                    if (recorder != null) {
                        if (head.param(1, 0) == 1) recorder.keep();
                        recorder.mute();
                        s.history.restoreFirstLine(first, s.keepHistory);
                    }
                }
                case PAINT -> s.recorder = null;
                case CELL -> expect(head.param(1, 0), head.param(2, 0) == 1);
                case MARK ->
                        strings.mark(
                                LineMarks.kind(head.param(1, 0)),
                                Math.min(256, head.param(2, 0)) - 1);
                case STATE -> StateCodec.read(Base64.getDecoder().decode(text), s);
                default -> {}
            }
        } catch (IllegalArgumentException e) {
            // Not one of ours: what the standard sequences say stands, and a hash will tell.
            s.recorder = null;
        }
    }

    private void begin(String text) {
        String[] numbers = text.split(";", 2);
        if (numbers.length != 2) throw new IllegalArgumentException("history: " + text);
        first = Long.parseLong(numbers[0]);
        long next = Long.parseLong(numbers[1]);
        if (first < 0 || next < 0) throw new IllegalArgumentException("history: " + text);
        s.history.restart(next, s.keepHistory);
        s.recorder = new LineRecorder(s.history, false);
    }

    private void expect(int count, boolean isWide) {
        if (count < 1 || count > ClusterTable.MAX_LENGTH) {
            throw new IllegalArgumentException("cell of " + count);
        }
        cell = new int[count];
        taken = 0;
        wide = isWide;
    }

    boolean takes(int codePoint) {
        if (taken == cell.length) return false;
        cell[taken++] = codePoint;
        if (taken == cell.length) {
            writer.cell(cell, wide);
            cell = new int[0];
            taken = 0;
        }
        return true;
    }

    boolean takes(byte[] bytes, int from, int to) {
        if (taken == cell.length) return false;
        int i = from;
        while (i < to && takes(bytes[i])) i++;
        if (i < to) writer.ascii(bytes, i, to);
        return true;
    }

    /** The snapshot has ended: nothing is expected any more. */
    void end() {
        cell = new int[0];
        taken = 0;
    }
}
