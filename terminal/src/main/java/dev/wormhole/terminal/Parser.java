package dev.wormhole.terminal;

import dev.wormhole.terminal.ControlString.Introducer;

import java.io.ByteArrayOutputStream;
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

    private static final int REPLACEMENT = 0xfffd;
    private static final int BEL = 0x07;
    private static final int CAN = 0x18;
    private static final int SUB = 0x1a;
    private static final int ESC = 0x1b;
    private static final int DEL = 0x7f;

    private enum State {
        GROUND,
        SEQUENCE,
        STRING,
        /** ESC inside a string: the first half of ST, or the end of the string's chances. */
        STRING_ESCAPE
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

        /**
         * The same, told how it ended: an answer ends as its question did. The parser calls this
         * one.
         *
         * @param bell whether BEL ended it, not ST
         */
        default void osc(byte[] data, int length, boolean bell) {
            osc(data, length);
        }

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
    private final Sequence sequence = new Sequence();
    private final Utf8 character = new Utf8();
    private final ControlString string;

    // Owned by the feeding thread.
    private State state = State.GROUND;
    private long position;

    /** The position of index 0 of the array being fed. */
    private long base;

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
        string = new ControlString(maxString);
    }

    public void feed(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        base = position - offset;
        int end = offset + length;
        int i = offset;
        while (i < end) {
            if (character.isPending()) {
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
        return state == State.GROUND && !character.isPending();
    }

    /**
     * Bytes consumed since the parser's start; inside a handler's call, the position just after the
     * byte that completed what the call reports.
     */
    public long position() {
        return position;
    }

    /**
     * The bytes that bring a new parser with the same cap into the state of this one; none in
     * ground. They are made from the state, so controls that have been executed inside a sequence
     * are not repeated, and the numbers of a sequence stand in their shortest form.
     */
    public byte[] unfinished() {
        var out = new ByteArrayOutputStream();
        switch (state) {
            case GROUND -> {}
            case SEQUENCE -> sequence.write(out);
            case STRING, STRING_ESCAPE -> {
                sequence.writeHead(out, string.isUsable());
                string.write(out);
                if (state == State.STRING_ESCAPE) out.write(ESC);
            }
        }
        character.write(out);
        return out.toByteArray();
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
                if (!isGround()) return i;
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

    /** A character that lies whole in the array; anything rarer goes byte by byte. */
    private int character(byte[] bytes, int i, int end) {
        characterStart = base + i;
        int codePoint = Utf8.whole(bytes, i, end);
        if (codePoint < 0) {
            beginCharacter(bytes[i] & 0xff, i);
            return i + 1;
        }
        int next = i + Utf8.length(codePoint);
        complete(codePoint, base + next);
        return next;
    }

    private void beginCharacter(int first, int i) {
        characterStart = base + i;
        if (!character.begin(first)) complete(REPLACEMENT, base + i + 1);
    }

    private int continueCharacter(byte b, int i) {
        int codePoint = character.next(b);
        if (codePoint == Utf8.MALFORMED) {
            complete(REPLACEMENT, base + i);
            return i;
        }
        if (codePoint != Utf8.PENDING) complete(codePoint, base + i + 1);
        return i + 1;
    }

    private void complete(int codePoint, long end) {
        if (state != State.GROUND) discard(characterStart);
        position = end;
        if (codePoint >= 0xa0) handler.print(codePoint);
        else {
            sequence.begin();
            become(sequence.take(codePoint - 0x40));
        }
    }

    /** What is behind ESC, also inside a string. */
    private int sequence(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && isInSequence()) {
            if (state == State.SEQUENCE) i = sequence.parameters(bytes, i, end);
            if (i < end) i = step(bytes[i], i);
        }
        return i;
    }

    private boolean isInSequence() {
        boolean isBehindEscape = state == State.SEQUENCE || state == State.STRING_ESCAPE;
        return isBehindEscape && !character.isPending();
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
            if (sequence.executesControls()) {
                position = base + i + 1;
                handler.execute(b);
            }
        } else if (b != DEL) {
            position = base + i + 1;
            become(sequence.take(b));
        }
        return i + 1;
    }

    private void beginEscape() {
        state = State.SEQUENCE;
        sequence.begin();
    }

    private void become(Sequence.Outcome outcome) {
        switch (outcome) {
            case GOES_ON -> state = State.SEQUENCE;
            case ESCAPE -> {
                state = State.GROUND;
                handler.escape(sequence.id());
            }
            case CSI -> {
                state = State.GROUND;
                handler.csi(sequence.csi());
            }
            case STRING, BAD_STRING -> {
                state = State.STRING;
                string.begin(sequence.introducer(), outcome == Sequence.Outcome.STRING);
            }
            case MALFORMED -> discard(position);
        }
    }

    private int string(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end) {
            int start = i;
            while (i < end && isStringData(bytes[i])) i++;
            if (i > start) string.append(bytes, start, i);
            if (i == end) break;
            int b = bytes[i++] & 0xff;
            if (b == ESC) {
                state = State.STRING_ESCAPE;
                return i;
            }
            if (b == BEL && string.introducer() == Introducer.OSC) {
                endString(base + i, true);
                return i;
            }
            if (b == CAN || b == SUB) {
                discard(base + i - 1);
                position = base + i;
                handler.execute(b);
                return i;
            }
            if (b < 0x20) {
                string.control(bytes, i - 1);
            } else if (string.takeBackLead()) {
                endString(base + i, false);
                return i;
            } else {
                string.append(bytes, i - 1, i);
            }
        }
        return i;
    }

    /** Whether the byte cannot end a string or need a second look. */
    private static boolean isStringData(byte b) {
        return b >= 0x20 || (b < 0 && b != (byte) 0x9c);
    }

    private int afterStringEscape(int b, int i) {
        if (b == '\\') {
            endString(base + i + 1, false);
            return i + 1;
        }
        discard(base + i - 1);
        beginEscape();
        return i;
    }

    private void endString(long end, boolean bell) {
        if (!string.isWhole()) {
            discard(end);
            return;
        }
        state = State.GROUND;
        position = end;
        byte[] bytes = string.bytes();
        int length = string.length();
        switch (string.introducer()) {
            case OSC -> handler.osc(bytes, length, bell);
            case DCS -> handler.dcs(sequence.csi(), bytes, length);
            case APC -> handler.string(StringKind.APC, bytes, length);
            case PM -> handler.string(StringKind.PM, bytes, length);
            case SOS -> handler.string(StringKind.SOS, bytes, length);
        }
        string.release();
    }

    private void discard(long end) {
        state = State.GROUND;
        position = end;
        handler.discarded();
        string.release();
    }
}
