package dev.wormhole.terminal;

import java.nio.charset.StandardCharsets;

/**
 * What a key sends to a program that has asked for nothing: what xterm sends with its default
 * resources, Backspace as DEL, and Alt as ESC (ctlseqs, "Special Keyboard Keys" and "PC-Style
 * Function Keys"; details the manual leaves open were read off xterm 379).
 *
 * <p>Pure.
 */
final class LegacyKeys {

    private static final byte[] NOTHING = new byte[0];

    private LegacyKeys() {}

    /** The bytes to type; empty for a key that sends nothing, such as a modifier alone. */
    static byte[] named(Key key, Modifiers modifiers, KeyModes modes) {
        return switch (key) {
            case ENTER -> meta(modes.newline() ? "\r\n" : "\r", modifiers, modes);
            // Shift wins over Alt, whose ESC xterm does not send here.
            case TAB -> modifiers.shift() ? ascii("\033[Z") : meta("\t", modifiers, modes);
            case BACKSPACE -> meta(backspace(modifiers, modes), modifiers, modes);
            case ESCAPE -> meta("\033", modifiers, modes);

            case UP, KP_UP -> cursor('A', modifiers, modes);
            case DOWN, KP_DOWN -> cursor('B', modifiers, modes);
            case RIGHT, KP_RIGHT -> cursor('C', modifiers, modes);
            case LEFT, KP_LEFT -> cursor('D', modifiers, modes);
            case KP_BEGIN -> cursor('E', modifiers, modes);
            case END, KP_END -> cursor('F', modifiers, modes);
            case HOME, KP_HOME -> cursor('H', modifiers, modes);

            case INSERT, KP_INSERT -> tilde(2, modifiers);
            case DELETE, KP_DELETE -> tilde(3, modifiers);
            case PAGE_UP, KP_PAGE_UP -> tilde(5, modifiers);
            case PAGE_DOWN, KP_PAGE_DOWN -> tilde(6, modifiers);
            // The Menu key is DEC's Do, which shares its number with F16.
            case MENU -> tilde(29, modifiers);

            case F1 -> function('P', modifiers);
            case F2 -> function('Q', modifiers);
            case F3 -> function('R', modifiers);
            case F4 -> function('S', modifiers);
            // The gaps are DEC's: its function keys stood in groups.
            case F5 -> tilde(15, modifiers);
            case F6 -> tilde(17, modifiers);
            case F7 -> tilde(18, modifiers);
            case F8 -> tilde(19, modifiers);
            case F9 -> tilde(20, modifiers);
            case F10 -> tilde(21, modifiers);
            case F11 -> tilde(23, modifiers);
            case F12 -> tilde(24, modifiers);
            case F13 -> tilde(25, modifiers);
            case F14 -> tilde(26, modifiers);
            case F15 -> tilde(28, modifiers);
            case F16 -> tilde(29, modifiers);
            case F17 -> tilde(31, modifiers);
            case F18 -> tilde(32, modifiers);
            case F19 -> tilde(33, modifiers);
            case F20 -> tilde(34, modifiers);
            // No DEC keyboard had these; xterm continues at 42.
            case F21 -> tilde(42, modifiers);
            case F22 -> tilde(43, modifiers);
            case F23 -> tilde(44, modifiers);
            case F24 -> tilde(45, modifiers);
            case F25 -> tilde(46, modifiers);
            case F26 -> tilde(47, modifiers);
            case F27 -> tilde(48, modifiers);
            case F28 -> tilde(49, modifiers);
            case F29 -> tilde(50, modifiers);
            case F30 -> tilde(51, modifiers);
            case F31 -> tilde(52, modifiers);
            case F32 -> tilde(53, modifiers);
            case F33 -> tilde(54, modifiers);
            case F34 -> tilde(55, modifiers);
            case F35 -> tilde(56, modifiers);

            case KP_0 -> keypad('p', "0", modifiers, modes);
            case KP_1 -> keypad('q', "1", modifiers, modes);
            case KP_2 -> keypad('r', "2", modifiers, modes);
            case KP_3 -> keypad('s', "3", modifiers, modes);
            case KP_4 -> keypad('t', "4", modifiers, modes);
            case KP_5 -> keypad('u', "5", modifiers, modes);
            case KP_6 -> keypad('v', "6", modifiers, modes);
            case KP_7 -> keypad('w', "7", modifiers, modes);
            case KP_8 -> keypad('x', "8", modifiers, modes);
            case KP_9 -> keypad('y', "9", modifiers, modes);
            case KP_MULTIPLY -> keypad('j', "*", modifiers, modes);
            case KP_ADD -> keypad('k', "+", modifiers, modes);
            case KP_SEPARATOR -> keypad('l', ",", modifiers, modes);
            case KP_SUBTRACT -> keypad('m', "-", modifiers, modes);
            case KP_DECIMAL -> keypad('n', ".", modifiers, modes);
            case KP_DIVIDE -> keypad('o', "/", modifiers, modes);
            case KP_EQUAL -> keypad('X', "=", modifiers, modes);
            case KP_ENTER -> keypad('M', modes.newline() ? "\r\n" : "\r", modifiers, modes);

            default -> NOTHING;
        };
    }

    static String backspace(Modifiers modifiers, KeyModes modes) {
        return modes.backarrowIsBackspace() != modifiers.ctrl() ? "\b" : "\177";
    }

    /** Arrows, Home, End: modifiers go into the parameters and take the application form away. */
    private static byte[] cursor(char last, Modifiers modifiers, KeyModes modes) {
        if (modifiers.parameter() != 1) return ascii("\033[1;" + modifiers.parameter() + last);
        return ascii((modes.applicationCursor() ? "\033O" : "\033[") + last);
    }

    /** F1 to F4: SS3 like the VT100's PF keys whatever the mode, CSI with modifiers. */
    private static byte[] function(char last, Modifiers modifiers) {
        if (modifiers.parameter() != 1) return ascii("\033[1;" + modifiers.parameter() + last);
        return ascii("\033O" + last);
    }

    private static byte[] tilde(int number, Modifiers modifiers) {
        if (modifiers.parameter() != 1)
            return ascii("\033[" + number + ";" + modifiers.parameter() + "~");
        return ascii("\033[" + number + "~");
    }

    /**
     * The keypad: the VT220's SS3 codes in application mode, which Num Lock overrides; else the
     * bare text, to which xterm adds no ESC. The modifier stands between SS3 and the last byte, as
     * xterm puts it.
     */
    private static byte[] keypad(char last, String plain, Modifiers modifiers, KeyModes modes) {
        if (!modes.applicationKeypad() || modifiers.numLock()) return ascii(plain);
        String parameter =
                modifiers.parameter() == 1 ? "" : Integer.toString(modifiers.parameter());
        return ascii("\033O" + parameter + last);
    }

    static byte[] text(String text, Modifiers modifiers, KeyModes modes) {
        boolean isSingleAscii = text.length() == 1 && text.charAt(0) < 0x80;
        String typed = modifiers.ctrl() && isSingleAscii ? control(text.charAt(0)) : text;
        return meta(typed, modifiers, modes);
    }

    /**
     * Ctrl with a character, as the X library maps it, and DEL for {@code ?} as xterm adds; what is
     * not in the map is typed as it is.
     */
    static String control(char c) {
        int mapped =
                switch (c) {
                    case ' ', '2' -> 0x00;
                    case '3', '4', '5', '6', '7' -> c - '3' + 0x1b;
                    case '8', '?' -> 0x7f;
                    case '/' -> 0x1f;
                    default -> c >= '@' && c < 0x7f ? c & 0x1f : c;
                };
        return Character.toString(mapped);
    }

    /**
     * Text with Alt or Meta: ESC before it, or the eighth bit (xterm's eightBitInput) where it
     * fits.
     */
    private static byte[] meta(String typed, Modifiers modifiers, KeyModes modes) {
        boolean held = modifiers.alt() || modifiers.meta();
        if (!held || typed.isEmpty()) return utf8(typed);
        if (modes.altSendsEscape()) {
            byte[] bytes = utf8(typed);
            return bytes.length == 0 ? bytes : utf8("\033" + typed);
        }
        boolean isSingleAscii = typed.length() == 1 && typed.charAt(0) < 0x80;
        return isSingleAscii ? utf8(Character.toString(typed.charAt(0) + 0x80)) : utf8(typed);
    }

    /**
     * A lone surrogate is half a character that never came: it is left out, or {@code ?} would be
     * typed.
     */
    static byte[] utf8(String text) {
        if (text.codePoints().noneMatch(LegacyKeys::isSurrogate)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        var whole = new StringBuilder();
        text.codePoints().filter(c -> !isSurrogate(c)).forEach(whole::appendCodePoint);
        return whole.toString().getBytes(StandardCharsets.UTF_8);
    }

    static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
