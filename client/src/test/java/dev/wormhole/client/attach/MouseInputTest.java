package dev.wormhole.client.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class MouseInputTest {

    private final Screen screen = new Screen(120, 40, 0, new ScreenListener() {});
    private final MouseInput input = new MouseInput();
    private Viewport viewport = new Viewport(30, 17, new TerminalSize(80, 23));

    @Test
    void aPlaceOnThePaintedTerminalIsThePlaceOnTheScreen() {
        modes("\033[?1000h\033[?1006h");

        assertThat(typed("\033[<0;1;1M")).isEqualTo("\033[<0;31;18M");
        assertThat(typed("a\033[<16;80;23mb\033[<64;5;5M\033[A"))
                .isEqualTo("a\033[<16;110;40mb\033[<64;35;22M\033[A");
    }

    @Test
    void theProgramGetsTheFormatThatItAskedFor() {
        modes("\033[?1002h");
        viewport = Viewport.topLeft(new TerminalSize(200, 60));

        assertThat(typed("\033[<0;5;6M\033[<32;7;8M\033[<0;7;8m"))
                .isEqualTo("\033[M %&\033[M@'(\033[M#'(");
    }

    @Test
    void whatHappensBesideTheScreenIsNotTheProgramsButTheEndOfADrag() {
        modes("\033[?1003h\033[?1006h");
        viewport = Viewport.topLeft(new TerminalSize(200, 60));

        assertThat(typed("\033[<0;150;3M\033[<35;3;50M")).isEmpty();
        assertThat(typed("\033[<0;150;50m")).isEqualTo("\033[<0;120;40m");
    }

    @Test
    void theStatusRowIsBesideTheScreen() {
        modes("\033[?1000h\033[?1006h");
        viewport = new Viewport(0, 0, new TerminalSize(80, 23));

        assertThat(typed("\033[<0;1;24M")).isEmpty();
    }

    @Test
    void aReportMayComeInTwoPieces() {
        modes("\033[?1000h\033[?1006h");

        assertThat(typed("x\033[<0;1")).isEqualTo("x");
        assertThat(typed(";1M")).isEqualTo("\033[<0;31;18M");
    }

    @Test
    void otherBytesPassUnchanged() {
        assertThat(typed("\033")).isEqualTo("\033");
        assertThat(typed("é\033[<\u0001")).isEqualTo("é\033[<\u0001");
        assertThat(typed("\033[<999;1;1M")).isEmpty();
    }

    private void modes(String sequences) {
        byte[] bytes = sequences.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
    }

    private String typed(String text) {
        return input.translate(ByteString.utf8(text), screen, viewport).toUtf8();
    }
}
