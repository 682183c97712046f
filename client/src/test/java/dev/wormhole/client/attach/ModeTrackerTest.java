package dev.wormhole.client.attach;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class ModeTrackerTest {

    private final ModeTracker modes = new ModeTracker();

    @Test
    void takesBackExactlyWhatWasSet() {
        feed("\033[?1049h\033[?1000;1006h\033[?2004h\033[?25l\033[?1h\033=\033[2;5r\033[4 q");

        assertThat(takeBack())
                .startsWith("\033[?1049l")
                .contains(
                        "\033[?1000l",
                        "\033[?1006l",
                        "\033[?2004l",
                        "\033[?25h",
                        "\033[?1l",
                        "\033>",
                        "\033[r",
                        "\033[0 q")
                .endsWith("\033[0m\033(B\033)B\017");
    }

    @Test
    void whatTheProgramTookBackItselfIsLeftAlone() {
        feed("\033[?1049h\033[?2004h\033[?25l text \033[?25h\033[?2004l\033[?1049l\033[2;5r\033[r");

        assertThat(takeBack()).isEqualTo("\033[0m\033(B\033)B\017");
    }

    @Test
    void keyboardModesArePopped() {
        feed("\033[>1u\033[>5u\033[<u\033[>4;2m");

        assertThat(takeBack()).contains("\033[<1u", "\033[>4m");
    }

    @Test
    void oncePerSetting() {
        feed("\033[?1003h");
        takeBack();

        assertThat(takeBack()).doesNotContain("1003");
    }

    private void feed(String text) {
        modes.feed(text.getBytes(StandardCharsets.UTF_8));
    }

    private String takeBack() {
        return new String(modes.takeBack(), StandardCharsets.US_ASCII);
    }
}
