package dev.wormhole.terminal;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The string that a parser is inside of: what introduced it and its bytes, up to a cap.
 *
 * <p>Owned by the thread that feeds the parser.
 */
final class ControlString {

    /** What a string begins with, and whether C0 controls are part of it. */
    enum Introducer {
        OSC(']'),
        DCS('P'),
        APC('_'),
        PM('^'),
        SOS('X');

        /** The byte after ESC. */
        final int code;

        Introducer(int code) {
            this.code = code;
        }
    }

    /** A buffer that grew past this is given back after its string: most strings are short. */
    private static final int KEPT_BUFFER = 4096;

    /** The two bytes of ST as a C1 control in UTF-8. */
    private static final int ST_LEAD = 0xc2;

    private static final int ST_TRAIL = 0x9c;

    /** A control that strings swallow, except device control strings, which keep it. */
    private static final int SWALLOWED = 0x01;

    private final int max;
    private Introducer introducer = Introducer.OSC;
    private byte[] bytes = new byte[256];
    private int length;
    private boolean usable;
    private int last;

    ControlString(int max) {
        this.max = max;
    }

    void begin(Introducer kind, boolean isUsable) {
        introducer = kind;
        usable = isUsable;
        length = 0;
        last = 0;
    }

    Introducer introducer() {
        return introducer;
    }

    /** The string so far; valid until the next call. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Whether it is well-formed and not longer than the cap. */
    boolean isWhole() {
        return usable && length <= max;
    }

    void append(byte[] from, int start, int end) {
        last = from[end - 1] & 0xff;
        int added = end - start;
        // One byte of grace: the first byte of U+009C is taken back.
        if (usable && added > max + 1 - length) usable = false;
        if (!usable) return;
        if (length + added > bytes.length) {
            int size = Math.max(length + added, 2 * bytes.length);
            bytes = Arrays.copyOf(bytes, Math.min(size, max + 1));
        }
        System.arraycopy(from, start, bytes, length, added);
        length += added;
    }

    /** A control inside the string, which only a device control string keeps. */
    void control(byte[] from, int at) {
        if (introducer == Introducer.DCS) append(from, at, at + 1);
        last = from[at];
    }

    /** Whether 0x9c comes right behind 0xc2: then both are U+009C, and the first is taken back. */
    boolean takeBackLead() {
        if (last != ST_LEAD) return false;
        if (usable) length--;
        return true;
    }

    void release() {
        if (bytes.length > KEPT_BUFFER) bytes = new byte[KEPT_BUFFER];
    }

    /** Whether it can still become whole; else it is only swallowed. */
    boolean isUsable() {
        return usable;
    }

    /**
     * The bytes behind the head that lead to this string. A device control string that is not
     * usable is to have a head that says so.
     */
    void write(ByteArrayOutputStream out) {
        if (!usable) {
            writeUnusable(out);
            return;
        }
        for (int i = 0; i < length; i++) {
            boolean isTerminator = i > 0 && isLead(i - 1) && (bytes[i] & 0xff) == ST_TRAIL;
            // There was a control between them, or they had ended the string.
            if (isTerminator) out.write(SWALLOWED);
            out.write(bytes[i]);
        }
        if (length > 0 && isLead(length - 1) && last != ST_LEAD) out.write(SWALLOWED);
    }

    private void writeUnusable(ByteArrayOutputStream out) {
        // Any bytes will do if they are too many: they are swallowed.
        int filler = introducer == Introducer.DCS ? 0 : max + 2;
        for (int i = 0; i < filler; i++) out.write('x');
        if (last == ST_LEAD) out.write(ST_LEAD);
    }

    private boolean isLead(int index) {
        return (bytes[index] & 0xff) == ST_LEAD;
    }
}
