package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;
import dev.wormhole.terminal.screen.SnapshotDepth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;

/** What a dead program leaves behind, the separator takes back. */
class SeparatorTest {

    private static void feed(Screen screen, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
    }

    private static Screen screen() {
        return new Screen(60, 10, 100, new ScreenListener() {});
    }

    private static void separate(Screen screen) {
        feed(
                screen,
                Separator.of(
                                ExitStatus.signalled("SIGKILL"),
                                Instant.EPOCH,
                                Instant.EPOCH,
                                ZoneOffset.UTC,
                                screen,
                                "")
                        .toUtf8());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\033[?1h\033=\033[?66h\033[?67h\033[20h\033[4h\033[2h\033[12l",
                "\033[?9h\033[?1000h\033[?1002h\033[?1003h\033[?1005h\033[?1006h\033[?1015h\033[?1016h",
                "\033[?1004h\033[?2004h\033[?2026h\033[?2027h\033[?2031h\033[?2048h\033[?1007h",
                "\033[>1u\033[>3u\033[=31u\033[>4;2m\033[>4;1f",
                "\033[?5h\033[?7l\033[?25l\033[?12h\033[?45h\033[?1045h\033[?4h\033[?8l\033[?1036l\033[?1039l",
                "\033[1;3;38;5;9;48;2;1;2;3m\033]8;;https://example.org\007\033[5 q",
                "\033(0\033)0\016",
                "\033[1\"q\033[2*x",
                "\033]0;unfinished",
                "\033[3;5",
            })
    void everyModeIsLeft(String left) {
        Screen clean = screen();
        Screen dirty = screen();
        feed(clean, "hello");
        feed(dirty, "hello");

        feed(dirty, left);
        separate(clean);
        separate(dirty);

        assertThat(new String(dirty.snapshot(SnapshotDepth.ALL), StandardCharsets.UTF_8))
                .isEqualTo(new String(clean.snapshot(SnapshotDepth.ALL), StandardCharsets.UTF_8));
        assertThat(dirty.hash()).isEqualTo(clean.hash());
    }

    @Test
    void marginsAndOriginAreLeftWithoutLosingThePlace() {
        Screen screen = screen();
        feed(screen, "one\r\ntwo\r\n\033[2;8r\033[?69h\033[5;20s\033[?6h\033[2;3Hhere");

        separate(screen);
        feed(screen, "\033[1;1Htop\033[10;60Hx");

        assertThat(screen.text(0)).startsWith("top");
        assertThat(screen.text(9)).endsWith("x").hasSize(60);
        assertThat(screen.text(3)).contains("── process ended by SIGKILL");
    }

    @Test
    void theAlternateScreenAndItsKeysAreLeft() {
        Screen screen = screen();
        feed(screen, "shell\r\n\033[>5u\033[?1049h\033[>7u\033[>1u\033[2Jpicture");

        separate(screen);

        assertThat(screen.isAlternate()).isFalse();
        assertThat(screen.text(0)).isEqualTo("shell");
        assertThat(screen.keyModes()).isEqualTo(screen().keyModes());
        feed(screen, "\033[?1049h");
        assertThat(screen.keyModes()).isEqualTo(screen().keyModes());
    }
}
