package dev.wormhole.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wormhole.terminal.KeyStroke.Action;
import dev.wormhole.terminal.KeyStroke.Codes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The kitty keyboard protocol; the sections named are those of its specification. */
class KittyKeysTest {

    /** Escape is written as ^[, no modifiers as -. */
    private static String keys(int flags, KeyStroke stroke) {
        KeyModes modes = KeyModes.DEFAULT.withApplicationCursor(true).withKittyFlags(flags);
        return new String(KeyEncoder.encode(stroke, modes), UTF_8)
                .replace("\033", "^[")
                .replace("\001", "^A")
                .replace("\r", "CR")
                .replace("\t", "HT")
                .replace("\177", "DEL");
    }

    private static Modifiers modifiers(String names) {
        Modifiers modifiers = Modifiers.NONE;
        for (String name : names.split("\\+")) {
            modifiers =
                    modifiers.plus(
                            switch (name) {
                                case "shift" -> Modifiers.SHIFT;
                                case "alt" -> Modifiers.ALT;
                                case "ctrl" -> Modifiers.CTRL;
                                case "super" -> Modifiers.META;
                                case "hyper" -> Modifiers.HYPER;
                                case "caps" -> Modifiers.CAPS_LOCK;
                                case "num" -> Modifiers.NUM_LOCK;
                                default -> Modifiers.NONE;
                            });
        }
        return modifiers;
    }

    private static KeyStroke named(Key key, String modifiers, Action action) {
        return new KeyStroke.Named(key, modifiers(modifiers), action);
    }

    private static KeyStroke text(String text, String modifiers, Action action) {
        return new KeyStroke.Text(text, modifiers(modifiers), action, Codes.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        // "Disambiguate escape codes": Esc and ASCII keys with modifiers; text stays text.
        "1, a, -, a",
        "1, A, shift, A",
        "1, a, caps+num, a",
        "1, a, ctrl, ^[[97;5u",
        "1, a, alt, ^[[97;3u",
        "1, A, ctrl+shift, ^[[97;6u",
        "1, A, alt+shift, ^[[97;4u",
        "1, a, ctrl+alt, ^[[97;7u",
        "1, a, super, ^[[97;9u",
        "1, a, hyper, ^[[97;17u",
        "1, ' ', ctrl, ^[[32;5u",
        "1, c, ctrl+num, ^[[99;133u",
        "1, c, ctrl+caps, ^[[99;69u",
        "1, ж, ctrl, ^[[1078;5u",
        "1, 日本語, -, 日本語",
        // "Report alternate keys" and "Key codes": the shifted key only with Shift.
        "5, A, ctrl+shift, ^[[97:65;6u",
        "5, a, ctrl, ^[[97;5u",
        "4, a, ctrl, ^A",
        "4, A, ctrl+shift, ^[[97:65;6u",
        "4, A, shift, A",
        // "Report all keys as escape codes".
        "8, a, -, ^[[97u",
        "8, A, shift, ^[[97;2u",
        "8, a, ctrl, ^[[97;5u",
        "8, A, caps, ^[[97;65u",
        "12, A, shift, ^[[97:65;2u",
        // "Text as code points".
        "24, a, -, ^[[97;;97u",
        "24, A, shift, ^[[97;2;65u",
        "24, å, -, ^[[229;;229u",
        "24, a, ctrl, ^[[97;5u",
        "24, 日本, -, ^[[0;;26085:26412u",
        "28, A, shift, ^[[97:65;2;65u",
        // Without the flag an input method's text would be lost.
        "8, 日本, -, 日本",
        // "Report associated text" is undefined alone: nothing changes.
        "16, a, -, a",
        "16, a, ctrl, ^A",
    })
    void textKeys(int flags, String text, String modifiers, String expected) {
        assertThat(keys(flags, text(text, modifiers, Action.PRESS))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // "Disambiguate escape codes": CSI, never SS3, also in cursor key mode.
        "1, ESCAPE, -, ^[[27u",
        "1, ESCAPE, shift, ^[[27;2u",
        "1, UP, -, ^[[A",
        "1, UP, ctrl, ^[[1;5A",
        "1, UP, num, ^[[1;129A",
        "1, HOME, -, ^[[H",
        "1, KP_BEGIN, -, ^[[E",
        "1, INSERT, -, ^[[2~",
        "1, DELETE, super, ^[[3;9~",
        "1, F1, -, ^[[P",
        "1, F2, -, ^[[Q",
        "1, F3, -, ^[[13~",
        "1, F3, shift, ^[[13;2~",
        "1, F4, hyper, ^[[1;17S",
        "1, F5, -, ^[[15~",
        "1, F12, -, ^[[24~",
        "1, F13, -, ^[[57376u",
        "1, F35, -, ^[[57398u",
        "1, MENU, -, ^[[57363u",
        "1, PRINT_SCREEN, -, ^[[57361u",
        "1, PAUSE, -, ^[[57362u",
        "1, MEDIA_PLAY, -, ^[[57428u",
        "1, MUTE_VOLUME, -, ^[[57440u",
        // The exceptions, so that reset can be typed; locks do not count.
        "1, ENTER, -, CR",
        "1, TAB, -, HT",
        "1, BACKSPACE, -, DEL",
        "1, ENTER, caps+num, CR",
        "1, ENTER, shift, ^[[13;2u",
        "1, TAB, shift, ^[[9;2u",
        "1, TAB, ctrl+shift, ^[[9;6u",
        "1, BACKSPACE, ctrl, ^[[127;5u",
        // Keypad keys have their own numbers unless they type text.
        "1, KP_LEFT, -, ^[[57417u",
        "1, KP_ENTER, -, ^[[57414u",
        "1, KP_5, -, ^[[57404u",
        "1, KP_5, num, 5",
        "1, KP_5, ctrl+num, ^[[57404;133u",
        "1, KP_ADD, -, +",
        "1, KP_ADD, ctrl, ^[[57413;5u",
        "2, KP_LEFT, -, ^[[D",
        "2, KP_ENTER, -, CR",
        "2, KP_5, -, 5",
        "4, KP_5, -, 5",
        "24, KP_5, num, ^[[57404;129;53u",
        // Modifiers alone: only with "Report all keys".
        "1, SHIFT, shift, ''",
        "7, CAPS_LOCK, caps, ''",
        "8, SHIFT, shift, ^[[57441;2u",
        "8, META, super, ^[[57444;9u",
        "8, RIGHT_CONTROL, ctrl, ^[[57448;5u",
        "8, CAPS_LOCK, caps, ^[[57358;65u",
        "8, ISO_LEVEL3_SHIFT, -, ^[[57453u",
        // "Report all keys": without exceptions.
        "8, ENTER, -, ^[[13u",
        "8, TAB, -, ^[[9u",
        "8, BACKSPACE, -, ^[[127u",
        "8, ENTER, num, ^[[13;129u",
        "8, ESCAPE, -, ^[[27u",
        "8, UP, -, ^[[A",
        "24, ENTER, -, ^[[13u",
        // Neither: the legacy encoding.
        "4, UP, -, ^[OA",
        "4, F1, -, ^[OP",
        "4, ESCAPE, -, ^[",
        "2, ESCAPE, -, ^[",
        "2, UP, -, ^[[A",
        "16, MENU, -, ^[[29~",
    })
    void namedKeys(int flags, Key key, String modifiers, String expected) {
        assertThat(keys(flags, named(key, modifiers, Action.PRESS))).isEqualTo(expected);
    }

    /** "Event types" and "Report event types". */
    @ParameterizedTest
    @CsvSource({
        "2, UP, -, ^[[1;1:2A, ^[[1;1:3A",
        "3, UP, ctrl, ^[[1;5:2A, ^[[1;5:3A",
        "3, F5, -, ^[[15;1:2~, ^[[15;1:3~",
        "3, ESCAPE, -, ^[[27;1:2u, ^[[27;1:3u",
        "2, ESCAPE, -, ^[[27;1:2u, ^[[27;1:3u",
        // These three have no release unless all keys are reported.
        "3, ENTER, -, CR, ''",
        "3, TAB, shift, ^[[9;2:2u, ''",
        "3, BACKSPACE, num, DEL, ''",
        "11, ENTER, -, ^[[13;1:2u, ^[[13;1:3u",
        "10, SHIFT, shift, ^[[57441;2:2u, ^[[57441;2:3u",
        "3, SHIFT, shift, '', ''",
        "26, KP_5, num, ^[[57404;129:2;53u, ^[[57404;129:3u",
        // Without the flag.
        "1, UP, -, ^[[A, ''",
        "8, ENTER, -, ^[[13u, ''",
    })
    void eventsOfNamedKeys(int flags, Key key, String modifiers, String repeat, String release) {
        assertThat(keys(flags, named(key, modifiers, Action.REPEAT))).isEqualTo(repeat);
        assertThat(keys(flags, named(key, modifiers, Action.RELEASE))).isEqualTo(release);
    }

    /**
     * "Key events that result in text are reported as plain UTF-8 text", their releases are not.
     */
    @ParameterizedTest
    @CsvSource({
        "2, a, -, a, ^[[97;1:3u",
        "3, A, shift, A, ^[[97;2:3u",
        "3, a, ctrl, ^[[97;5:2u, ^[[97;5:3u",
        "2, a, ctrl, ^[[97;5:2u, ^[[97;5:3u",
        "10, a, -, ^[[97;1:2u, ^[[97;1:3u",
        "26, a, -, ^[[97;1:2;97u, ^[[97;1:3u",
        "26, A, shift, ^[[97;2:2;65u, ^[[97;2:3u",
        "3, 日本, -, 日本, ''",
        "1, a, ctrl, ^[[97;5u, ''",
        "8, a, -, ^[[97u, ''",
    })
    void eventsOfTextKeys(int flags, String text, String modifiers, String repeat, String release) {
        assertThat(keys(flags, text(text, modifiers, Action.REPEAT))).isEqualTo(repeat);
        assertThat(keys(flags, text(text, modifiers, Action.RELEASE))).isEqualTo(release);
    }

    /** "Key codes": a Cyrillic layout, and shifted keys that are no capitals. */
    @ParameterizedTest
    @CsvSource({
        "5, с, ctrl, 1089, 0, 99, ^[[1089::99;5u",
        "5, С, ctrl+shift, 1089, 1057, 99, ^[[1089:1057:99;6u",
        "1, С, ctrl+shift, 1089, 1057, 99, ^[[1089;6u",
        "5, +, ctrl+shift, 61, 43, 61, ^[[61:43;6u",
        "1, +, ctrl+shift, 61, 43, 61, ^[[61;6u",
        "5, =, ctrl, 61, 43, 61, ^[[61;5u",
        "8, !, shift, 49, 33, 49, ^[[49;2u",
        "29, !, shift, 49, 33, 49, ^[[49:33;2;33u",
        "29, é, -, 101, 0, 0, ^[[101;;233u",
    })
    void theLayoutsCodesAreTold(
            int flags, String text, String held, int key, int shifted, int base, String expected) {
        var codes = new Codes(key, shifted, base);
        var stroke = new KeyStroke.Text(text, modifiers(held), Action.PRESS, codes);

        assertThat(keys(flags, stroke)).isEqualTo(expected);
    }

    @Test
    void associatedTextHoldsNoControls() {
        assertThat(keys(24, text("a\007b\u0085", "-", Action.PRESS))).isEqualTo("^[[0;;97:98u");
        assertThat(keys(24, text("\001", "-", Action.PRESS))).isEqualTo("^A");
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void everyKeyHasOneEscapeCodeWhenAllAreReported(Key key) {
        assertThat(keys(8, named(key, "-", Action.PRESS)))
                .matches("\\^\\[\\[(\\d+[u~]|[ABCDEFHPQS])");
        assertThat(keys(11, named(key, "ctrl+num", Action.RELEASE)))
                .matches("\\^\\[\\[\\d+;133:3[u~ABCDEFHPQS]");
    }

    @Test
    void halfACharacterIsNotTold() {
        assertThat(keys(24, text("\ud83d", "-", Action.PRESS))).isEmpty();
        assertThat(keys(1, text("\ud83d", "ctrl", Action.PRESS))).isEmpty();
        assertThat(keys(24, text("a\ud83d", "-", Action.PRESS))).isEqualTo("^[[0;;97u");
    }

    @Test
    void noTwoKeysHaveTheSameCodeWhenAllAreReported() {
        assertThat(Key.values())
                .extracting(key -> keys(8, named(key, "-", Action.PRESS)))
                .doesNotHaveDuplicates();
    }

    @Test
    void theProtocolTakesThePlaceOfModifyOtherKeys() {
        KeyModes modes = KeyModes.DEFAULT.withModifyOtherKeys(2).withKittyFlags(1);

        assertThat(KeyEncoder.encode(KeyStroke.text("a", Modifiers.CTRL), modes))
                .asString(UTF_8)
                .isEqualTo("\033[97;5u");
    }

    @Test
    void modesAndCodesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> KeyModes.DEFAULT.withKittyFlags(32))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyModes.DEFAULT.withModifyOtherKeys(3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Codes(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
