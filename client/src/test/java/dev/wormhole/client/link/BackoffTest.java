package dev.wormhole.client.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

class BackoffTest {

    @Test
    void waitsDoubleUntilTheCap() {
        assertThat(Backoff.delay(1, 1)).isEqualTo(Duration.ofMillis(250));
        assertThat(Backoff.delay(2, 1)).isEqualTo(Duration.ofMillis(500));
        assertThat(Backoff.delay(5, 1)).isEqualTo(Duration.ofSeconds(4));
        assertThat(Backoff.delay(8, 1)).isEqualTo(Backoff.CAP);
    }

    @Test
    void jitterStaysInsideTheCapForEverySeedAndEveryWait() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            for (int wait : new int[] {1, 2, 7, 8, 9, 31, 32, 63, 64, 65, Integer.MAX_VALUE}) {
                Duration delay = Backoff.delay(wait, random.nextDouble());

                assertThat(delay)
                        .as("seed %d, wait %d", seed, wait)
                        .isPositive()
                        .isLessThanOrEqualTo(Duration.ofSeconds(30));
            }
        }
    }

    @Test
    void jitterSpreadsOverHalfOfTheWaitAlsoAtTheCap() {
        Set<Duration> delays = new HashSet<>();
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) delays.add(Backoff.delay(20, random.nextDouble()));

        assertThat(delays).hasSizeGreaterThan(900);
        assertThat(delays).anyMatch(delay -> delay.compareTo(Duration.ofSeconds(16)) < 0);
        assertThat(delays).anyMatch(delay -> delay.compareTo(Duration.ofSeconds(29)) > 0);
    }

    @Test
    void thereIsNoWaitBeforeTheFirst() {
        assertThatThrownBy(() -> Backoff.delay(0, 0)).hasMessage("wait: 0");
    }
}
