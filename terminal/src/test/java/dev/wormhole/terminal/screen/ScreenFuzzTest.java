package dev.wormhole.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** A minute of {@link ScreenFuzz}; {@code -Dwormhole.fuzz.seconds=N} makes it more or less. */
class ScreenFuzzTest {

    /** The seeds are always the same: a failure here is one everywhere. */
    private static final long FIRST_SEED = 1;

    @Test
    void noOutputBreaksTheScreen() {
        var time = Duration.ofSeconds(Long.getLong("wormhole.fuzz.seconds", 60));

        long rounds = new ScreenFuzz().run(FIRST_SEED, time, _ -> {});

        assertThat(rounds).isPositive();
    }
}
