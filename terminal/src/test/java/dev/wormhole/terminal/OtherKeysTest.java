package dev.wormhole.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** xterm's modifyOtherKeys. */
class OtherKeysTest {

    /** The columns of the tables, after the key without and with Shift. */
    private static final List<Modifiers> COLUMNS =
            List.of(
                    Modifiers.NONE,
                    Modifiers.SHIFT,
                    Modifiers.ALT,
                    Modifiers.CTRL,
                    Modifiers.CTRL.plus(Modifiers.SHIFT),
                    Modifiers.ALT.plus(Modifiers.SHIFT),
                    Modifiers.CTRL.plus(Modifiers.ALT),
                    Modifiers.CTRL.plus(Modifiers.ALT).plus(Modifiers.SHIFT));

    /** Read off xterm 379 after CSI > 4 ; 1 m, with an American keyboard; controls as pictures. */
    private static final String LEVEL_1 =
            """
            a A a A ␛a ␁ ␁ ␛A ␛␁ ␛␁
            1 ! 1 ! ␛1 ␛[27;5;49~ ␛[27;6;33~ ␛! ␛[27;5;49~ ␛[27;6;33~
            3 # 3 # ␛3 ␛ ␛[27;6;35~ ␛# ␛␛ ␛[27;6;35~
            ; : ; : ␛; ␛[27;5;59~ ␛[27;6;58~ ␛: ␛[27;5;59~ ␛[27;6;58~
            ␠ ␠ ␠ ␠ ␛␠ ␀ ␀ ␛␠ ␛␀ ␛[27;6;32~
            / ? / ? ␛/ ␟ ␛[27;6;63~ ␛? ␛␟ ␛[27;6;63~
            [ { [ { ␛[ ␛ ␛ ␛{ ␛␛ ␛␛
            ` ~ ` ~ ␛` ␀ ␞ ␛~ ␛␀ ␛␞
            - _ - _ ␛- ␛[27;5;45~ ␟ ␛_ ␛[27;5;45~ ␛␟
            = + = + ␛= ␛[27;5;61~ ␛[27;6;43~ ␛+ ␛[27;5;61~ ␛[27;6;43~
            , < , < ␛, ␛[27;5;44~ ␛[27;6;60~ ␛< ␛[27;5;44~ ␛[27;6;60~
            . > . > ␛. ␛[27;5;46~ ␛[27;6;62~ ␛> ␛[27;5;46~ ␛[27;6;62~
            \\ | \\ | ␛\\ ␜ ␜ ␛| ␛␜ ␛␜
            8 * 8 * ␛8 ␡ ␛[27;6;42~ ␛* ␛␡ ␛[27;6;42~
            2 @ 2 @ ␛2 ␀ ␀ ␛@ ␛␀ ␛␀
            6 ^ 6 ^ ␛6 ␞ ␞ ␛^ ␛␞ ␛␞
            i I i I ␛i ␉ ␉ ␛I ␛␉ ␛␉
            m M m M ␛m ␍ ␍ ␛M ␛␍ ␛␍
            ENTER - ␍ ␛[27;2;13~ ␛␍ ␛[27;5;13~ ␛[27;6;13~ ␛[27;2;13~ ␛␍ ␛[27;2;13~
            TAB - ␉ ␛[Z ␛␉ ␛[27;5;9~ ␛[Z ␛[Z ␛␉ ␛[Z
            BACKSPACE - ␡ ␡ ␛␡ ␈ ␈ ␛␡ ␛␈ ␛␈
            ESCAPE - ␛ ␛ ␛␛ ␛ ␛ ␛[27;2;27~ ␛[27;5;27~ ␛[27;6;27~
            """;

    /** The same after CSI > 4 ; 2 m. */
    private static final String LEVEL_2 =
            """
            a A a ␛[27;2;65~ ␛[27;3;97~ ␛[27;5;97~ ␛[27;6;65~ ␛[27;4;65~ ␛[27;7;97~ ␛[27;8;65~
            1 ! 1 ! ␛[27;3;49~ ␛[27;5;49~ ␛[27;6;33~ ␛[27;4;33~ ␛[27;7;49~ ␛[27;8;33~
            3 # 3 # ␛[27;3;51~ ␛[27;5;51~ ␛[27;6;35~ ␛[27;4;35~ ␛[27;7;51~ ␛[27;8;35~
            ; : ; : ␛[27;3;59~ ␛[27;5;59~ ␛[27;6;58~ ␛[27;4;58~ ␛[27;7;59~ ␛[27;8;58~
            ␠ ␠ ␠ ␛[27;2;32~ ␛[27;3;32~ ␛[27;5;32~ ␛[27;6;32~ ␛[27;4;32~ ␛[27;7;32~ ␛[27;8;32~
            / ? / ? ␛[27;3;47~ ␛[27;5;47~ ␛[27;6;63~ ␛[27;4;63~ ␛[27;7;47~ ␛[27;8;63~
            [ { [ ␛[27;2;123~ ␛[27;3;91~ ␛[27;5;91~ ␛[27;6;123~ ␛[27;4;123~ ␛[27;7;91~ ␛[27;8;123~
            ` ~ ` ␛[27;2;126~ ␛[27;3;96~ ␛[27;5;96~ ␛[27;6;126~ ␛[27;4;126~ ␛[27;7;96~ ␛[27;8;126~
            - _ - ␛[27;2;95~ ␛[27;3;45~ ␛[27;5;45~ ␛[27;6;95~ ␛[27;4;95~ ␛[27;7;45~ ␛[27;8;95~
            = + = + ␛[27;3;61~ ␛[27;5;61~ ␛[27;6;43~ ␛[27;4;43~ ␛[27;7;61~ ␛[27;8;43~
            , < , < ␛[27;3;44~ ␛[27;5;44~ ␛[27;6;60~ ␛[27;4;60~ ␛[27;7;44~ ␛[27;8;60~
            . > . > ␛[27;3;46~ ␛[27;5;46~ ␛[27;6;62~ ␛[27;4;62~ ␛[27;7;46~ ␛[27;8;62~
            \\ | \\ ␛[27;2;124~ ␛[27;3;92~ ␛[27;5;92~ ␛[27;6;124~ ␛[27;4;124~ ␛[27;7;92~ ␛[27;8;124~
            8 * 8 * ␛[27;3;56~ ␛[27;5;56~ ␛[27;6;42~ ␛[27;4;42~ ␛[27;7;56~ ␛[27;8;42~
            2 @ 2 ␛[27;2;64~ ␛[27;3;50~ ␛[27;5;50~ ␛[27;6;64~ ␛[27;4;64~ ␛[27;7;50~ ␛[27;8;64~
            6 ^ 6 ␛[27;2;94~ ␛[27;3;54~ ␛[27;5;54~ ␛[27;6;94~ ␛[27;4;94~ ␛[27;7;54~ ␛[27;8;94~
            i I i ␛[27;2;73~ ␛[27;3;105~ ␛[27;5;105~ ␛[27;6;73~ ␛[27;4;73~ ␛[27;7;105~ ␛[27;8;73~
            m M m ␛[27;2;77~ ␛[27;3;109~ ␛[27;5;109~ ␛[27;6;77~ ␛[27;4;77~ ␛[27;7;109~ ␛[27;8;77~
            ENTER - ␍ ␛[27;2;13~ ␛[27;3;13~ ␛[27;5;13~ ␛[27;6;13~ ␛[27;4;13~ ␛[27;7;13~ ␛[27;8;13~
            TAB - ␉ ␛[Z ␛[27;3;9~ ␛[27;5;9~ ␛[27;6;9~ ␛[27;4;9~ ␛[27;7;9~ ␛[27;8;9~
            BACKSPACE - ␡ ␛[27;2;127~ ␛[27;3;127~ ␈ ␛[27;6;8~ ␛[27;4;127~ ␛[27;7;8~ ␛[27;8;8~
            ESCAPE - ␛ ␛[27;2;27~ ␛[27;3;27~ ␛[27;5;27~ ␛[27;6;27~ ␛[27;4;27~ ␛[27;7;27~ ␛[27;8;27~
            """;

    private static String bytes(KeyStroke stroke, KeyModes modes) {
        return new String(KeyEncoder.encode(stroke, modes), UTF_8);
    }

    private static String controls(String pictures) {
        var text = new StringBuilder();
        pictures.chars()
                .map(c -> c == 0x2421 ? 0x7f : c >= 0x2400 && c <= 0x2420 ? c - 0x2400 : c)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static KeyStroke stroke(String plain, String shifted, Modifiers modifiers) {
        if (plain.length() > 1) return KeyStroke.of(Key.valueOf(plain), modifiers);
        return KeyStroke.text(controls(modifiers.shift() ? shifted : plain), modifiers);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void keysWithModifiersAreXterms(int level) {
        KeyModes modes = KeyModes.DEFAULT.withModifyOtherKeys(level);
        for (String line : (level == 1 ? LEVEL_1 : LEVEL_2).lines().toList()) {
            String[] row = line.split(" ");
            for (int i = 0; i < COLUMNS.size(); i++) {
                assertThat(bytes(stroke(row[0], row[1], COLUMNS.get(i)), modes))
                        .as("level %d, %s, %s", level, row[0], COLUMNS.get(i))
                        .isEqualTo(controls(row[2 + i]));
            }
        }
    }

    /** Ctlseqs, "XTFMTKEYS": 1 for {@code CSI … u}. */
    @Test
    void theFormatCanBeThatOfCsiU() {
        KeyModes modes = KeyModes.DEFAULT.withModifyOtherKeys(2).withFormatOtherKeys(1);

        assertThat(bytes(KeyStroke.text("a", Modifiers.CTRL), modes)).isEqualTo("\033[97;5u");
        assertThat(bytes(KeyStroke.of(Key.ENTER, Modifiers.SHIFT), modes)).isEqualTo("\033[13;2u");
        assertThat(bytes(KeyStroke.text("é", Modifiers.ALT), modes)).isEqualTo("\033[233;3u");
    }

    @Test
    void keysWithParametersAndPlainTextStayAsTheyAre() {
        KeyModes modes = KeyModes.DEFAULT.withModifyOtherKeys(2);

        assertThat(bytes(KeyStroke.of(Key.UP, Modifiers.CTRL), modes)).isEqualTo("\033[1;5A");
        assertThat(bytes(KeyStroke.of(Key.F5), modes)).isEqualTo("\033[15~");
        assertThat(bytes(KeyStroke.text("日本", Modifiers.ALT), modes)).isEqualTo("\033日本");
        assertThat(bytes(KeyStroke.text("É", Modifiers.SHIFT), modes)).isEqualTo("É");
        assertThat(bytes(KeyStroke.text("a", Modifiers.NUM_LOCK), modes)).isEqualTo("a");
        assertThat(bytes(KeyStroke.text("a", Modifiers.CAPS_LOCK.plus(Modifiers.CTRL)), modes))
                .isEqualTo("\033[27;5;97~");
    }

    @Test
    void backspaceTellsTheCharacterItWouldSend() {
        KeyModes modes = KeyModes.DEFAULT.withModifyOtherKeys(2).withBackarrowIsBackspace(true);

        assertThat(bytes(KeyStroke.of(Key.BACKSPACE, Modifiers.SHIFT), modes))
                .isEqualTo("\033[27;2;8~");
        assertThat(bytes(KeyStroke.of(Key.BACKSPACE, Modifiers.CTRL), modes)).isEqualTo("\177");
    }

    @Test
    void aReleaseSendsNothingAndARepeatWhatAPressSends() {
        for (int level = 0; level <= 2; level++) {
            KeyModes modes = KeyModes.DEFAULT.withModifyOtherKeys(level);
            for (Key key : Key.values()) {
                byte[] press = KeyEncoder.encode(KeyStroke.of(key, Modifiers.CTRL), modes);

                assertThat(KeyEncoder.encode(named(key, KeyStroke.Action.REPEAT), modes))
                        .isEqualTo(press);
                assertThat(KeyEncoder.encode(named(key, KeyStroke.Action.RELEASE), modes))
                        .isEmpty();
            }
        }
    }

    private static KeyStroke named(Key key, KeyStroke.Action action) {
        return new KeyStroke.Named(key, Modifiers.CTRL, action);
    }
}
