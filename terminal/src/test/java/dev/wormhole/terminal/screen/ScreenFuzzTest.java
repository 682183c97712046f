package dev.wormhole.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A minute of {@link ScreenFuzz}; {@code -Dwormhole.fuzz.seconds=N} makes it more or less. */
class ScreenFuzzTest {

    /** The seeds are always the same: a failure here is one everywhere. */
    private static final long FIRST_SEED = 1;

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void noOutputBreaksTheScreen() {
        var time = Duration.ofSeconds(Long.getLong("wormhole.fuzz.seconds", 60));

        // A hang is told from a long run: a round takes a fraction of a second.
        long rounds =
                assertTimeoutPreemptively(
                        time.plusSeconds(60),
                        () -> new ScreenFuzz().run(FIRST_SEED, time, _ -> {}));

        assertThat(rounds).isPositive();
    }
}
