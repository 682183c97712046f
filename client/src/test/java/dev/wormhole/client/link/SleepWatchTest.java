package dev.wormhole.client.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class SleepWatchTest {

    // Any two places: only how they move counts.
    private Instant wall = Instant.parse("2026-03-29T01:59:58Z");
    private long monotonic = Long.MAX_VALUE - 1_000_000_000L;

    private final SleepWatch watch = new SleepWatch(() -> wall, () -> monotonic);

    private void pass(Duration onTheWall, Duration awake) {
        wall = wall.plus(onTheWall);
        monotonic += awake.toNanos();
    }

    @Test
    void timeThatPassesForBothClocksIsNoSleep() {
        for (int look = 0; look < 100; look++) {
            pass(Duration.ofSeconds(1), Duration.ofSeconds(1));
            assertThat(watch.woke()).isFalse();
        }
        // A busy machine looks late.
        pass(Duration.ofMinutes(10), Duration.ofMinutes(10));
        assertThat(watch.woke()).isFalse();
    }

    @Test
    void aSleepIsToldOnce() {
        pass(Duration.ofHours(8), Duration.ofSeconds(1));

        assertThat(watch.woke()).isTrue();
        assertThat(watch.woke()).isFalse();
    }

    @Test
    void aWallClockThatIsSetBackCountsAsWell() {
        pass(Duration.ofMinutes(-30), Duration.ofSeconds(1));

        assertThat(watch.woke()).isTrue();
    }

    @Test
    void aClockThatDriftsIsNoSleep() {
        for (int look = 0; look < 100; look++) {
            pass(Duration.ofMillis(1_500), Duration.ofSeconds(1));
            assertThat(watch.woke()).isFalse();
        }
    }
}
