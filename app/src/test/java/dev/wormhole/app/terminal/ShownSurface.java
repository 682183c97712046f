package dev.wormhole.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.app.terminal.emoji.EmojiImages;
import dev.wormhole.protocol.ByteString;

import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import org.awaitility.core.ConditionFactory;
import org.testfx.util.WaitForAsyncUtils;

import java.time.Duration;
import java.util.concurrent.Callable;

/** A surface with the keyboard's focus in a window, and what a test's thread asks of it. */
final class ShownSurface {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ScreenSurface surface;

    private ShownSurface(ScreenSurface surface) {
        this.surface = surface;
    }

    /** To be called on the FX thread. */
    static ShownSurface on(Stage stage, TerminalSurface.Listener listener) {
        var surface =
                new ScreenSurface(
                        TerminalTheme.dark(),
                        listener,
                        new PrimarySelection(),
                        EmojiImages.ofThisSystem());
        stage.setScene(new Scene(new StackPane(surface.node()), 800, 500));
        stage.show();
        surface.focus();
        return new ShownSurface(surface);
    }

    ScreenSurface surface() {
        return surface;
    }

    void feed(String text) {
        surface.feed(ByteString.utf8(text));
    }

    void awaitText(String text) {
        patiently().untilAsserted(() -> assertThat(surface.screenText()).isEqualTo(text));
    }

    /** Waits for the last line of the screen. */
    void awaitEnd(String text) {
        awaitThat(() -> surface.screenText().endsWith(text));
    }

    void awaitSelected(String text) {
        patiently().untilAsserted(() -> assertThat(selectedText()).isEqualTo(text));
    }

    void awaitFirstRow(String text) {
        awaitThat(() -> surface.loop().picture().rows().getFirst().toString().equals(text));
    }

    static void awaitThat(Callable<Boolean> fact) {
        patiently().until(fact);
    }

    private static ConditionFactory patiently() {
        return await().atMost(PATIENCE);
    }

    String selectedText() {
        return onFx(surface::selectedText).join();
    }

    /** As large as the cells. */
    Canvas canvas() {
        return (Canvas) surface.node().lookup("Canvas");
    }

    void dispose() {
        onFx(surface::dispose);
    }

    static <T> T onFx(Callable<T> task) {
        return WaitForAsyncUtils.waitForAsyncFx(PATIENCE.toMillis(), task);
    }

    static void onFx(Runnable task) {
        WaitForAsyncUtils.waitForAsyncFx(PATIENCE.toMillis(), task);
    }
}
