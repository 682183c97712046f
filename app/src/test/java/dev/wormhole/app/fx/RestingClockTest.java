package dev.wormhole.app.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@ExtendWith(ApplicationExtension.class)
class RestingClockTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Start
    void start(Stage stage) {
        stage.setScene(new Scene(new Pane(), 200, 100));
        stage.show();
    }

    private static boolean rests() throws Exception {
        var answer = new CompletableFuture<Boolean>();
        FxThread.later(() -> answer.complete(RestingClock.isResting()));
        return answer.get(60, TimeUnit.SECONDS);
    }

    /**
     * Fails with a JavaFX whose clock is another one: then app.fx.RestingClock wants looking at.
     */
    @Test
    void theClockRestsWhenNothingHappensAndWakesForAKeyAndForAPulse(FxRobot robot)
            throws Exception {
        FxThread.later(RestingClock::begin);
        await().atMost(PATIENCE).until(RestingClockTest::rests);

        robot.press(KeyCode.A).release(KeyCode.A);
        await().atMost(PATIENCE).until(() -> !rests());
        await().atMost(PATIENCE).until(RestingClockTest::rests);

        var awake = new CompletableFuture<Boolean>();
        FxThread.later(
                () -> {
                    Pulses.now();
                    awake.complete(!RestingClock.isResting());
                });
        assertThat(awake.get(60, TimeUnit.SECONDS)).isTrue();
    }
}
