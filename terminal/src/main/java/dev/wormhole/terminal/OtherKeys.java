package dev.wormhole.terminal;

import java.nio.charset.StandardCharsets;

/**
 * What keys with modifiers send to a program that has asked for xterm's modifyOtherKeys (ctlseqs,
 * {@code CSI > 4 ; Pv m}; which keys at which level was read off xterm 379). Keys that have
 * parameters anyway, such as arrows, and those that no level changes are sent as without it.
 *
 * <p>Pure.
 */
final class OtherKeys {

    private static final Modifiers ALT_OR_META = Modifiers.ALT.plus(Modifiers.META);
    private static final Modifiers NOT_XTERMS =
            Modifiers.HYPER.plus(Modifiers.CAPS_LOCK).plus(Modifiers.NUM_LOCK);

    private OtherKeys() {}

    static byte[] encode(KeyStroke stroke, KeyModes modes) {
        Modifiers held = stroke.modifiers().without(NOT_XTERMS);
        int code = code(stroke, held, modes);
        if (code < 0) return KeyEncoder.legacy(stroke, modes);
        boolean isEverything = modes.modifyOtherKeys() == 2;
        Modifiers told = isEverything ? everything(code, held) : some(code, held, modes);
        if (told.equals(Modifiers.NONE)) return KeyEncoder.legacy(stroke, modes);
        int parameter = told.parameter();
        String sequence =
                modes.formatOtherKeys() == 1
                        ? "\033[" + code + ";" + parameter + "u"
                        : "\033[27;" + parameter + ";" + code + "~";
        return sequence.getBytes(StandardCharsets.US_ASCII);
    }

    /** The character of the key, -1 for a key that has none of its own. */
    private static int code(KeyStroke stroke, Modifiers held, KeyModes modes) {
        return switch (stroke) {
            case KeyStroke.Text(String text, _, _, _) -> {
                boolean isOne = !text.isEmpty() && text.codePointCount(0, text.length()) == 1;
                int codePoint = isOne ? text.codePointAt(0) : -1;
                yield LegacyKeys.isSurrogate(codePoint) ? -1 : codePoint;
            }
            case KeyStroke.Named(Key key, _, _) ->
                    switch (key) {
                        case ENTER -> '\r';
                        case TAB -> '\t';
                        case ESCAPE -> 0x1b;
                        case BACKSPACE -> LegacyKeys.backspace(held, modes).charAt(0);
                        default -> -1;
                    };
        };
    }

    /** Level 2: the modifiers to tell, none for a key that is sent as it always was. */
    private static Modifiers everything(int code, Modifiers held) {
        boolean isShift = held.equals(Modifiers.SHIFT);
        boolean isSame =
                switch (code) {
                    // These have bytes of their own.
                    case '\t' -> isShift;
                    case '\b', 0x7f -> held.equals(Modifiers.CTRL);
                    case '\r', 0x1b, ' ' -> false;
                    // Shift is in the text, but xterm tells it where Ctrl could make a control.
                    default -> isShift && (code < 0x40 || code > 0x7f);
                };
        return isSame ? Modifiers.NONE : held;
    }

    /**
     * Level 1: as at level 2, but for keys that say something with their modifiers already. Alt is
     * not told where it is an ESC before the text; then nothing else is told instead of that ESC.
     */
    private static Modifiers some(int code, Modifiers held, KeyModes modes) {
        boolean isAlt = held.alt() || held.meta();
        Modifiers told = modes.altSendsEscape() ? held.without(ALT_OR_META) : held;
        return switch (code) {
            case '\r' -> isAlt ? told.without(Modifiers.CTRL).without(ALT_OR_META) : told;
            case '\t' -> isAlt || held.shift() ? Modifiers.NONE : told;
            case '\b', 0x7f -> Modifiers.NONE;
            case 0x1b -> isAlt && isMore(held) ? told : Modifiers.NONE;
            default -> {
                boolean isControl = code >= 0x40 && code < 0x7f;
                boolean isAlias = isAlias(code) && (!isAlt || told.equals(Modifiers.CTRL));
                yield !held.ctrl() || isControl || isAlias ? Modifiers.NONE : told;
            }
        };
    }

    private static boolean isMore(Modifiers held) {
        return !held.without(ALT_OR_META).equals(Modifiers.NONE);
    }

    /** Characters that the X library makes controls of, although they are none less 64. */
    private static boolean isAlias(int code) {
        return code == ' ' || code == '/' || (code >= '2' && code <= '8');
    }
}
