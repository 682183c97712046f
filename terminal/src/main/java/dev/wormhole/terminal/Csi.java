package dev.wormhole.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The parameters, marker, intermediates and final byte of one control sequence, also of the head of
 * a device control string. A view into the parser: valid only during the call that hands it over.
 *
 * <p>Owned by the thread that feeds the parser.
 */
public final class Csi {

    /** Parameters past this many are ignored; xterm keeps 30, the VT525 16. */
    public static final int MAX_PARAMS = 32;

    /** Larger numbers become this one, as in xterm: no screen, colour or mode number is larger. */
    public static final int MAX_VALUE = 65_535;

    private static final int EMPTY = -1;

    /** A second intermediate is legal, a third is not (Williams). */
    private static final int MAX_INTERMEDIATES = 0xffff;

    private final int[] values = new int[MAX_PARAMS];
    private int subMask;
    private int count;
    private boolean full;
    private int marker;
    private int intermediates;
    private int finalByte;

    Csi() {}

    /**
     * What to switch on: {@code marker << 24 | intermediates << 8 | final}, so that {@code CSI m}
     * is {@code 'm'}, {@code CSI ? h} is {@code '?' << 24 | 'h'} and {@code CSI SP q} is {@code ' '
     * << 8 | 'q'}. Two intermediates stand in the order of the sequence.
     */
    public int id() {
        return marker << 24 | intermediates << 8 | finalByte;
    }

    /** The private marker, one of {@code < = > ?}, or 0. */
    public int marker() {
        return marker;
    }

    /** 0, one intermediate, or {@code first << 8 | second}. */
    public int intermediates() {
        return intermediates;
    }

    public int finalByte() {
        return finalByte;
    }

    /**
     * The number of parameters, sub-parameters and empty ones included; 0 when none was written.
     */
    public int count() {
        return count;
    }

    /** Whether the parameter was written with a number. */
    public boolean has(int index) {
        return index < count && values[index] != EMPTY;
    }

    /** The parameter's number, or the default when it is empty or missing. */
    public int param(int index, int defaultValue) {
        return has(index) ? values[index] : defaultValue;
    }

    /** Whether a colon, not a semicolon, joins the parameter to the one before it. */
    public boolean isSub(int index) {
        return index < count && (subMask >>> index & 1) != 0;
    }

    void clear() {
        count = 0;
        subMask = 0;
        full = false;
        marker = 0;
        intermediates = 0;
        finalByte = 0;
    }

    void marker(int value) {
        marker = value;
    }

    /** False when there are too many. */
    boolean addIntermediate(int value) {
        intermediates = intermediates << 8 | value;
        return intermediates <= MAX_INTERMEDIATES;
    }

    /** Whether the byte belongs to the parameters: digits, colon, semicolon. */
    static boolean isParameter(byte b) {
        return b >= '0' && b <= ';';
    }

    /** Takes the parameter bytes from here on and says where they end. */
    int parameters(byte[] bytes, int from, int end) {
        if (count == 0) start(false);
        int value = values[count - 1];
        int i = from;
        for (; i < end && isParameter(bytes[i]); i++) {
            byte b = bytes[i];
            if (full) continue;
            if (b <= '9') {
                value = Math.min(Math.max(value, 0) * 10 + b - '0', MAX_VALUE);
                continue;
            }
            values[count - 1] = value;
            if (count == MAX_PARAMS) full = true;
            else start(b == ':');
            value = EMPTY;
        }
        if (!full) values[count - 1] = value;
        return i;
    }

    void finalByte(int value) {
        finalByte = value;
    }

    private void start(boolean colon) {
        values[count] = EMPTY;
        if (colon) subMask |= 1 << count;
        count++;
    }

    /** The bytes behind the introducer that lead here, without the final one. */
    void write(ByteArrayOutputStream out) {
        if (marker != 0) out.write(marker);
        for (int i = 0; i < count; i++) {
            if (i > 0) out.write(isSub(i) ? ':' : ';');
            if (!has(i)) continue;
            String number = Integer.toString(values[i]);
            out.writeBytes(number.getBytes(StandardCharsets.US_ASCII));
        }
        // What comes after the last parameter there is room for is ignored.
        if (full) out.write(';');
        if (intermediates > 0xff) out.write(intermediates >> 8);
        if (intermediates != 0) out.write(intermediates);
    }

    /** The sequence as it would be written, for messages and tests. */
    @Override
    public String toString() {
        var text = new StringBuilder("CSI ");
        if (marker != 0) text.append((char) marker);
        for (int i = 0; i < count; i++) {
            if (i > 0) text.append(isSub(i) ? ':' : ';');
            if (has(i)) text.append(values[i]);
        }
        if (intermediates > 0xff) text.append((char) (intermediates >> 8));
        if (intermediates != 0) text.append((char) (intermediates & 0xff));
        return text.append((char) finalByte).toString();
    }
}
