package dev.wormhole.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

@ExtendWith(ApplicationExtension.class)
class RendererTest {

    private Stage stage;
    private Rectangle shape;
    private int changes;

    @Start
    void start(Stage stage) {
        this.stage = stage;
        shape = new Rectangle(400, 300, Color.BLACK);
        stage.setScene(new Scene(new Pane(shape), 800, 600));
        stage.show();
    }

    @AfterEach
    void close() {
        WaitForAsyncUtils.asyncFx(() -> stage.close());
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Fails with a JavaFX whose renderer is another one: then app.fx.Renderer wants looking at. */
    @Test
    void itIsBusyAfterAPulseThatChangedSomethingAndIdleWhenThatIsDrawn() throws Exception {
        assertThat(Renderer.isSeen()).isTrue();
        int busy = 0;
        for (int i = 0; i < 50; i++) {
            var before = new CompletableFuture<Boolean>();
            var after = new CompletableFuture<Boolean>();
            WaitForAsyncUtils.asyncFx(() -> frame(before, after));

            if (before.get(60, TimeUnit.SECONDS)) busy++;
            assertThat(after.get(60, TimeUnit.SECONDS)).isFalse();
            WaitForAsyncUtils.waitForFxEvents();
        }
        // A renderer on another processor may be done before anybody looks.
        assertThat(busy).isPositive();
    }

    private void frame(CompletableFuture<Boolean> before, CompletableFuture<Boolean> after) {
        Runnable[] once = new Runnable[1];
        once[0] =
                () -> {
                    stage.getScene().removePostLayoutPulseListener(once[0]);
                    // Behind the rest of this pulse, which hands the frame over.
                    FxThread.later(
                            () -> {
                                before.complete(Renderer.isBusy());
                                Renderer.whenDrawn(() -> after.complete(Renderer.isBusy()));
                            });
                };
        stage.getScene().addPostLayoutPulseListener(once[0]);
        shape.setFill(Color.gray(++changes % 2 * 0.5));
    }
}
