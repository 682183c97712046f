package dev.wormhole.server.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.SessionId;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class FloodPacingTest {

    private static final long FLUSH = Duration.ofMillis(250).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final FloodPacing pacing = new FloodPacing();
    private final SessionId id = SessionId.random();
    private long now;
    private long offset;

    private void runFor(int seconds, long bytesPerFlush) {
        for (int i = 0; i < 4 * seconds; i++) {
            now += FLUSH;
            offset += bytesPerFlush;
            pacing.collected(id, offset, now);
        }
    }

    @Test
    void aMinuteOfFloodIsCollectedLikeAnythingElseAndThenEveryFiveSeconds() {
        runFor(59, 1 << 20);
        assertThat(pacing.dueAt(id, now)).isEqualTo(now);

        runFor(3, 1 << 20);
        assertThat(pacing.dueAt(id, now)).isEqualTo(now + 5 * SECOND);

        now += 5 * SECOND;
        assertThat(pacing.dueAt(id, now)).isEqualTo(now);
        offset += 20 << 20;
        pacing.collected(id, offset, now);
        assertThat(pacing.dueAt(id, now)).isEqualTo(now + 5 * SECOND);
    }

    @Test
    void aFloodThatEndsIsForgotten() {
        runFor(70, 1 << 20);
        now += 5 * SECOND;
        offset += 1_000;

        pacing.collected(id, offset, now);

        assertThat(pacing.dueAt(id, now)).isEqualTo(now);
    }

    @Test
    void ordinaryWorkIsNeverAFlood() {
        runFor(300, 50_000);

        assertThat(pacing.dueAt(id, now)).isEqualTo(now);
        assertThat(pacing.dueAt(SessionId.random(), now)).isEqualTo(now);
    }
}
