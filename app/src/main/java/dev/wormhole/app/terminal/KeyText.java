package dev.wormhole.app.terminal;

import dev.wormhole.terminal.KeyStroke.Codes;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the key of a press types. JavaFX's key codes name what it types alone in the present layout,
 * and where that has no code, as a Cyrillic letter, what the key at its place types on a US
 * keyboard; only the event's text follows Shift and AltGr.
 *
 * <p>Pure.
 */
final class KeyText {

    private static final Map<KeyCode, String> PUNCTUATION = punctuation();

    private static final String US = "`1234567890-=[]\\;',./";
    private static final String US_SHIFTED = "~!@#$%^&*()_+{}|:\"<>?";

    private KeyText() {}

    /** What the key would give without Ctrl and Alt. */
    static Optional<String> of(KeyEvent event) {
        KeyCode code = event.getCode();
        if (code.isLetterKey()) {
            String letter = code.getName();
            // With Caps Lock too.
            if (letter.equalsIgnoreCase(event.getText())) return Optional.of(event.getText());
            return Optional.of(event.isShiftDown() ? letter : letter.toLowerCase(Locale.ROOT));
        }
        String text = event.getText();
        if (!isText(text)) return alone(code);
        // Controls are made of ASCII: as in xterm another layout gives it where this one does not.
        Optional<String> other =
                isBeyondLatin(text.codePointAt(0)) ? alone(code) : Optional.empty();
        return other.map(key -> event.isShiftDown() ? shifted(key) : key)
                .or(() -> Optional.of(text));
    }

    private static boolean isBeyondLatin(int codePoint) {
        return codePoint > 0xff && UnicodeScript.of(codePoint) != UnicodeScript.LATIN;
    }

    /** On a US keyboard. */
    private static String shifted(String key) {
        int place = US.indexOf(key);
        return place < 0 ? key : US_SHIFTED.substring(place, place + 1);
    }

    /** Which key it is. */
    static Codes codes(KeyEvent event) {
        String text = event.getText();
        int typed = isText(text) ? text.codePointAt(0) : 0;
        int named = alone(event.getCode()).map(name -> name.codePointAt(0)).orElse(0);
        boolean isOwn = named == 0 || isOfAnotherLayout(typed, event.getCode());
        boolean isAltGr = !isOwn && isOfAltGr(event, typed, named);
        int key = isAltGr ? typed : isOwn ? Character.toLowerCase(typed) : named;
        boolean isShifted = event.isShiftDown() && typed != key;
        return new Codes(key, isShifted ? typed : 0, isOwn || isAltGr ? named : 0);
    }

    /**
     * Whether AltGr made another key of it, which kitty tells as such: programs that get keys
     * instead of text would else take the at sign for a Q. With Shift it only shows on letters.
     */
    private static boolean isOfAltGr(KeyEvent event, int typed, int named) {
        boolean isSure = event.getCode().isLetterKey() || !event.isShiftDown();
        return isSure && typed != 0 && Character.toLowerCase(typed) != named;
    }

    /** Whether the code, of a US keyboard, is not what the key types: AltGr's letters are Latin. */
    private static boolean isOfAnotherLayout(int typed, KeyCode code) {
        boolean isForeign = typed > 0x7f && Character.isLetter(typed);
        return isForeign && (!code.isLetterKey() || UnicodeScript.of(typed) != UnicodeScript.LATIN);
    }

    private static boolean isText(String text) {
        return !text.isEmpty() && !Character.isISOControl(text.codePointAt(0));
    }

    /** What the key named by the code types without Shift. */
    private static Optional<String> alone(KeyCode code) {
        boolean isNamed = code.isLetterKey() || (code.isDigitKey() && !code.isKeypadKey());
        if (isNamed) return Optional.of(code.getName().toLowerCase(Locale.ROOT));
        return Optional.ofNullable(PUNCTUATION.get(code));
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
        // Digits of other layouts, and their neighbours.
        keys.put(KeyCode.NUMBER_SIGN, "#");
        keys.put(KeyCode.EXCLAMATION_MARK, "!");
        keys.put(KeyCode.DOLLAR, "$");
        keys.put(KeyCode.AMPERSAND, "&");
        keys.put(KeyCode.ASTERISK, "*");
        keys.put(KeyCode.LEFT_PARENTHESIS, "(");
        keys.put(KeyCode.RIGHT_PARENTHESIS, ")");
        keys.put(KeyCode.QUOTEDBL, "\"");
        return keys;
    }
}
