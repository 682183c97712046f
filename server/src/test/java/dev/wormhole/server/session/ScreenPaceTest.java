package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.server.session.ScreenPace.Place;

import org.junit.jupiter.api.Test;

class ScreenPaceTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Place START = new Place(0, 0);
    private static final Place STORED = new Place(1_000, 3);

    private final ScreenPace pace = new ScreenPace();

    @Test
    void aQuietSessionWakesNobody() {
        assertThat(pace.quietAt()).isEmpty();
        assertThat(pace.announce(100 * SECOND)).isFalse();
        assertThat(pace.isDue(STORED, START, STORED, 100 * SECOND)).isFalse();
    }

    @Test
    void twoSecondsAfterTheLastOutputTheScreenIsDueOnce() {
        pace.changed(10 * SECOND);
        pace.changed(11 * SECOND);
        var now = new Place(1_001, 3);

        assertThat(pace.quietAt()).contains(13 * SECOND);
        assertThat(pace.announce(13 * SECOND - 1)).isFalse();
        assertThat(pace.isDue(STORED, START, now, 13 * SECOND - 1)).isFalse();
        assertThat(pace.announce(13 * SECOND)).isTrue();
        assertThat(pace.quietAt()).isEmpty();
        assertThat(pace.announce(14 * SECOND)).isFalse();
        assertThat(pace.isDue(STORED, START, now, 14 * SECOND)).isTrue();

        pace.handedOver();
        assertThat(pace.quietAt()).isEmpty();
        assertThat(pace.isDue(now, START, now, 99 * SECOND)).isFalse();
    }

    @Test
    void outputAfterTheSilenceWasAnnouncedBeginsANewOne() {
        pace.changed(0);
        assertThat(pace.announce(2 * SECOND)).isTrue();

        pace.changed(2 * SECOND + 1);

        assertThat(pace.quietAt()).contains(4 * SECOND + 1);
        assertThat(pace.isDue(STORED, START, new Place(1_001, 3), 3 * SECOND)).isFalse();
    }

    @Test
    void muchOutputIsDueWithoutSilence() {
        pace.changed(0);
        long much = STORED.offset() + ScreenPace.MAX_OUTPUT_BYTES;

        assertThat(pace.isDue(STORED, START, new Place(much - 1, 3), 1)).isFalse();
        assertThat(pace.isDue(STORED, START, new Place(much, 3), 1)).isTrue();
    }

    @Test
    void manyEventsAreDueWithoutSilence() {
        pace.changed(0);
        long many = STORED.event() + ScreenPace.MAX_EVENTS;

        assertThat(pace.isDue(STORED, START, new Place(1_000, many - 1), 1)).isFalse();
        assertThat(pace.isDue(STORED, START, new Place(1_000, many), 1)).isTrue();
    }

    @Test
    void aTailThatNoLongerReachesTheStoredScreenIsDue() {
        pace.changed(0);
        var now = new Place(2_000, 4);

        assertThat(pace.isDue(STORED, STORED, now, 1)).isFalse();
        assertThat(pace.isDue(STORED, new Place(1_001, 3), now, 1)).isTrue();
        assertThat(pace.isDue(STORED, new Place(1_000, 4), now, 1)).isTrue();
    }

    @Test
    void aScreenThatCouldNotBeStoredIsDueAgainAtOnceButWakesNobody() {
        pace.changed(0);
        pace.handedOver();

        pace.rolledBack();

        assertThat(pace.quietAt()).isEmpty();
        assertThat(pace.isDue(STORED, START, new Place(1_001, 3), 3 * SECOND)).isTrue();
    }
}
