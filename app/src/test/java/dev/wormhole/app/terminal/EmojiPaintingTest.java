package dev.wormhole.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.app.terminal.emoji.TinyFont;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** What an emoji looks like in a pane: the font has a red rocket, a green flag and a blue key. */
@ExtendWith(ApplicationExtension.class)
class EmojiPaintingTest {

    private static final int RED = 0xffff0000;
    private static final int GREEN = 0xff00ff00;
    private static final int BLUE = 0xff0000ff;

    private static final Rectangle2D NOWHERE = Rectangle2D.EMPTY;

    @TempDir static Path folder;

    private ScreenSurface surface;
    private CellMetrics cell;

    @Start
    void show(Stage stage) throws IOException {
        var font =
                new TinyFont()
                        .map('1', 4)
                        .map(0x20e3, 5)
                        .map(0x2665, 1)
                        .map(0x1f680, 1)
                        .map(0x1f1e9, 6)
                        .map(0x1f1ea, 7)
                        .ligature(2, 6, 7)
                        .ligature(3, 4, 5)
                        .picture(1, TinyFont.png(136, 128, RED))
                        .picture(2, TinyFont.png(136, 128, GREEN))
                        .picture(3, TinyFont.png(136, 128, BLUE));
        TerminalTheme theme = TerminalTheme.dark();
        surface =
                new ScreenSurface(
                        theme,
                        new TerminalSurface.Listener() {
                            @Override
                            public void onInput(ByteString bytes) {}

                            @Override
                            public void onWish(TerminalSize wish) {}
                        },
                        new PrimarySelection(),
                        font.images(folder));
        stage.setScene(new Scene(new StackPane(surface.node()), 800, 300));
        stage.show();
        surface.focus();
        surface.resync(new TerminalSize(40, 8), ByteString.utf8(""), false);
        cell = CellMetrics.of(theme, stage.getOutputScaleX());
    }

    @AfterEach
    void dispose() {
        WaitForAsyncUtils.waitForAsyncFx(60_000, surface::dispose);
    }

    @Test
    void anEmojiFillsItsTwoCellsAndNoMore() {
        surface.feed(ByteString.utf8("\r\nab🚀c"));

        awaitColour(RED, canvas());
        assertThat(cells(2, 1, 2).contains(area(RED, canvas()))).isTrue();
        assertThat(area(RED, canvas()).getWidth()).isGreaterThan(1.5 * cell.width());
    }

    @Test
    void halvesOfAFlagMeet() {
        surface.feed(ByteString.utf8("🇩🇪x"));

        awaitColour(GREEN, canvas());
        assertThat(cells(0, 0, 2).contains(area(GREEN, canvas()))).isTrue();
        assertThat(area(GREEN, canvas()).getWidth()).isGreaterThan(1.5 * cell.width());
    }

    @Test
    void anEmojiOfOneColumnTakesTheBlankAfterItAndNoCharacter() {
        surface.feed(ByteString.utf8("1️⃣ x"));

        awaitColour(BLUE, canvas());
        assertThat(area(BLUE, canvas()).getWidth()).isGreaterThan(1.5 * cell.width());

        surface.feed(ByteString.utf8("\r\033[2K1️⃣x"));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> area(BLUE, canvas()).getWidth() <= cell.width() + 0.01);
        awaitColour(BLUE, canvas());
    }

    @Test
    void textStaysText() {
        surface.feed(ByteString.utf8("1♥🚀"));

        awaitColour(RED, canvas());
        assertThat(cells(2, 0, 2).contains(area(RED, canvas()))).isTrue();
        assertThat(area(BLUE, canvas())).isEqualTo(NOWHERE);
    }

    @Test
    void theCursorHidesNoEmoji() {
        surface.feed(ByteString.utf8("🚀\b\b"));

        awaitColour(RED, canvas());
        awaitColour(RED, surface.node());
    }

    private Rectangle2D cells(int col, int row, int count) {
        return new Rectangle2D(
                col * cell.width(),
                row * cell.height(),
                count * cell.width() + 0.01,
                cell.height() + 0.01);
    }

    private Node canvas() {
        return surface.node().lookup(".grid");
    }

    private static void awaitColour(int argb, Node node) {
        await().atMost(Duration.ofSeconds(60)).until(() -> !area(argb, node).equals(NOWHERE));
    }

    /** Where pixels of this colour are. */
    private static Rectangle2D area(int argb, Node node) {
        WritableImage image =
                WaitForAsyncUtils.waitForAsyncFx(60_000, () -> node.snapshot(null, null));
        PixelReader pixels = image.getPixelReader();
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (pixels.getArgb(x, y) != argb) continue;
                left = Math.min(left, x);
                top = Math.min(top, y);
                right = Math.max(right, x + 1);
                bottom = Math.max(bottom, y + 1);
            }
        }
        return right == 0 ? NOWHERE : new Rectangle2D(left, top, right - left, bottom - top);
    }
}
