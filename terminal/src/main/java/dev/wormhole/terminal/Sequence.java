package dev.wormhole.terminal;

import dev.wormhole.terminal.ControlString.Introducer;

import java.io.ByteArrayOutputStream;

/**
 * One escape or control sequence, or the head of a string, from ESC to its final byte. It takes the
 * bytes that belong to sequences, 0x20 to 0x7e; what controls and other bytes do is the parser's
 * business.
 *
 * <p>Owned by the thread that feeds the parser.
 */
final class Sequence {

    /** What a byte has made of the sequence. */
    enum Outcome {
        GOES_ON,
        /** An escape sequence is complete: {@link #id}. */
        ESCAPE,
        /** A control sequence is complete: {@link #csi}. */
        CSI,
        /** A string begins: {@link #introducer}, for a device control string with {@link #csi}. */
        STRING,
        /** A device control string begins whose head is malformed: it has to be swallowed. */
        BAD_STRING,
        /** The sequence means nothing. */
        MALFORMED
    }

    private enum State {
        ESCAPE,
        ESCAPE_INTERMEDIATE,
        /** Just after CSI or DCS: a private marker is still possible. */
        ENTRY,
        PARAM,
        INTERMEDIATE,
        /** A malformed sequence, swallowed to its final byte. */
        IGNORE
    }

    private static final int ESC = 0x1b;

    /** Two intermediates are legal. */
    private static final int MAX_INTERMEDIATES = 0xffff;

    private final Csi csi = new Csi();
    private State state = State.ESCAPE;
    private boolean inDcs;
    private int intermediates;
    private int finalByte;
    private Introducer introducer = Introducer.OSC;

    /** As after ESC. */
    void begin() {
        state = State.ESCAPE;
        inDcs = false;
        intermediates = 0;
    }

    /** Whether C0 controls are executed inside it: not in the head of a device control string. */
    boolean executesControls() {
        return !inDcs;
    }

    /** {@code intermediates << 8 | final} of an escape sequence. */
    int id() {
        return intermediates << 8 | finalByte;
    }

    Csi csi() {
        return csi;
    }

    Introducer introducer() {
        return introducer;
    }

    /**
     * Takes parameter bytes, most of what is in sequences, from here on and says where they end.
     */
    int parameters(byte[] bytes, int from, int end) {
        boolean isPlace = state == State.PARAM || state == State.ENTRY;
        if (!isPlace || !Csi.isParameter(bytes[from])) return from;
        state = State.PARAM;
        return csi.parameters(bytes, from, end);
    }

    /** Takes a byte, 0x20 to 0x7e, that is no parameter where one could stand. */
    Outcome take(int b) {
        return switch (state) {
            case ESCAPE -> b < 0x30 ? escapeIntermediate(b) : escapeFinal(b);
            case ESCAPE_INTERMEDIATE -> escapeIntermediate(b);
            case ENTRY -> entry(b);
            case PARAM, INTERMEDIATE -> intermediate(b);
            case IGNORE -> b < 0x40 ? Outcome.GOES_ON : Outcome.MALFORMED;
        };
    }

    private Outcome escapeIntermediate(int b) {
        state = State.ESCAPE_INTERMEDIATE;
        boolean tooMany = intermediates > MAX_INTERMEDIATES;
        if (b < 0x30) {
            // A third one is remembered as too many, whatever follows.
            if (!tooMany) intermediates = intermediates << 8 | b;
            return Outcome.GOES_ON;
        }
        finalByte = b;
        return tooMany ? Outcome.MALFORMED : Outcome.ESCAPE;
    }

    /** The byte after ESC. */
    private Outcome escapeFinal(int b) {
        return switch (b) {
            case '[' -> head(false);
            case 'P' -> head(true);
            case ']' -> string(Introducer.OSC);
            case '_' -> string(Introducer.APC);
            case '^' -> string(Introducer.PM);
            case 'X' -> string(Introducer.SOS);
            default -> {
                finalByte = b;
                yield Outcome.ESCAPE;
            }
        };
    }

    private Outcome head(boolean dcs) {
        state = State.ENTRY;
        inDcs = dcs;
        csi.clear();
        return Outcome.GOES_ON;
    }

    private Outcome string(Introducer kind) {
        introducer = kind;
        return Outcome.STRING;
    }

    private Outcome entry(int b) {
        if (b < '<' || b > '?') return intermediate(b);
        csi.marker(b);
        state = State.PARAM;
        return Outcome.GOES_ON;
    }

    /** What ends the parameters, or the sequence. */
    private Outcome intermediate(int b) {
        if (b >= 0x40) {
            csi.finalByte(b);
            return inDcs ? string(Introducer.DCS) : Outcome.CSI;
        }
        if (b < 0x30 && csi.addIntermediate(b)) {
            state = State.INTERMEDIATE;
            return Outcome.GOES_ON;
        }
        if (inDcs) {
            introducer = Introducer.DCS;
            return Outcome.BAD_STRING;
        }
        state = State.IGNORE;
        return Outcome.GOES_ON;
    }

    /** The bytes that lead here, from ESC on. */
    void write(ByteArrayOutputStream out) {
        out.write(ESC);
        switch (state) {
            case ESCAPE, ESCAPE_INTERMEDIATE -> {
                for (int shift = 16; shift >= 0; shift -= 8) {
                    int intermediate = intermediates >> shift & 0xff;
                    if (intermediate != 0) out.write(intermediate);
                }
            }
            case ENTRY, PARAM, INTERMEDIATE -> {
                out.write(inDcs ? 'P' : '[');
                csi.write(out);
            }
            // A marker behind a parameter is malformed in the shortest way.
            case IGNORE -> out.writeBytes(new byte[] {'[', '0', '?'});
        }
    }

    /** The bytes of the string's head that has been completed, from ESC on. */
    void writeHead(ByteArrayOutputStream out, boolean isUsable) {
        out.write(ESC);
        out.write(introducer.code);
        if (introducer != Introducer.DCS) return;
        if (isUsable) {
            csi.write(out);
            out.write(csi.finalByte());
        } else {
            out.writeBytes(new byte[] {'0', '?'});
        }
    }
}
