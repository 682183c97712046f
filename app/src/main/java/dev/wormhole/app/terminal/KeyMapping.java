package dev.wormhole.app.terminal;

import dev.wormhole.terminal.Key;
import dev.wormhole.terminal.KeyStroke;
import dev.wormhole.terminal.KeyStroke.Action;
import dev.wormhole.terminal.KeyStroke.Codes;
import dev.wormhole.terminal.Modifiers;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
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

    /**
     * What an event does not tell.
     *
     * @param locks Caps Lock and Num Lock
     * @param isKitty whether the program speaks kitty's protocol, which has words for every key
     */
    record Board(Modifiers locks, boolean isKitty, Style style) {}

    private static final Map<KeyCode, Key> NAMED = named();
    private static final Map<KeyCode, Key> KEYPAD = keypad();

    /** Keys of the keypad as they are without Num Lock. */
    private static final Map<KeyCode, Key> MOVING =
            new EnumMap<>(
                    Map.ofEntries(
                            Map.entry(KeyCode.NUMPAD0, Key.KP_INSERT),
                            Map.entry(KeyCode.NUMPAD1, Key.KP_END),
                            Map.entry(KeyCode.NUMPAD2, Key.KP_DOWN),
                            Map.entry(KeyCode.NUMPAD3, Key.KP_PAGE_DOWN),
                            Map.entry(KeyCode.NUMPAD4, Key.KP_LEFT),
                            Map.entry(KeyCode.NUMPAD5, Key.KP_BEGIN),
                            Map.entry(KeyCode.NUMPAD6, Key.KP_RIGHT),
                            Map.entry(KeyCode.NUMPAD7, Key.KP_HOME),
                            Map.entry(KeyCode.NUMPAD8, Key.KP_UP),
                            Map.entry(KeyCode.NUMPAD9, Key.KP_PAGE_UP),
                            Map.entry(KeyCode.DECIMAL, Key.KP_DELETE),
                            Map.entry(KeyCode.SEPARATOR, Key.KP_DELETE)));

    private KeyMapping() {}

    /** The stroke of a KEY_PRESSED; empty when its KEY_TYPED has to be waited for. */
    static Optional<KeyStroke> pressed(KeyEvent event, Action action, Board board) {
        KeyCode code = event.getCode();
        Modifiers modifiers = held(event, board).plus(board.locks());
        Key named = NAMED.get(code);
        // Shift takes Num Lock back, and the text with it.
        boolean isTakenBack =
                board.locks().numLock() && event.isShiftDown() && event.getText().isEmpty();
        if (isTakenBack) named = MOVING.getOrDefault(code, named);
        if (named != null) return Optional.of(new KeyStroke.Named(named, modifiers, action));
        Key keypad = KEYPAD.get(code);
        boolean isCommand = isCommand(event, board);
        if (keypad != null && (board.isKitty() || isCommand || !board.locks().numLock())) {
            return Optional.of(new KeyStroke.Named(keypad, modifiers, action));
        }
        // With Num Lock the layout decides what the keypad types: a point or a comma.
        if (!isCommand) return Optional.empty();
        return KeyText.of(event)
                .map(text -> new KeyStroke.Text(text, modifiers, action, KeyText.codes(event)));
    }

    /**
     * The stroke of a KEY_TYPED whose KEY_PRESSED gave none.
     *
     * @param press null where no press is known, as for an input method's text
     */
    static Optional<KeyStroke> typed(
            KeyEvent event, @Nullable KeyEvent press, Action action, Board board) {
        String text = event.getCharacter();
        // The press of a window's shortcut never came here; its text does.
        boolean isShortcut =
                event.isMetaDown()
                        && (board.style() == Style.MAC || press == null || !press.isMetaDown());
        if (isShortcut || isCommand(event, board) || text.isEmpty()) return Optional.empty();
        int first = text.codePointAt(0);
        // Enter, Tab and the like are told as controls too; their presses have been sent.
        boolean isControl = Character.isISOControl(first) || first == 0xffff;
        if (isControl) return Optional.empty();
        Modifiers shift = press != null && press.isShiftDown() ? Modifiers.SHIFT : Modifiers.NONE;
        // What a dead key changed is no longer the key's own.
        Codes codes =
                press != null && press.getText().equals(text)
                        ? KeyText.codes(press)
                        : Codes.UNKNOWN;
        return Optional.of(new KeyStroke.Text(text, shift.plus(board.locks()), action, codes));
    }

    /** The release of a key by what its press was. */
    static KeyStroke released(KeyStroke press, KeyEvent event, Board board) {
        Modifiers modifiers = held(event, board).plus(board.locks());
        return switch (press) {
            case KeyStroke.Named(Key key, _, _) ->
                    new KeyStroke.Named(key, modifiers, Action.RELEASE);
            case KeyStroke.Text(String text, _, _, Codes codes) ->
                    new KeyStroke.Text(text, modifiers, Action.RELEASE, codes);
        };
    }

    /** Without the Windows key where only kitty's protocol has a word for it, as in xterm. */
    private static Modifiers held(KeyEvent event, Board board) {
        boolean isTold = board.isKitty() || board.style() == Style.MAC;
        return Modifiers.of(
                event.isShiftDown(),
                event.isAltDown(),
                event.isControlDown(),
                isTold && event.isMetaDown());
    }

    private static boolean isCommand(KeyEvent event, Board board) {
        boolean ctrl = event.isControlDown();
        boolean alt = event.isAltDown();
        if (event.isMetaDown() && board.isKitty()) return true;
        // The Command key makes nothing for the program.
        if (event.isMetaDown() && board.style() == Style.MAC) return false;
        return switch (board.style()) {
            case LINUX -> ctrl || alt;
            case WINDOWS -> ctrl != alt;
            case MAC -> ctrl;
        };
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
        keys.put(KeyCode.ALT_GRAPH, Key.ISO_LEVEL3_SHIFT);
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
}
