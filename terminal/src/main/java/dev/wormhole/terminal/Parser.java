package dev.wormhole.terminal;

import java.util.Arrays;
import java.util.Objects;

/**
 * The state machine that turns a program's output into typed calls, after Paul Williams' diagram of
 * the DEC parsers. It knows the grammar and no meaning: no grid, no modes, no replies.
 *
 * <p>Owned by the thread that feeds it. It never throws on input, never loses its place, and holds
 * at most one string of the cap's size. The calls do not depend on how the input is split, except
 * that a printable run may come in pieces.
 *
 * <p>Where terminals differ it follows xterm in UTF-8 mode:
 *
 * <ul>
 *   <li>Bytes are UTF-8 first. U+0080 to U+009F, written as two bytes, are C1 controls and mean
 *       what ESC with the byte 0x40 below means; a bare byte 0x80 to 0x9F is malformed UTF-8, not a
 *       control.
 *   <li>Malformed UTF-8 becomes one U+FFFD for each maximal subpart (Unicode 3.9, WHATWG).
 *   <li>An OSC ends with BEL or ST, every other string with ST alone; inside a string of any kind
 *       U+009C is ST, every other C1 control is data.
 *   <li>CAN and SUB give up what is unfinished and are executed. ESC gives up what is unfinished
 *       and begins anew; a string is only dispatched when the ESC belongs to its ST.
 *   <li>A character from U+00A0 on inside a sequence gives the sequence up and is printed: a
 *       damaged sequence costs no text.
 * </ul>
 */
public final class Parser {

    /**
     * Long enough for titles, links and 48 KiB on the clipboard; a thousand hostile sessions stay
     * below 64 MiB.
     */
    public static final int DEFAULT_MAX_STRING = 64 * 1024;

    /**
     * A string buffer that grew past this is given back after its string: most strings are short.
     */
    private static final int KEPT_BUFFER = 4096;

    private static final int REPLACEMENT = 0xfffd;
    private static final int BEL = 0x07;
    private static final int CAN = 0x18;
    private static final int SUB = 0x1a;
    private static final int ESC = 0x1b;
    private static final int DEL = 0x7f;

    private enum State {
        GROUND,
        ESCAPE,
        ESCAPE_INTERMEDIATE,
        /** Just after CSI or DCS: a private marker is still possible. */
        ENTRY,
        PARAM,
        INTERMEDIATE,
        /** A malformed sequence, swallowed to its final byte. */
        IGNORE,
        STRING,
        /** ESC inside a string: the first half of ST, or the end of the string's chances. */
        STRING_ESCAPE
    }

    private enum Introducer {
        OSC,
        DCS,
        APC,
        PM,
        SOS
    }

    /**
     * What the output says, call by call. All methods do nothing by default. Arrays and views
     * belong to the parser and are valid only during the call; a handler must not feed the parser
     * that calls it.
     */
    public interface Handler {

        /** A run of printable ASCII, 0x20 to 0x7E, at {@code bytes[from..to)}. */
        default void printAscii(byte[] bytes, int from, int to) {}

        /** A printable character from U+00A0 on, or U+FFFD for what was malformed. */
        default void print(int codePoint) {}

        /**
         * A C0 control other than ESC, also one inside a sequence (then the parser is not in
         * ground), or DEL in ground.
         */
        default void execute(int control) {}

        /** An escape sequence: {@code intermediates << 8 | final}, packed as in {@link Csi#id}. */
        default void escape(int id) {}

        default void csi(Csi csi) {}

        /**
         * An operating system command, as written between introducer and terminator, without C0
         * controls.
         */
        default void osc(byte[] data, int length) {}

        /** A device control string: its head and what follows the head's final byte. */
        default void dcs(Csi head, byte[] data, int length) {}

        default void string(StringKind kind, byte[] data, int length) {}

        /**
         * A sequence or string that means nothing: given up (CAN, SUB, ESC or a foreign character
         * came first), malformed, or longer than the cap. {@link #position()} is where it ended,
         * before what gave it up.
         */
        default void discarded() {}
    }

    private final Handler handler;
    private final int maxString;
    private final Csi csi = new Csi();

    // Owned by the feeding thread.
    private State state = State.GROUND;
    private long position;

    /** The position of index 0 of the array being fed. */
    private long base;

    private boolean inDcs;
    private int escapeIntermediates;

    private Introducer introducer = Introducer.OSC;
    private byte[] string = new byte[256];
    private int stringLength;
    private boolean stringUsable;
    private int lastStringByte;

    /** Continuation bytes the unfinished character still needs; 0: none is unfinished. */
    private int needed;

    private int partial;
    private int lowest;
    private int highest;
    private long characterStart;

    public Parser(Handler handler) {
        this(handler, 0, DEFAULT_MAX_STRING);
    }

    /**
     * A parser that counts from the given position and keeps at most this many bytes of a string.
     */
    public Parser(Handler handler, long position, int maxString) {
        if (maxString < 1) throw new IllegalArgumentException("maxString: " + maxString);
        this.handler = handler;
        this.position = position;
        this.maxString = maxString;
    }

    public void feed(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        base = position - offset;
        int end = offset + length;
        int i = offset;
        while (i < end) {
            if (needed > 0) {
                i = continueCharacter(bytes[i], i);
            } else if (state == State.GROUND) {
                i = ground(bytes, i, end);
            } else if (state == State.STRING) {
                i = string(bytes, i, end);
            } else {
                i = sequence(bytes, i, end);
            }
        }
        position = base + end;
    }

    /** Whether nothing is unfinished: no sequence, no string, no character. */
    public boolean isGround() {
        return state == State.GROUND && needed == 0;
    }

    /**
     * Bytes consumed since the parser's start; inside a handler's call, the position just after the
     * byte that completed what the call reports.
     */
    public long position() {
        return position;
    }

    private int ground(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end) {
            byte b = bytes[i];
            if (isPrintable(b)) {
                int start = i;
                do i++;
                while (i < end && isPrintable(bytes[i]));
                position = base + i;
                handler.printAscii(bytes, start, i);
            } else if (b < 0) {
                i = character(bytes, i, end);
                if (state != State.GROUND || needed > 0) return i;
            } else if (b == ESC) {
                beginEscape();
                return i + 1;
            } else {
                i++;
                position = base + i;
                handler.execute(b);
            }
        }
        return i;
    }

    private static boolean isPrintable(byte b) {
        return b >= 0x20 && b != DEL;
    }

    /**
     * A character of two or three bytes that lies whole in the array; anything rarer goes byte by
     * byte.
     */
    private int character(byte[] bytes, int i, int end) {
        int first = bytes[i] & 0xff;
        characterStart = base + i;
        if (first >= 0xc2 && first < 0xe0 && i + 1 < end && isContinuation(bytes[i + 1])) {
            complete((first & 0x1f) << 6 | (bytes[i + 1] & 0x3f), base + i + 2);
            return i + 2;
        }
        if (first >= 0xe0
                && first < 0xf0
                && i + 2 < end
                && isContinuation(bytes[i + 1])
                && isContinuation(bytes[i + 2])) {
            int codePoint =
                    (first & 0x0f) << 12 | (bytes[i + 1] & 0x3f) << 6 | (bytes[i + 2] & 0x3f);
            if (codePoint >= 0x800 && (codePoint < 0xd800 || codePoint > 0xdfff)) {
                complete(codePoint, base + i + 3);
                return i + 3;
            }
        }
        beginCharacter(first, i);
        return i + 1;
    }

    private static boolean isContinuation(byte b) {
        return b < (byte) 0xc0;
    }

    /**
     * The first byte of a character, by the table of well-formed sequences (Unicode 3.9, table
     * 3-7).
     */
    private void beginCharacter(int first, int i) {
        characterStart = base + i;
        lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (first < 0xc2 || first > 0xf4) {
            complete(REPLACEMENT, base + i + 1);
        } else if (first < 0xe0) {
            needed = 1;
            partial = first & 0x1f;
        } else if (first < 0xf0) {
            needed = 2;
            partial = first & 0x0f;
        } else {
            needed = 3;
            partial = first & 0x07;
        }
    }

    private int continueCharacter(byte b, int i) {
        int value = b & 0xff;
        if (value < lowest || value > highest) {
            needed = 0;
            complete(REPLACEMENT, base + i);
            return i;
        }
        lowest = 0x80;
        highest = 0xbf;
        partial = partial << 6 | (value & 0x3f);
        if (--needed == 0) complete(partial, base + i + 1);
        return i + 1;
    }

    private void complete(int codePoint, long end) {
        if (state != State.GROUND) discard(characterStart);
        position = end;
        if (codePoint >= 0xa0) handler.print(codePoint);
        else escapeFinal(codePoint - 0x40);
    }

    /** Escape and control sequences; numbers, most of what is in them, go the short way. */
    private int sequence(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && state != State.GROUND && state != State.STRING && needed == 0) {
            if ((state == State.PARAM || state == State.ENTRY) && Csi.isParameter(bytes[i])) {
                state = State.PARAM;
                i = csi.parameters(bytes, i, end);
            } else {
                i = step(bytes[i], i);
            }
        }
        return i;
    }

    /** One byte inside an escape or control sequence, or after ESC in a string. */
    private int step(byte signed, int i) {
        int b = signed & 0xff;
        if (state == State.STRING_ESCAPE) return afterStringEscape(b, i);
        if (b >= 0x80) {
            beginCharacter(b, i);
        } else if (b == ESC) {
            discard(base + i);
            beginEscape();
        } else if (b == CAN || b == SUB) {
            discard(base + i);
            position = base + i + 1;
            handler.execute(b);
        } else if (b < 0x20) {
            if (!inDcs) {
                position = base + i + 1;
                handler.execute(b);
            }
        } else if (b != DEL) {
            position = base + i + 1;
            switch (state) {
                case ESCAPE -> escape(b);
                case ESCAPE_INTERMEDIATE -> escapeIntermediate(b);
                case ENTRY -> entry(b);
                case PARAM, INTERMEDIATE -> intermediate(b);
                case IGNORE -> ignore(b);
                case GROUND, STRING, STRING_ESCAPE -> throw new IllegalStateException(state.name());
            }
        }
        return i + 1;
    }

    private void beginEscape() {
        state = State.ESCAPE;
        inDcs = false;
        escapeIntermediates = 0;
    }

    private void escape(int b) {
        if (b < 0x30) escapeIntermediate(b);
        else escapeFinal(b);
    }

    private void escapeIntermediate(int b) {
        state = State.ESCAPE_INTERMEDIATE;
        if (b < 0x30) {
            // A third one is remembered as too many, whatever follows.
            if (escapeIntermediates <= 0xffff) escapeIntermediates = escapeIntermediates << 8 | b;
        } else if (escapeIntermediates > 0xffff) {
            discard(position);
        } else {
            state = State.GROUND;
            handler.escape(escapeIntermediates << 8 | b);
        }
    }

    /** The byte after ESC, or the C1 control that stands for both. */
    private void escapeFinal(int b) {
        switch (b) {
            case '[' -> beginSequence(false);
            case 'P' -> beginSequence(true);
            case ']' -> beginString(Introducer.OSC);
            case '_' -> beginString(Introducer.APC);
            case '^' -> beginString(Introducer.PM);
            case 'X' -> beginString(Introducer.SOS);
            default -> {
                state = State.GROUND;
                handler.escape(b);
            }
        }
    }

    private void beginSequence(boolean dcs) {
        state = State.ENTRY;
        inDcs = dcs;
        csi.clear();
    }

    private void entry(int b) {
        if (b >= '<' && b <= '?') {
            csi.marker(b);
            state = State.PARAM;
        } else {
            intermediate(b);
        }
    }

    /** What ends the parameters, or the sequence. */
    private void intermediate(int b) {
        if (b >= 0x40) {
            finish(b);
        } else if (b < 0x30 && csi.addIntermediate(b)) {
            state = State.INTERMEDIATE;
        } else if (inDcs) {
            // Its string has to be swallowed too.
            beginString(Introducer.DCS);
            stringUsable = false;
        } else {
            state = State.IGNORE;
        }
    }

    private void ignore(int b) {
        if (b >= 0x40) discard(position);
    }

    private void finish(int b) {
        csi.finalByte(b);
        if (inDcs) {
            beginString(Introducer.DCS);
        } else {
            state = State.GROUND;
            handler.csi(csi);
        }
    }

    private void beginString(Introducer kind) {
        state = State.STRING;
        introducer = kind;
        stringLength = 0;
        stringUsable = true;
        lastStringByte = 0;
    }

    private int string(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end) {
            int start = i;
            while (i < end && isStringData(bytes[i])) i++;
            if (i > start) append(bytes, start, i);
            if (i == end) break;
            int b = bytes[i++] & 0xff;
            if (b == ESC) {
                state = State.STRING_ESCAPE;
                return i;
            }
            if (b == BEL && introducer == Introducer.OSC) {
                endString(base + i);
                return i;
            }
            if (b == CAN || b == SUB) {
                discard(base + i - 1);
                position = base + i;
                handler.execute(b);
                return i;
            }
            if (b == 0x9c && lastStringByte == 0xc2) {
                // U+009C: its first byte was taken for data.
                if (stringUsable) stringLength--;
                endString(base + i);
                return i;
            }
            if (b >= 0x20 || introducer == Introducer.DCS) append(bytes, i - 1, i);
            lastStringByte = b;
        }
        return i;
    }

    /** Whether the byte cannot end a string or need a second look. */
    private static boolean isStringData(byte b) {
        return b >= 0x20 || (b < 0 && b != (byte) 0x9c);
    }

    private void append(byte[] bytes, int from, int to) {
        lastStringByte = bytes[to - 1] & 0xff;
        int length = to - from;
        // One byte of grace: the first byte of U+009C is taken back.
        if (stringUsable && length > maxString + 1 - stringLength) stringUsable = false;
        if (!stringUsable) return;
        if (stringLength + length > string.length) {
            int size = Math.max(stringLength + length, 2 * string.length);
            string = Arrays.copyOf(string, Math.min(size, maxString + 1));
        }
        System.arraycopy(bytes, from, string, stringLength, length);
        stringLength += length;
    }

    private int afterStringEscape(int b, int i) {
        if (b == '\\') {
            endString(base + i + 1);
            return i + 1;
        }
        discard(base + i - 1);
        beginEscape();
        return i;
    }

    private void endString(long end) {
        if (!stringUsable || stringLength > maxString) {
            discard(end);
            return;
        }
        state = State.GROUND;
        position = end;
        switch (introducer) {
            case OSC -> handler.osc(string, stringLength);
            case DCS -> handler.dcs(csi, string, stringLength);
            case APC -> handler.string(StringKind.APC, string, stringLength);
            case PM -> handler.string(StringKind.PM, string, stringLength);
            case SOS -> handler.string(StringKind.SOS, string, stringLength);
        }
        shrink();
    }

    private void discard(long end) {
        state = State.GROUND;
        position = end;
        handler.discarded();
        shrink();
    }

    private void shrink() {
        if (string.length > KEPT_BUFFER) string = new byte[KEPT_BUFFER];
    }
}
