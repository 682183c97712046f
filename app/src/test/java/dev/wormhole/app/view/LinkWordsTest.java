package dev.wormhole.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.view.LinkWords.Tone;
import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.client.link.LinkState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;

class LinkWordsTest {

    @ParameterizedTest
    @CsvSource({"4000, 0, in 4 s", "4000, 1, in 4 s", "4000, 1000, in 3 s", "4000, 4000, now"})
    void theWaitIsCountedDown(long delay, long since, String words) {
        var state = reconnecting(LinkProblem.Kind.UNREACHABLE, delay);

        LinkWords said = LinkWords.of(state, Duration.ofMillis(since));

        assertThat(said.text()).isEqualTo("reconnecting " + words);
        assertThat(said.canRetry()).isTrue();
        assertThat(said.tip()).isEqualTo("why");
    }

    @ParameterizedTest
    @EnumSource(
            value = LinkProblem.Kind.class,
            names = {"REFUSED", "CERTIFICATE_UNKNOWN", "CERTIFICATE_CHANGED", "VERSION"})
    void whatWaitingDoesNotMendIsSaid(LinkProblem.Kind kind) {
        LinkWords said = LinkWords.of(reconnecting(kind, 4000), Duration.ZERO);

        assertThat(said.tone()).isEqualTo(Tone.BAD);
        assertThat(said.text()).isEqualTo("why");
    }

    @Test
    void aConnectionIsGood() {
        LinkWords said = LinkWords.of(new LinkState.Connected("1.0"), Duration.ZERO);

        assertThat(said).isEqualTo(new LinkWords(Tone.GOOD, "connected", "", false));
    }

    @Test
    void theFirstAttemptIsNotARepeatedOne() {
        LinkWords first = LinkWords.of(new LinkState.Connecting(1), Duration.ZERO);
        LinkWords second = LinkWords.of(new LinkState.Connecting(2), Duration.ZERO);

        assertThat(first.text()).isEqualTo("connecting…");
        assertThat(second.text()).isEqualTo("reconnecting…");
    }

    private static LinkState reconnecting(LinkProblem.Kind kind, long delay) {
        return new LinkState.Reconnecting(
                2, Duration.ofMillis(delay), new LinkProblem(kind, "why"));
    }
}
