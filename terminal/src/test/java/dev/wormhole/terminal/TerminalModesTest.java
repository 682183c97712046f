package dev.wormhole.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalModesTest {

    private final TerminalModes modes = new TerminalModes();
    private final Parser parser = new Parser(modes);

    private void feed(String latin1) {
        byte[] bytes = latin1.getBytes(ISO_8859_1);
        parser.feed(bytes, 0, bytes.length);
    }

    @Test
    void aNewTerminalHasTheDefaults() {
        assertThat(modes.keyModes()).isEqualTo(KeyModes.DEFAULT);
        assertThat(modes.mouseModes()).isEqualTo(MouseModes.OFF);
        assertThat(modes.bracketedPaste()).isFalse();
    }

    @Test
    void keyModesFollowTheOutput() {
        feed("\033[?1h\033=\033[20h\033[?67h");
        assertThat(modes.keyModes()).isEqualTo(new KeyModes(true, true, true, true, true));

        feed("\033[?1l\033>\033[20l\033[?67l");
        assertThat(modes.keyModes()).isEqualTo(KeyModes.DEFAULT);

        feed("\033[?66h\033[?1039l");
        assertThat(modes.keyModes()).isEqualTo(new KeyModes(false, true, false, false, false));
    }

    @Test
    void everyParameterOfOneSequenceCounts() {
        feed("\033[?1;2004;1002;1006;1049;1004;1007h\033[4;20h");

        assertThat(modes.keyModes().applicationCursor()).isTrue();
        assertThat(modes.keyModes().newline()).isTrue();
        assertThat(modes.bracketedPaste()).isTrue();
        assertThat(modes.mouseModes())
                .isEqualTo(new MouseModes(MouseTracking.BUTTON, MouseFormat.SGR));
        assertThat(modes.alternateScreen()).isTrue();
        assertThat(modes.focusReports()).isTrue();
        assertThat(modes.alternateScroll()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {47, 1047, 1049})
    void theAlternateScreenHasThreeNumbers(int mode) {
        feed("\033[?" + mode + "h");
        assertThat(modes.alternateScreen()).isTrue();
        feed("\033[?1047l");
        assertThat(modes.alternateScreen()).isFalse();
    }

    @Test
    void privateAndAnsiModesAreNotConfused() {
        feed("\033[1h\033[2004h\033[1000h\033[?20h\033[>1h");

        assertThat(modes.keyModes()).isEqualTo(KeyModes.DEFAULT);
        assertThat(modes.bracketedPaste()).isFalse();
        assertThat(modes.mouseModes()).isEqualTo(MouseModes.OFF);
    }

    /** Read off xterm 379 with DECRQM, as are the resets below. */
    @Test
    void trackingsReplaceEachOtherAndAnyResetTurnsThemOff() {
        feed("\033[?1000h\033[?1003h");
        assertThat(modes.mouseModes().tracking()).isEqualTo(MouseTracking.ANY);
        feed("\033[?9h");
        assertThat(modes.mouseModes().tracking()).isEqualTo(MouseTracking.X10);
        feed("\033[?1000h\033[?1002l");
        assertThat(modes.mouseModes().tracking()).isEqualTo(MouseTracking.OFF);
    }

    @Test
    void aFormatIsOnlyResetByItsOwnNumber() {
        feed("\033[?1005h\033[?1015h\033[?1006h\033[?1005l");
        assertThat(modes.mouseModes().format()).isEqualTo(MouseFormat.SGR);
        feed("\033[?1006l\033[?1016h");
        assertThat(modes.mouseModes().format()).isEqualTo(MouseFormat.SGR_PIXELS);
        feed("\033[?1016l");
        assertThat(modes.mouseModes().format()).isEqualTo(MouseFormat.DEFAULT);
    }

    @Test
    void aFullResetClearsAllAndASoftOneTheKeys() {
        String all = "\033[?1;66;67;9;1006;2004;1004;1007;1049h\033[20h\033[?1039l";
        feed(all + "\033[!p");
        assertThat(modes.keyModes()).isEqualTo(new KeyModes(false, false, true, true, false));
        assertThat(modes.mouseModes())
                .isEqualTo(new MouseModes(MouseTracking.X10, MouseFormat.SGR));
        assertThat(modes.bracketedPaste() && modes.focusReports() && modes.alternateScreen())
                .isTrue();

        feed(all + "\033c");
        assertThat(modes.keyModes()).isEqualTo(KeyModes.DEFAULT);
        assertThat(modes.mouseModes()).isEqualTo(MouseModes.OFF);
        assertThat(modes.bracketedPaste() || modes.focusReports() || modes.alternateScreen())
                .isFalse();
        assertThat(modes.alternateScroll()).isFalse();
    }
}
