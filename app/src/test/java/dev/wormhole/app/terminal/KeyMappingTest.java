package dev.wormhole.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.terminal.KeyMapping.Style;
import dev.wormhole.terminal.KeyEncoder;
import dev.wormhole.terminal.KeyModes;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;

class KeyMappingTest {

    /** Held keys as letters, the key, the text that JavaFX tells with it, and what is sent. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            textBlock =
                    """
                    -,   ENTER,         ``, \\r
                    a,   ENTER,         ``, ^\\r
                    -,   TAB,           ``, \\t
                    s,   TAB,           ``, ^[Z
                    -,   BACK_SPACE,    ``, \\x7f
                    c,   BACK_SPACE,    ``, \\b
                    -,   ESCAPE,        ``, ^
                    -,   UP,            ``, ^[A
                    c,   LEFT,          ``, ^[1;5D
                    sca, RIGHT,         ``, ^[1;8C
                    -,   KP_UP,         ``, ^[A
                    -,   HOME,          ``, ^[H
                    -,   DELETE,        ``, ^[3~
                    s,   F5,            ``, ^[15;2~
                    -,   F1,            ``, ^OP
                    -,   F24,           ``, ^[45~
                    -,   CONTEXT_MENU,  ``, ^[29~
                    c,   C,             c,  \\x03
                    cs,  C,             C,  \\x03
                    c,   SPACE,         ` `, \\0
                    c,   OPEN_BRACKET,  [,  ^
                    c,   BACK_SLASH,    \\,  \\x1c
                    c,   SLASH,         /,  \\x1f
                    cs,  DIGIT2,        @,  \\0
                    c,   DIGIT2,        ``, \\0
                    c,   MINUS,         ``, -
                    a,   F,             f,  ^f
                    as,  F,             F,  ^F
                    a,   PERIOD,        .,  ^.
                    ca,  X,             x,  ^\\x18
                    c,   C,             с,  \\x03
                    a,   UNDEFINED,     é,  ^é
                    -,   SHIFT,         ``, ``
                    s,   SHIFT,         ``, ``
                    c,   CONTROL,       ``, ``
                    a,   ALT,           ``, ``
                    m,   WINDOWS,       ``, ``
                    -,   CAPS,          ``, ``
                    """)
    void aPressWithANameOrACommandIsSentAtOnce(
            String held, KeyCode code, String text, String sent) {
        var stroke = KeyMapping.pressed(press(held, code, text), true, Style.LINUX);

        assertThat(stroke).isPresent();
        byte[] bytes = KeyEncoder.encode(stroke.get(), KeyModes.DEFAULT);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(plain(sent));
    }

    @ParameterizedTest
    @CsvSource({
        "-, A, a",
        "s, A, A",
        "-, DIGIT2, 2",
        "s, DIGIT2, @",
        "-, Q, ä",
        "-, UNDEFINED, ß",
        "-, NUMPAD5, 5",
        "-, DECIMAL, ','",
        "-, SPACE, ' '",
        "m, A, a",
        "-, ALT_GRAPH, ''"
    })
    void aPressThatOnlyMakesTextWaitsForTheText(String held, KeyCode code, String text) {
        assertThat(KeyMapping.pressed(press(held, code, text), true, Style.LINUX)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(KeyCode.class)
    void noKeySendsBothForItsPressAndForTheTextThatNamedKeysTell(KeyCode code) {
        var pressed = KeyMapping.pressed(press("-", code, ""), true, Style.LINUX);

        boolean isNamed = pressed.isPresent();
        boolean hasText = code.isLetterKey() || code.isDigitKey() || code == KeyCode.SPACE;
        assertThat(isNamed && hasText).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"\\r", "\\t", "\\b", "\\x7f", "^", "\\x03"})
    void controlsThatComeAsTextWereSentWithTheirPress(String text) {
        assertThat(KeyMapping.typed(typed("-", plain(text)), Style.LINUX)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"c, d", "cs, D", "a, f", "m, a"})
    void textOfAShortcutThatTheWindowTookIsNotSent(String held, String text) {
        assertThat(KeyMapping.typed(typed(held, text), Style.LINUX)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a", "é", "€", "😀", "' '", "ä"})
    void typedTextIsSentAsItIs(String text) {
        var stroke = KeyMapping.typed(typed("-", text), Style.LINUX).orElseThrow();

        byte[] bytes = KeyEncoder.encode(stroke, KeyModes.DEFAULT);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void altGrOfWindowsIsNotACommand() {
        var at = press("ca", KeyCode.Q, "@");

        assertThat(KeyMapping.pressed(at, true, Style.WINDOWS)).isEmpty();
        assertThat(KeyMapping.pressed(press("c", KeyCode.Q, "q"), true, Style.WINDOWS)).isPresent();
    }

    @Test
    void optionOfAMacMakesText() {
        assertThat(KeyMapping.pressed(press("a", KeyCode.F, "ƒ"), true, Style.MAC)).isEmpty();
        assertThat(KeyMapping.pressed(press("c", KeyCode.F, "f"), true, Style.MAC)).isPresent();
    }

    @Test
    void theKeypadWithoutNumLockHasNames() {
        var application = KeyModes.DEFAULT.withApplicationKeypad(true);
        var plus = KeyMapping.pressed(press("-", KeyCode.ADD, "+"), false, Style.LINUX);

        assertThat(KeyEncoder.encode(plus.orElseThrow(), application))
                .asString()
                .isEqualTo("\033Ok");
        assertThat(KeyEncoder.encode(plus.orElseThrow(), KeyModes.DEFAULT))
                .asString()
                .isEqualTo("+");
    }

    private static KeyEvent press(String held, KeyCode code, String text) {
        return event(KeyEvent.KEY_PRESSED, held, KeyEvent.CHAR_UNDEFINED, text, code);
    }

    private static KeyEvent typed(String held, String text) {
        return event(KeyEvent.KEY_TYPED, held, text, "", KeyCode.UNDEFINED);
    }

    private static KeyEvent event(
            javafx.event.EventType<KeyEvent> type,
            String held,
            String character,
            String text,
            KeyCode code) {
        return new KeyEvent(
                type,
                character,
                text,
                code,
                held.contains("s"),
                held.contains("c"),
                held.contains("a"),
                held.contains("m"));
    }

    private static String plain(String written) {
        return written.replace("^", "\033")
                .replace("\\r", "\r")
                .replace("\\t", "\t")
                .replace("\\b", "\b")
                .replace("\\0", "\0")
                .replace("\\x03", "\003")
                .replace("\\x18", "\030")
                .replace("\\x1c", "\034")
                .replace("\\x1f", "\037")
                .replace("\\x7f", "\177");
    }
}
