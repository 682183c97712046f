package dev.wormhole.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.animation.AnimationTimer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

@ExtendWith(ApplicationExtension.class)
class PulsesTest {

    /** Fails with a JavaFX whose clock is another one: then app.fx.Pulses wants looking at. */
    @Test
    void aPulseComesBeforeWhatIsAskedOfTheFxThreadLater() throws Exception {
        var beats = new AtomicInteger();
        var timer =
                new AnimationTimer() {
                    @Override
                    public void handle(long now) {
                        beats.incrementAndGet();
                    }
                };
        int prompt = 0;
        for (int i = 0; i < 50; i++) {
            var seen = new CompletableFuture<Integer>();
            FxThread.later(
                    () -> {
                        int before = beats.get();
                        timer.start();
                        Pulses.now();
                        FxThread.later(
                                () -> {
                                    timer.stop();
                                    seen.complete(beats.get() - before);
                                });
                    });
            if (seen.get(60, TimeUnit.SECONDS) > 0) prompt++;
            WaitForAsyncUtils.waitForFxEvents();
        }
        // By chance one or two would be; and somebody else may have had the pulse just before.
        assertThat(prompt).isGreaterThan(40);
        assertThat(Pulses.arePrompt()).isTrue();
    }
}
