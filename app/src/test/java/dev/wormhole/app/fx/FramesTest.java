package dev.wormhole.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.animation.AnimationTimer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@ExtendWith(ApplicationExtension.class)
class FramesTest {

    private long pulse = System.nanoTime();

    @Test
    void whatSomebodyTypesIntoIsPaintedWhileFloodsRest() throws Exception {
        onFx(
                () -> {
                    assertThat(Frames.mayPaint(++pulse, true)).isTrue();
                    Frames.flooded(false);

                    assertThat(Frames.mayPaint(++pulse, true)).isFalse();
                    assertThat(Frames.mayPaint(pulse, false)).isTrue();
                });
    }

    @Test
    void panesThatFloodArePaintedAtTheSamePulse() throws Exception {
        onFx(
                () -> {
                    assertThat(Frames.mayPaint(++pulse, true)).isTrue();
                    Frames.flooded(false);

                    assertThat(Frames.mayPaint(pulse, true)).isTrue();
                });
    }

    @Test
    void aFloodGoesOnAfterItsFrameAndItsRest() throws Exception {
        onFx(() -> Frames.flooded(true));

        // Is not called before.
        onFx(() -> {});
    }

    /** Waits until floods rest no more, and does this at that pulse. */
    private void onFx(Runnable step) throws Exception {
        var rested = new CompletableFuture<Void>();
        var timer =
                new AnimationTimer() {
                    @Override
                    public void handle(long now) {
                        if (!Frames.mayPaint(now, true)) return;
                        stop();
                        try {
                            step.run();
                            rested.complete(null);
                        } catch (AssertionError e) {
                            rested.completeExceptionally(e);
                        }
                    }
                };
        WaitForAsyncUtils.asyncFx(timer::start);
        rested.get(60, TimeUnit.SECONDS);
    }
}
