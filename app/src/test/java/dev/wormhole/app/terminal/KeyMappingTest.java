package dev.wormhole.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.terminal.KeyMapping.Board;
import dev.wormhole.app.terminal.KeyMapping.Style;
import dev.wormhole.terminal.KeyEncoder;
import dev.wormhole.terminal.KeyModes;
import dev.wormhole.terminal.KeyStroke;
import dev.wormhole.terminal.KeyStroke.Action;
import dev.wormhole.terminal.Modifiers;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

class KeyMappingTest {

    private static final Board LINUX = board(true, Style.LINUX);

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
                    c,   OPEN_BRACKET,  х,  ^
                    cs,  DIGIT3,        №,  #
                    cs,  QUOTE,         Э,  `"`
                    a,   OPEN_BRACKET,  х,  ^[
                    a,   C,             с,  ^c
                    c,   SEMICOLON,     ö,  ö
                    c,   UNDEFINED,     й,  й
                    a,   F,             F,  ^F
                    as,  F,             f,  ^f
                    m,   UP,            ``, ^[A
                    m,   ENTER,         ``, \\r
                    mc,  C,             c,  \\x03
                    s,   NUMPAD8,       ``, ^[1;2A
                    cs,  NUMPAD7,       ``, ^[1;6H
                    s,   NUMPAD0,       ``, ^[2;2~
                    s,   DECIMAL,       ``, ^[3;2~
                    c,   NUMPAD5,       5,  5
                    c,   DIVIDE,        /,  /
                    -,   SHIFT,         ``, ``
                    s,   SHIFT,         ``, ``
                    c,   CONTROL,       ``, ``
                    a,   ALT,           ``, ``
                    m,   WINDOWS,       ``, ``
                    -,   CAPS,          ``, ``
                    -,   ALT_GRAPH,     ``, ``
                    """)
    void aPressWithANameOrACommandIsSentAtOnce(
            String held, KeyCode code, String text, String sent) {
        var stroke = pressed(press(held, code, text), board(true, Style.LINUX));

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
        "m, A, a"
    })
    void aPressThatOnlyMakesTextWaitsForTheText(String held, KeyCode code, String text) {
        assertThat(pressed(press(held, code, text), board(true, Style.LINUX))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(KeyCode.class)
    void noKeySendsBothForItsPressAndForTheTextThatNamedKeysTell(KeyCode code) {
        var pressed = pressed(press("-", code, ""), board(true, Style.LINUX));

        boolean isNamed = pressed.isPresent();
        boolean hasText = code.isLetterKey() || code.isDigitKey() || code == KeyCode.SPACE;
        assertThat(isNamed && hasText).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"\\r", "\\t", "\\b", "\\x7f", "^", "\\x03"})
    void controlsThatComeAsTextWereSentWithTheirPress(String text) {
        assertThat(KeyMapping.typed(typed("-", plain(text)), null, Action.PRESS, LINUX)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"c, d", "cs, D", "a, f", "m, a"})
    void textOfAShortcutThatTheWindowTookIsNotSent(String held, String text) {
        assertThat(KeyMapping.typed(typed(held, text), null, Action.PRESS, LINUX)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a", "é", "€", "😀", "' '", "ä"})
    void typedTextIsSentAsItIs(String text) {
        var stroke = KeyMapping.typed(typed("-", text), null, Action.PRESS, LINUX).orElseThrow();

        byte[] bytes = KeyEncoder.encode(stroke, KeyModes.DEFAULT);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text);
    }

    /** As in xterm, which does not know it. */
    @ParameterizedTest
    @EnumSource(
            value = Style.class,
            names = {"LINUX", "WINDOWS"})
    void theWindowsKeyChangesNoText(Style style) {
        KeyEvent press = press("m", KeyCode.A, "a");
        Board board = board(true, style);

        assertThat(pressed(press, board)).isEmpty();
        var stroke = KeyMapping.typed(typed("m", "a"), press, Action.PRESS, board).orElseThrow();
        assertThat(KeyEncoder.encode(stroke, KeyModes.DEFAULT)).asString().isEqualTo("a");
        assertThat(KeyEncoder.encode(stroke, KeyModes.DEFAULT.withModifyOtherKeys(2)))
                .asString()
                .isEqualTo("a");
    }

    @Test
    void theCommandKeyOfAMacMakesNoText() {
        KeyEvent press = press("m", KeyCode.A, "a");
        Board board = board(true, Style.MAC);

        assertThat(KeyMapping.typed(typed("m", "a"), press, Action.PRESS, board)).isEmpty();
    }

    @Test
    void textOfAWindowsKeyShortcutDoesNotFollowTheKeyPressedBefore() {
        KeyEvent dead = press("-", KeyCode.DEAD_ACUTE, "");

        assertThat(KeyMapping.typed(typed("m", "a"), dead, Action.PRESS, LINUX)).isEmpty();
    }

    @Test
    void altGrOfWindowsIsNotACommand() {
        var at = press("ca", KeyCode.Q, "@");

        assertThat(pressed(at, board(true, Style.WINDOWS))).isEmpty();
        assertThat(pressed(press("c", KeyCode.Q, "q"), board(true, Style.WINDOWS))).isPresent();
    }

    @Test
    void optionOfAMacMakesText() {
        assertThat(pressed(press("a", KeyCode.F, "ƒ"), board(true, Style.MAC))).isEmpty();
        assertThat(pressed(press("c", KeyCode.F, "f"), board(true, Style.MAC))).isPresent();
    }

    @Test
    void theKeypadWithoutNumLockHasNames() {
        var application = KeyModes.DEFAULT.withApplicationKeypad(true);
        var plus = pressed(press("-", KeyCode.ADD, "+"), board(false, Style.LINUX));

        assertThat(KeyEncoder.encode(plus.orElseThrow(), application))
                .asString()
                .isEqualTo("\033Ok");
        assertThat(KeyEncoder.encode(plus.orElseThrow(), KeyModes.DEFAULT))
                .asString()
                .isEqualTo("+");
    }

    /** What kitty's protocol says with all enhancements but the text of keys. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            textBlock =
                    """
                    -, A,          a,       ^[97u
                    s, A,          A,       ^[97:65;2u
                    s, DIGIT2,     @,       ^[50:64;2u
                    s, QUOTE,      `"`,     ^[39:34;2u
                    -, SEMICOLON,  ö,       ^[246::59u
                    s, SEMICOLON,  Ö,       ^[246:214:59;2u
                    -, C,          с,       ^[1089::99u
                    -, UNDEFINED,  ß,       ^[223u
                    s, NUMBER_SIGN, `'`,    ^[35:39;2u
                    -, E,          €,       ^[8364::101u
                    -, E,          é,       ^[233::101u
                    -, DIGIT8,     [,       ^[91::56u
                    s, A,          Æ,       ^[198::97;2u
                    -, A,          A,       ^[97u
                    c, C,          \\x03,  ^[99;5u
                    c, C,          с,       ^[1089::99;5u
                    m, A,          a,       ^[97;9u
                    -, NUMPAD5,    5,       ^[57404u
                    -, ALT_GRAPH,  ``,      ^[57453u
                    """)
    void kittysProtocolIsToldTheKeyRatherThanItsText(
            String held, KeyCode code, String text, String sent) {
        KeyEvent event = press(held, code, plain(text));
        var board = new Board(Modifiers.NONE, true, Style.LINUX);

        KeyStroke stroke =
                pressed(event, board)
                        .or(() -> KeyMapping.typed(typed(held, text), event, Action.PRESS, board))
                        .orElseThrow();

        byte[] bytes = KeyEncoder.encode(stroke, KeyModes.DEFAULT.withKittyFlags(15));
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(plain(sent));
    }

    @Test
    void whatADeadKeyMadeIsNotTheKeysOwnText() {
        KeyEvent e = press("-", KeyCode.E, "e");

        var stroke = KeyMapping.typed(typed("-", "é"), e, Action.PRESS, LINUX).orElseThrow();

        byte[] bytes = KeyEncoder.encode(stroke, KeyModes.DEFAULT.withKittyFlags(31));
        assertThat(bytes).asString().isEqualTo("\033[233;129;233u");
    }

    @Test
    void aReleaseIsThatOfThePressWithTheModifiersOfNow() {
        KeyStroke press = pressed(press("c", KeyCode.C, "c"), LINUX).orElseThrow();
        KeyEvent up = event(KeyEvent.KEY_RELEASED, "-", "", "c", KeyCode.C);

        KeyStroke release = KeyMapping.released(press, up, board(false, Style.LINUX));

        byte[] bytes = KeyEncoder.encode(release, KeyModes.DEFAULT.withKittyFlags(3));
        assertThat(bytes).asString().isEqualTo("\033[99;1:3u");
        assertThat(KeyEncoder.encode(release, KeyModes.DEFAULT)).isEmpty();
    }

    @Test
    void shiftIsToldWithTheTextItMade() {
        KeyEvent at = press("s", KeyCode.DIGIT2, "@");

        var stroke = KeyMapping.typed(typed("s", "@"), at, Action.PRESS, LINUX).orElseThrow();

        byte[] bytes = KeyEncoder.encode(stroke, KeyModes.DEFAULT.withModifyOtherKeys(2));
        assertThat(bytes).asString().isEqualTo("\033[27;2;64~");
    }

    private static Board board(boolean numLock, Style style) {
        return new Board(numLock ? Modifiers.NUM_LOCK : Modifiers.NONE, false, style);
    }

    private static Optional<KeyStroke> pressed(KeyEvent event, Board board) {
        return KeyMapping.pressed(event, Action.PRESS, board);
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
