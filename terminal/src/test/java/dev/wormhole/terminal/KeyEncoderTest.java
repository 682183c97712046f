package dev.wormhole.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

class KeyEncoderTest {

    private static final Modifiers NONE = Modifiers.NONE;
    private static final Modifiers SHIFT = Modifiers.SHIFT;
    private static final Modifiers ALT = Modifiers.ALT;
    private static final Modifiers CTRL = Modifiers.CTRL;
    private static final Modifiers META = Modifiers.META;

    /** The columns of the tables below. */
    private static final List<Modifiers> COLUMNS =
            List.of(
                    NONE,
                    SHIFT,
                    ALT,
                    CTRL,
                    CTRL.plus(SHIFT),
                    ALT.plus(SHIFT),
                    CTRL.plus(ALT),
                    CTRL.plus(ALT).plus(SHIFT));

    private static String key(Key key, Modifiers modifiers, KeyModes modes) {
        return new String(KeyEncoder.encode(KeyStroke.of(key, modifiers), modes), UTF_8);
    }

    private static String key(Key key, Modifiers modifiers) {
        return key(key, modifiers, KeyModes.DEFAULT);
    }

    private static String text(String text, Modifiers modifiers) {
        return text(text, modifiers, KeyModes.DEFAULT);
    }

    private static String text(String text, Modifiers modifiers, KeyModes modes) {
        return new String(KeyEncoder.encode(KeyStroke.text(text, modifiers), modes), UTF_8);
    }

    /**
     * Read off xterm 379 (altSendsEscape and metaSendsEscape on, Backspace as DEL); controls as
     * their pictures.
     */
    @ParameterizedTest
    @CsvSource({
        // key, none, shift, alt, ctrl, ctrl+shift, alt+shift, ctrl+alt, all three
        "UP, ␛[A, ␛[1;2A, ␛[1;3A, ␛[1;5A, ␛[1;6A, ␛[1;4A, ␛[1;7A, ␛[1;8A",
        "DOWN, ␛[B, ␛[1;2B, ␛[1;3B, ␛[1;5B, ␛[1;6B, ␛[1;4B, ␛[1;7B, ␛[1;8B",
        "RIGHT, ␛[C, ␛[1;2C, ␛[1;3C, ␛[1;5C, ␛[1;6C, ␛[1;4C, ␛[1;7C, ␛[1;8C",
        "LEFT, ␛[D, ␛[1;2D, ␛[1;3D, ␛[1;5D, ␛[1;6D, ␛[1;4D, ␛[1;7D, ␛[1;8D",
        "HOME, ␛[H, ␛[1;2H, ␛[1;3H, ␛[1;5H, ␛[1;6H, ␛[1;4H, ␛[1;7H, ␛[1;8H",
        "END, ␛[F, ␛[1;2F, ␛[1;3F, ␛[1;5F, ␛[1;6F, ␛[1;4F, ␛[1;7F, ␛[1;8F",
        "KP_BEGIN, ␛[E, ␛[1;2E, ␛[1;3E, ␛[1;5E, ␛[1;6E, ␛[1;4E, ␛[1;7E, ␛[1;8E",
        "INSERT, ␛[2~, ␛[2;2~, ␛[2;3~, ␛[2;5~, ␛[2;6~, ␛[2;4~, ␛[2;7~, ␛[2;8~",
        "DELETE, ␛[3~, ␛[3;2~, ␛[3;3~, ␛[3;5~, ␛[3;6~, ␛[3;4~, ␛[3;7~, ␛[3;8~",
        "PAGE_UP, ␛[5~, ␛[5;2~, ␛[5;3~, ␛[5;5~, ␛[5;6~, ␛[5;4~, ␛[5;7~, ␛[5;8~",
        "PAGE_DOWN, ␛[6~, ␛[6;2~, ␛[6;3~, ␛[6;5~, ␛[6;6~, ␛[6;4~, ␛[6;7~, ␛[6;8~",
        "F1, ␛OP, ␛[1;2P, ␛[1;3P, ␛[1;5P, ␛[1;6P, ␛[1;4P, ␛[1;7P, ␛[1;8P",
        "F2, ␛OQ, ␛[1;2Q, ␛[1;3Q, ␛[1;5Q, ␛[1;6Q, ␛[1;4Q, ␛[1;7Q, ␛[1;8Q",
        "F3, ␛OR, ␛[1;2R, ␛[1;3R, ␛[1;5R, ␛[1;6R, ␛[1;4R, ␛[1;7R, ␛[1;8R",
        "F4, ␛OS, ␛[1;2S, ␛[1;3S, ␛[1;5S, ␛[1;6S, ␛[1;4S, ␛[1;7S, ␛[1;8S",
        "F5, ␛[15~, ␛[15;2~, ␛[15;3~, ␛[15;5~, ␛[15;6~, ␛[15;4~, ␛[15;7~, ␛[15;8~",
        "F12, ␛[24~, ␛[24;2~, ␛[24;3~, ␛[24;5~, ␛[24;6~, ␛[24;4~, ␛[24;7~, ␛[24;8~",
        "F13, ␛[25~, ␛[25;2~, ␛[25;3~, ␛[25;5~, ␛[25;6~, ␛[25;4~, ␛[25;7~, ␛[25;8~",
        "F24, ␛[45~, ␛[45;2~, ␛[45;3~, ␛[45;5~, ␛[45;6~, ␛[45;4~, ␛[45;7~, ␛[45;8~",
        "MENU, ␛[29~, ␛[29;2~, ␛[29;3~, ␛[29;5~, ␛[29;6~, ␛[29;4~, ␛[29;7~, ␛[29;8~",
        "TAB, ␉, ␛[Z, ␛␉, ␉, ␛[Z, ␛[Z, ␛␉, ␛[Z",
        "ENTER, ␍, ␍, ␛␍, ␍, ␍, ␛␍, ␛␍, ␛␍",
        "ESCAPE, ␛, ␛, ␛␛, ␛, ␛, ␛␛, ␛␛, ␛␛",
        "BACKSPACE, ␡, ␡, ␛␡, ␈, ␈, ␛␡, ␛␈, ␛␈",
    })
    void modifiedKeysAreXterms(
            Key key,
            String e0,
            String e1,
            String e2,
            String e3,
            String e4,
            String e5,
            String e6,
            String e7) {
        List<String> expected = List.of(e0, e1, e2, e3, e4, e5, e6, e7);
        for (int i = 0; i < COLUMNS.size(); i++) {
            assertThat(key(key, COLUMNS.get(i)))
                    .as("%s %s", key, COLUMNS.get(i))
                    .isEqualTo(controls(expected.get(i)));
        }
    }

    private static int control(int picture) {
        if (picture == 0x2421) return 0x7f;
        return picture >= 0x2400 && picture < 0x2420 ? picture - 0x2400 : picture;
    }

    /** The control characters that U+2400 and the following picture. */
    private static String controls(String pictures) {
        var text = new StringBuilder();
        pictures.chars().map(KeyEncoderTest::control).forEach(text::appendCodePoint);
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "F6, 17", "F7, 18", "F8, 19", "F9, 20", "F10, 21", "F11, 23", "F14, 26", "F15, 28",
        "F16, 29", "F17, 31", "F18, 32", "F19, 33", "F20, 34", "F21, 42", "F22, 43", "F23, 44",
    })
    void functionKeysHaveDecsNumbers(Key key, int number) {
        assertThat(key(key, NONE)).isEqualTo("\033[" + number + "~");
    }

    @Test
    void metaIsTheEighthInTheParameterAndEscapeBeforeText() {
        assertThat(key(Key.UP, META)).isEqualTo("\033[1;9A");
        assertThat(key(Key.F5, META.plus(CTRL).plus(SHIFT).plus(ALT))).isEqualTo("\033[15;16~");
        assertThat(text("x", META)).isEqualTo("\033x");
    }

    @Test
    void applicationCursorKeysSendSs3UnlessModified() {
        KeyModes modes = KeyModes.DEFAULT.withApplicationCursor(true);

        assertThat(key(Key.UP, NONE, modes)).isEqualTo("\033OA");
        assertThat(key(Key.END, NONE, modes)).isEqualTo("\033OF");
        assertThat(key(Key.KP_BEGIN, NONE, modes)).isEqualTo("\033OE");
        assertThat(key(Key.LEFT, CTRL, modes)).isEqualTo("\033[1;5D");
        assertThat(key(Key.INSERT, NONE, modes)).isEqualTo("\033[2~");
        assertThat(key(Key.F1, NONE, modes)).isEqualTo("\033OP");
    }

    @ParameterizedTest
    @CsvSource({
        "KP_0, 0, p",
        "KP_1, 1, q",
        "KP_2, 2, r",
        "KP_3, 3, s",
        "KP_4, 4, t",
        "KP_5, 5, u",
        "KP_6, 6, v",
        "KP_7, 7, w",
        "KP_8, 8, x",
        "KP_9, 9, y",
        "KP_DECIMAL, ., n",
        "KP_SEPARATOR, ',', l",
        "KP_ADD, +, k",
        "KP_SUBTRACT, -, m",
        "KP_MULTIPLY, *, j",
        "KP_DIVIDE, /, o",
        "KP_EQUAL, =, X",
        "KP_ENTER, ␍, M",
    })
    void theKeypadSendsTextOrInApplicationModeSs3(Key key, String picture, String last) {
        String plain = controls(picture);
        KeyModes application = KeyModes.DEFAULT.withApplicationKeypad(true);

        assertThat(key(key, NONE)).isEqualTo(plain);
        assertThat(key(key, ALT)).isEqualTo(plain);
        assertThat(key(key, CTRL)).isEqualTo(plain);
        assertThat(key(key, NONE, application)).isEqualTo("\033O" + last);
        assertThat(key(key, CTRL, application)).isEqualTo("\033O5" + last);
        assertThat(key(key, Modifiers.NUM_LOCK, application)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "KP_LEFT, LEFT",
        "KP_RIGHT, RIGHT",
        "KP_UP, UP",
        "KP_DOWN, DOWN",
        "KP_HOME, HOME",
        "KP_END, END",
        "KP_PAGE_UP, PAGE_UP",
        "KP_PAGE_DOWN, PAGE_DOWN",
        "KP_INSERT, INSERT",
        "KP_DELETE, DELETE",
    })
    void withoutNumLockTheKeypadIsItsNamesakes(Key keypad, Key namesake) {
        KeyModes cursor = KeyModes.DEFAULT.withApplicationCursor(true);
        for (Modifiers modifiers : COLUMNS) {
            assertThat(key(keypad, modifiers)).isEqualTo(key(namesake, modifiers));
            assertThat(key(keypad, modifiers, cursor)).isEqualTo(key(namesake, modifiers, cursor));
        }
    }

    @Test
    void numLockChangesNothingElse() {
        assertThat(key(Key.UP, Modifiers.NUM_LOCK)).isEqualTo("\033[A");
        assertThat(key(Key.F5, SHIFT.plus(Modifiers.NUM_LOCK))).isEqualTo("\033[15;2~");
        assertThat(text("a", CTRL.plus(Modifiers.NUM_LOCK))).isEqualTo("\001");
    }

    @Test
    void newlineModeAddsALineFeedToEnter() {
        KeyModes modes = KeyModes.DEFAULT.withNewline(true);

        assertThat(key(Key.ENTER, NONE, modes)).isEqualTo("\r\n");
        assertThat(key(Key.ENTER, CTRL, modes)).isEqualTo("\r\n");
        assertThat(key(Key.ENTER, ALT, modes)).isEqualTo("\033\r\n");
        assertThat(key(Key.KP_ENTER, NONE, modes)).isEqualTo("\r\n");
        assertThat(key(Key.KP_ENTER, NONE, modes.withApplicationKeypad(true))).isEqualTo("\033OM");
    }

    @Test
    void backarrowModeSwapsBackspaceAndDelete() {
        KeyModes modes = KeyModes.DEFAULT.withBackarrowIsBackspace(true);

        assertThat(key(Key.BACKSPACE, NONE, modes)).isEqualTo("\b");
        assertThat(key(Key.BACKSPACE, CTRL, modes)).isEqualTo("\177");
        assertThat(key(Key.BACKSPACE, ALT, modes)).isEqualTo("\033\b");
        assertThat(key(Key.BACKSPACE, CTRL.plus(ALT), modes)).isEqualTo("\033\177");
    }

    /** Read off xterm 379. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "@|0", "a|1", "c|3", "M|13", "z|26", "[|27", "\\|28", "]|29", "^|30", "_|31",
                "?|127", "/|31", "2|0", "3|27", "4|28", "5|29", "6|30", "7|31", "8|127", "1|49",
                "9|57", "0|48", "{|27", "}|29", "~|30", ";|59", "=|61", "-|45", ".|46", ",|44",
                "!|33", "+|43",
            })
    void controlMapsCharactersAsXtermDoes(String typed, int expected) {
        String bytes = Character.toString(expected);

        assertThat(text(typed, CTRL)).isEqualTo(bytes);
        assertThat(text(typed, CTRL.plus(SHIFT))).isEqualTo(bytes);
        assertThat(text(typed, CTRL.plus(ALT))).isEqualTo("\033" + bytes);
    }

    @Test
    void controlWithSpaceBackquoteAndBarIsAControlToo() {
        assertThat(text(" ", CTRL)).isEqualTo("\000");
        assertThat(text("`", CTRL)).isEqualTo("\000");
        assertThat(text("|", CTRL)).isEqualTo("\034");
        assertThat(text(" ", CTRL.plus(ALT))).isEqualTo("\033\000");
    }

    @Test
    void altPutsEscapeBeforeTextOfAnyScript() {
        assertThat(text("x", ALT)).isEqualTo("\033x");
        assertThat(text("é", ALT)).isEqualTo("\033é");
        assertThat(text("é", CTRL.plus(ALT))).isEqualTo("\033é");
        assertThat(text("😀", ALT)).isEqualTo("\033😀");
        assertThat(text(" ", ALT)).isEqualTo("\033 ");
    }

    /** Read off xterm 379 with modes 1036 and 1039 off. */
    @Test
    void altWithoutEscapeSetsTheEighthBit() {
        KeyModes modes = KeyModes.DEFAULT.withAltSendsEscape(false);

        assertThat(text("x", ALT, modes)).isEqualTo("ø");
        assertThat(text("é", ALT, modes)).isEqualTo("é");
        assertThat(text("a", CTRL.plus(ALT), modes)).isEqualTo("\u0081");
        assertThat(key(Key.BACKSPACE, ALT, modes)).isEqualTo("\u00ff");
        assertThat(key(Key.TAB, ALT, modes)).isEqualTo("\u0089");
        assertThat(key(Key.UP, ALT, modes)).isEqualTo("\033[1;3A");
    }

    @Test
    void textIsTypedAsItIs() {
        assertThat(text("A", SHIFT)).isEqualTo("A");
        assertThat(text("日本語", NONE)).isEqualTo("日本語");
        assertThat(text("👩‍🚀", NONE)).isEqualTo("👩‍🚀");
        assertThat(text("é", CTRL)).isEqualTo("é");
        assertThat(text("ab", CTRL)).isEqualTo("ab");
        assertThat(text("\003", CTRL)).isEqualTo("\003");
    }

    @Test
    void halfACharacterAndNoTextSendNothing() {
        assertThat(text("\ud83d", NONE)).isEmpty();
        assertThat(text("\ud83d", ALT)).isEmpty();
        assertThat(text("a\ude00b", NONE)).isEqualTo("ab");
        assertThat(text("", ALT)).isEmpty();
        assertThat(text("", CTRL)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Key.class,
            names = {
                "SHIFT",
                "CONTROL",
                "ALT",
                "META",
                "CAPS_LOCK",
                "NUM_LOCK",
                "SCROLL_LOCK",
                "PRINT_SCREEN",
                "PAUSE",
                "HYPER",
                "RIGHT_SHIFT",
                "ISO_LEVEL3_SHIFT",
                "MEDIA_PLAY",
                "MUTE_VOLUME"
            })
    void aKeyWithoutTextOrCodeSendsNothing(Key key) {
        for (Modifiers modifiers : COLUMNS) assertThat(key(key, modifiers)).isEmpty();
    }
}
