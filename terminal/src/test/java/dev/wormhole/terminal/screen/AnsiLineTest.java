package dev.wormhole.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class AnsiLineTest {

    private static final String TEXT =
            "plain \033[1;31mred\033[0m   \033[48;5;200m "
                    + " \033[m\033]8;id=a;https://example.org/x\033\\link\033]8;;\033\\ 漢字 e\u0301"
                    + " \033[4:3mcurly";

    private static Screen screenOf(byte[] bytes) {
        var screen = new Screen(60, 3, 100, new ScreenListener() {});
        screen.feed(bytes, 0, bytes.length);
        return screen;
    }

    private static byte[] line(Screen screen, int row) {
        var line = new AnsiLine();
        screen.row(row, line);
        return line.take();
    }

    @Test
    void aLineThatIsSentToAnotherTerminalLooksTheSame() {
        Screen screen = screenOf(TEXT.getBytes(StandardCharsets.UTF_8));
        byte[] sent = line(screen, 0);

        Screen other = screenOf(sent);

        assertThat(other.text(0)).isEqualTo(screen.text(0)).isNotEmpty();
        assertThat(line(other, 0)).isEqualTo(sent);
        assertThat(new String(sent, StandardCharsets.UTF_8))
                .contains("\033]8;id=a;https://example.org/x\033\\link\033]8;;\033\\", "4:3")
                .endsWith("\r\n");
    }

    @Test
    void everyLineBeginsPlain() {
        var line = new AnsiLine();
        screenOf("\033[7mx".getBytes(StandardCharsets.UTF_8)).row(0, line);

        assertThat(new String(line.take(), StandardCharsets.UTF_8))
                .isEqualTo("\033[0;7mx\033[0m\r\n");
        assertThat(new String(line.take(), StandardCharsets.UTF_8)).isEqualTo("\r\n");
    }
}
