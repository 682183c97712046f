package dev.wormhole.terminal;

/**
 * The modes that decide what a key sends.
 *
 * <p>Immutable.
 *
 * @param applicationCursor DECCKM: arrows, Home and End send SS3
 * @param applicationKeypad DECKPAM: the keypad sends SS3
 * @param newline LNM: Enter sends CR LF
 * @param backarrowIsBackspace DECBKM: Backspace sends BS, Ctrl+Backspace DEL, instead of the other
 *     way round
 * @param altSendsEscape Alt and Meta put ESC before text (xterm's resource, modes 1036 and 1039),
 *     instead of adding 128
 * @param kittyFlags the progressive enhancements of the kitty keyboard protocol, 0 to 31; any takes
 *     the place of the two below
 * @param modifyOtherKeys xterm's level, 0 to 2
 * @param formatOtherKeys how it is written: 0 {@code CSI 27;…~}, 1 {@code CSI …u}
 */
public record KeyModes(
        boolean applicationCursor,
        boolean applicationKeypad,
        boolean newline,
        boolean backarrowIsBackspace,
        boolean altSendsEscape,
        int kittyFlags,
        int modifyOtherKeys,
        int formatOtherKeys) {

    /** A terminal just reset. */
    public static final KeyModes DEFAULT = new KeyModes(false, false, false, false, true);

    public KeyModes {
        check("kittyFlags", kittyFlags, 31);
        check("modifyOtherKeys", modifyOtherKeys, 2);
        check("formatOtherKeys", formatOtherKeys, 1);
    }

    /** Without what programs ask for beyond the modes of DEC. */
    public KeyModes(
            boolean applicationCursor,
            boolean applicationKeypad,
            boolean newline,
            boolean backarrowIsBackspace,
            boolean altSendsEscape) {
        this(
                applicationCursor,
                applicationKeypad,
                newline,
                backarrowIsBackspace,
                altSendsEscape,
                0,
                0,
                0);
    }

    private static void check(String name, int value, int max) {
        if (value < 0 || value > max) throw new IllegalArgumentException(name + ": " + value);
    }

    public KeyModes withApplicationCursor(boolean on) {
        return new KeyModes(
                on,
                applicationKeypad,
                newline,
                backarrowIsBackspace,
                altSendsEscape,
                kittyFlags,
                modifyOtherKeys,
                formatOtherKeys);
    }

    public KeyModes withApplicationKeypad(boolean on) {
        return new KeyModes(
                applicationCursor,
                on,
                newline,
                backarrowIsBackspace,
                altSendsEscape,
                kittyFlags,
                modifyOtherKeys,
                formatOtherKeys);
    }

    public KeyModes withNewline(boolean on) {
        return new KeyModes(
                applicationCursor,
                applicationKeypad,
                on,
                backarrowIsBackspace,
                altSendsEscape,
                kittyFlags,
                modifyOtherKeys,
                formatOtherKeys);
    }

    public KeyModes withBackarrowIsBackspace(boolean on) {
        return new KeyModes(
                applicationCursor,
                applicationKeypad,
                newline,
                on,
                altSendsEscape,
                kittyFlags,
                modifyOtherKeys,
                formatOtherKeys);
    }

    public KeyModes withAltSendsEscape(boolean on) {
        return new KeyModes(
                applicationCursor,
                applicationKeypad,
                newline,
                backarrowIsBackspace,
                on,
                kittyFlags,
                modifyOtherKeys,
                formatOtherKeys);
    }

    public KeyModes withKittyFlags(int value) {
        return new KeyModes(
                applicationCursor,
                applicationKeypad,
                newline,
                backarrowIsBackspace,
                altSendsEscape,
                value,
                modifyOtherKeys,
                formatOtherKeys);
    }

    public KeyModes withModifyOtherKeys(int value) {
        return new KeyModes(
                applicationCursor,
                applicationKeypad,
                newline,
                backarrowIsBackspace,
                altSendsEscape,
                kittyFlags,
                value,
                formatOtherKeys);
    }

    public KeyModes withFormatOtherKeys(int value) {
        return new KeyModes(
                applicationCursor,
                applicationKeypad,
                newline,
                backarrowIsBackspace,
                altSendsEscape,
                kittyFlags,
                modifyOtherKeys,
                value);
    }
}
