package dev.wormhole.app.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import javafx.application.Platform;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

@ExtendWith(ApplicationExtension.class)
class BeatTest {

    private final AtomicInteger beats = new AtomicInteger();
    private final AtomicInteger elsewhere = new AtomicInteger();

    private final Beat beat =
            new Beat(
                    Duration.ofMillis(2),
                    () -> {
                        beats.incrementAndGet();
                        if (!Platform.isFxApplicationThread()) elsewhere.incrementAndGet();
                    });

    @Test
    void itBeatsOnTheFxThreadUntilItIsStopped() {
        WaitForAsyncUtils.waitForAsyncFx(60_000, beat::start);
        await().atMost(Duration.ofSeconds(60)).until(() -> beats.get() >= 5);

        int last =
                WaitForAsyncUtils.waitForAsyncFx(
                        60_000,
                        () -> {
                            beat.stop();
                            return beats.get();
                        });
        // Those that were on their way come to nothing.
        for (int i = 0; i < 20; i++) WaitForAsyncUtils.waitForFxEvents();

        assertThat(beats.get()).isEqualTo(last);
        assertThat(elsewhere.get()).isZero();
    }

    @Test
    void itBeginsAnew() {
        for (int i = 0; i < 3; i++) {
            WaitForAsyncUtils.waitForAsyncFx(60_000, beat::start);
            int before = beats.get();
            await().atMost(Duration.ofSeconds(60)).until(() -> beats.get() > before);
        }
        int last =
                WaitForAsyncUtils.waitForAsyncFx(
                        60_000,
                        () -> {
                            beat.stop();
                            return beats.get();
                        });
        // None of those before goes on.
        for (int i = 0; i < 20; i++) WaitForAsyncUtils.waitForFxEvents();
        assertThat(beats.get()).isEqualTo(last);
    }
}
