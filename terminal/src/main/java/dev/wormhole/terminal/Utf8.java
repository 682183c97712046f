package dev.wormhole.terminal;

import java.io.ByteArrayOutputStream;

/**
 * Decodes one UTF-8 character that may be split anywhere, by the table of well-formed sequences
 * (Unicode 3.9, table 3-7).
 *
 * <p>Owned by the thread that feeds the parser.
 */
final class Utf8 {

    /** More bytes are needed. */
    static final int PENDING = -1;

    /** The byte does not go on with the character, and is not taken. */
    static final int MALFORMED = -2;

    private static final int CONTINUATION = 0x3f;

    /** Continuation bytes the character still needs; 0: none is unfinished. */
    private int needed;

    private int taken;
    private int partial;
    private int lowest;
    private int highest;

    /**
     * The character of two to four bytes that lies whole in the array, or a negative number when
     * there is none; its bytes can be counted with {@link #length}.
     */
    static int whole(byte[] bytes, int from, int end) {
        int first = bytes[from] & 0xff;
        if (first < 0xc2) return MALFORMED;
        if (first < 0xe0) {
            if (from + 1 >= end || !isContinuation(bytes[from + 1])) return PENDING;
            return (first & 0x1f) << 6 | (bytes[from + 1] & CONTINUATION);
        }
        if (from + 2 >= end || !isContinuation(bytes[from + 1])) return PENDING;
        if (!isContinuation(bytes[from + 2])) return PENDING;
        int low = (bytes[from + 1] & CONTINUATION) << 6 | (bytes[from + 2] & CONTINUATION);
        if (first < 0xf0) {
            int codePoint = (first & 0x0f) << 12 | low;
            boolean isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
            return codePoint < 0x800 || isSurrogate ? MALFORMED : codePoint;
        }
        if (first > 0xf4) return MALFORMED;
        if (from + 3 >= end || !isContinuation(bytes[from + 3])) return PENDING;
        int codePoint = (first & 0x07) << 18 | low << 6 | (bytes[from + 3] & CONTINUATION);
        return codePoint < 0x10000 || codePoint > Character.MAX_CODE_POINT ? MALFORMED : codePoint;
    }

    /** The bytes of a character from U+0080 on. */
    static int length(int codePoint) {
        return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    boolean isPending() {
        return needed > 0;
    }

    /** Begins a character; false when none begins with this byte, 0x80 to 0xff. */
    boolean begin(int first) {
        if (first < 0xc2 || first > 0xf4) return false;
        taken = 1;
        needed = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
        partial = first & CONTINUATION >> needed;
        lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        return true;
    }

    /**
     * Takes the next byte: the character when it is complete, {@link #PENDING} or {@link
     * #MALFORMED}.
     */
    int next(byte b) {
        int value = b & 0xff;
        if (value < lowest || value > highest) {
            needed = 0;
            return MALFORMED;
        }
        lowest = 0x80;
        highest = 0xbf;
        partial = partial << 6 | (value & CONTINUATION);
        taken++;
        return --needed == 0 ? partial : PENDING;
    }

    /** The bytes of the unfinished character. */
    void write(ByteArrayOutputStream out) {
        if (needed == 0) return;
        int total = taken + needed;
        // The marker of a first byte: as many ones as the character has bytes.
        int marker = (0xff00 >> total) & 0xff;
        int shift = 6 * (taken - 1);
        out.write(marker | (partial >> shift));
        for (shift -= 6; shift >= 0; shift -= 6) {
            out.write(0x80 | ((partial >> shift) & CONTINUATION));
        }
    }

    private static boolean isContinuation(byte b) {
        return b < (byte) 0xc0;
    }
}
