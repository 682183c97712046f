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
 */
public record KeyModes(
        boolean applicationCursor,
        boolean applicationKeypad,
        boolean newline,
        boolean backarrowIsBackspace,
        boolean altSendsEscape) {

    /** A terminal just reset. */
    public static final KeyModes DEFAULT = new KeyModes(false, false, false, false, true);

    public KeyModes withApplicationCursor(boolean on) {
        return new KeyModes(on, applicationKeypad, newline, backarrowIsBackspace, altSendsEscape);
    }

    public KeyModes withApplicationKeypad(boolean on) {
        return new KeyModes(applicationCursor, on, newline, backarrowIsBackspace, altSendsEscape);
    }

    public KeyModes withNewline(boolean on) {
        return new KeyModes(
                applicationCursor, applicationKeypad, on, backarrowIsBackspace, altSendsEscape);
    }

    public KeyModes withBackarrowIsBackspace(boolean on) {
        return new KeyModes(applicationCursor, applicationKeypad, newline, on, altSendsEscape);
    }

    public KeyModes withAltSendsEscape(boolean on) {
        return new KeyModes(
                applicationCursor, applicationKeypad, newline, backarrowIsBackspace, on);
    }
}
