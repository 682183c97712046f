package dev.wormhole.app.terminal;

import dev.wormhole.terminal.Key;
import dev.wormhole.terminal.KeyStroke;
import dev.wormhole.terminal.Modifiers;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * JavaFX's key events in the terminal's words. Each press gives one stroke: keys with a name and
 * what is held with Ctrl or Alt when pressed, everything else as the text that KEY_TYPED tells, for
 * only that knows about layouts, AltGr and dead keys.
 *
 * <p>Pure.
 */
final class KeyMapping {

    /** How keyboards of a system tell AltGr and Option. */
    enum Style {
        /** AltGr is neither Ctrl nor Alt. */
        LINUX,
        /** AltGr is told as Ctrl and Alt together. */
        WINDOWS,
        /** Option makes text. */
        MAC;

        static Style ofThisSystem() {
            String name = System.getProperty("os.name", "");
            if (name.startsWith("Windows")) return WINDOWS;
            return name.startsWith("Mac") ? MAC : LINUX;
        }
    }

    private static final Map<KeyCode, Key> NAMED = named();
    private static final Map<KeyCode, Key> KEYPAD = keypad();
    private static final Map<KeyCode, String> PUNCTUATION = punctuation();

    private KeyMapping() {}

    /** The stroke of a KEY_PRESSED; empty when its KEY_TYPED has to be waited for. */
    static Optional<KeyStroke> pressed(KeyEvent event, boolean numLock, Style style) {
        KeyCode code = event.getCode();
        Key named = NAMED.get(code);
        if (named != null) return Optional.of(KeyStroke.of(named, modifiers(event)));
        Key keypad = KEYPAD.get(code);
        if (keypad != null) {
            // With Num Lock the layout decides what is typed: a point or a comma.
            return numLock ? Optional.empty() : Optional.of(KeyStroke.of(keypad, modifiers(event)));
        }
        if (!isCommand(event, style)) return Optional.empty();
        return text(event).map(text -> KeyStroke.text(text, modifiers(event)));
    }

    /** The stroke of a KEY_TYPED whose KEY_PRESSED gave none. */
    static Optional<KeyStroke> typed(KeyEvent event, Style style) {
        String text = event.getCharacter();
        // The press of a window's shortcut never came here; its text does.
        boolean isText = !event.isMetaDown() && !isCommand(event, style) && !text.isEmpty();
        if (!isText) return Optional.empty();
        int first = text.codePointAt(0);
        // Enter, Tab and the like are told as controls too; their presses have been sent.
        boolean isControl = Character.isISOControl(first) || first == 0xffff;
        return isControl ? Optional.empty() : Optional.of(KeyStroke.text(text));
    }

    static Modifiers modifiers(KeyEvent event) {
        return Modifiers.of(
                event.isShiftDown(), event.isAltDown(), event.isControlDown(), event.isMetaDown());
    }

    private static boolean isCommand(KeyEvent event, Style style) {
        boolean ctrl = event.isControlDown();
        boolean alt = event.isAltDown();
        if (event.isMetaDown()) return false;
        return switch (style) {
            case LINUX -> ctrl || alt;
            case WINDOWS -> ctrl != alt;
            case MAC -> ctrl;
        };
    }

    /** What the key would give without Ctrl and Alt. */
    private static Optional<String> text(KeyEvent event) {
        KeyCode code = event.getCode();
        if (code.isLetterKey()) {
            String letter = code.getName();
            return Optional.of(event.isShiftDown() ? letter : letter.toLowerCase(Locale.ROOT));
        }
        String text = event.getText();
        boolean isText = !text.isEmpty() && !Character.isISOControl(text.codePointAt(0));
        if (isText) return Optional.of(text);
        if (code.isDigitKey()) return Optional.of(code.getName());
        return Optional.ofNullable(PUNCTUATION.get(code));
    }

    private static Map<KeyCode, Key> named() {
        var keys = new EnumMap<KeyCode, Key>(KeyCode.class);
        keys.put(KeyCode.ENTER, Key.ENTER);
        keys.put(KeyCode.TAB, Key.TAB);
        keys.put(KeyCode.BACK_SPACE, Key.BACKSPACE);
        keys.put(KeyCode.ESCAPE, Key.ESCAPE);
        keys.put(KeyCode.UP, Key.UP);
        keys.put(KeyCode.DOWN, Key.DOWN);
        keys.put(KeyCode.RIGHT, Key.RIGHT);
        keys.put(KeyCode.LEFT, Key.LEFT);
        keys.put(KeyCode.KP_UP, Key.UP);
        keys.put(KeyCode.KP_DOWN, Key.DOWN);
        keys.put(KeyCode.KP_RIGHT, Key.RIGHT);
        keys.put(KeyCode.KP_LEFT, Key.LEFT);
        keys.put(KeyCode.HOME, Key.HOME);
        keys.put(KeyCode.END, Key.END);
        keys.put(KeyCode.INSERT, Key.INSERT);
        keys.put(KeyCode.DELETE, Key.DELETE);
        keys.put(KeyCode.PAGE_UP, Key.PAGE_UP);
        keys.put(KeyCode.PAGE_DOWN, Key.PAGE_DOWN);
        keys.put(KeyCode.CONTEXT_MENU, Key.MENU);
        // The middle of the keypad without Num Lock.
        keys.put(KeyCode.CLEAR, Key.KP_BEGIN);
        keys.put(KeyCode.BEGIN, Key.KP_BEGIN);
        keys.put(KeyCode.SHIFT, Key.SHIFT);
        keys.put(KeyCode.CONTROL, Key.CONTROL);
        keys.put(KeyCode.ALT, Key.ALT);
        keys.put(KeyCode.META, Key.META);
        keys.put(KeyCode.WINDOWS, Key.META);
        keys.put(KeyCode.COMMAND, Key.META);
        keys.put(KeyCode.CAPS, Key.CAPS_LOCK);
        keys.put(KeyCode.NUM_LOCK, Key.NUM_LOCK);
        keys.put(KeyCode.SCROLL_LOCK, Key.SCROLL_LOCK);
        keys.put(KeyCode.PRINTSCREEN, Key.PRINT_SCREEN);
        keys.put(KeyCode.PAUSE, Key.PAUSE);
        for (int i = 1; i <= 24; i++) keys.put(KeyCode.valueOf("F" + i), Key.valueOf("F" + i));
        return keys;
    }

    private static Map<KeyCode, Key> keypad() {
        var keys = new EnumMap<KeyCode, Key>(KeyCode.class);
        for (int i = 0; i <= 9; i++)
            keys.put(KeyCode.valueOf("NUMPAD" + i), Key.valueOf("KP_" + i));
        keys.put(KeyCode.DECIMAL, Key.KP_DECIMAL);
        keys.put(KeyCode.SEPARATOR, Key.KP_SEPARATOR);
        keys.put(KeyCode.ADD, Key.KP_ADD);
        keys.put(KeyCode.SUBTRACT, Key.KP_SUBTRACT);
        keys.put(KeyCode.MULTIPLY, Key.KP_MULTIPLY);
        keys.put(KeyCode.DIVIDE, Key.KP_DIVIDE);
        return keys;
    }

    /** For presses that come without their text; named after the key of a US keyboard. */
    private static Map<KeyCode, String> punctuation() {
        var keys = new EnumMap<KeyCode, String>(KeyCode.class);
        keys.put(KeyCode.SPACE, " ");
        keys.put(KeyCode.OPEN_BRACKET, "[");
        keys.put(KeyCode.CLOSE_BRACKET, "]");
        keys.put(KeyCode.BACK_SLASH, "\\");
        keys.put(KeyCode.SLASH, "/");
        keys.put(KeyCode.MINUS, "-");
        keys.put(KeyCode.EQUALS, "=");
        keys.put(KeyCode.COMMA, ",");
        keys.put(KeyCode.PERIOD, ".");
        keys.put(KeyCode.SEMICOLON, ";");
        keys.put(KeyCode.QUOTE, "'");
        keys.put(KeyCode.BACK_QUOTE, "`");
        keys.put(KeyCode.UNDERSCORE, "_");
        keys.put(KeyCode.CIRCUMFLEX, "^");
        keys.put(KeyCode.AT, "@");
        keys.put(KeyCode.PLUS, "+");
        keys.put(KeyCode.COLON, ":");
        keys.put(KeyCode.LESS, "<");
        keys.put(KeyCode.GREATER, ">");
        return keys;
    }
}
