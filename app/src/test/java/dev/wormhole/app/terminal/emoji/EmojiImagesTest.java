package dev.wormhole.app.terminal.emoji;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.app.terminal.emoji.EmojiImages.Found;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

@ExtendWith(ApplicationExtension.class)
class EmojiImagesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicInteger told = new AtomicInteger();

    @TempDir Path folder;

    @Test
    void aPictureIsThereWhenItIsTold() throws IOException {
        EmojiImages images = new TinyFont().map(0x1f680, 1).picture(1, png()).images(folder);

        assertThat(find(images, "🚀", 20)).isInstanceOf(Found.Awaited.class);
        await().atMost(PATIENCE).until(() -> told.get() == 1);

        assertThat(find(images, "🚀", 20)).isInstanceOf(Found.Ready.class);
        assertThat(find(images, "🚀", 30)).isInstanceOf(Found.Awaited.class);
    }

    @Test
    void thatThereIsNoneIsToldToo() throws IOException {
        EmojiImages images =
                new TinyFont()
                        .map(0x1f680, 1)
                        .map(0x1f681, 2)
                        .picture(1, new byte[100])
                        .picture(3, png())
                        .images(folder);

        find(images, "🚀", 20);
        find(images, "🚁", 20);
        find(images, "漢", 20);
        await().atMost(PATIENCE).until(() -> told.get() == 3);

        assertThat(find(images, "🚀", 20)).isInstanceOf(Found.Missing.class);
        assertThat(find(images, "🚁", 20)).isInstanceOf(Found.Missing.class);
        assertThat(find(images, "漢", 20)).isInstanceOf(Found.Missing.class);
    }

    @Test
    void withoutAFontThereIsNone() {
        EmojiImages images = EmojiImages.of(() -> null);

        find(images, "🚀", 20);
        await().atMost(PATIENCE).until(() -> told.get() == 1);

        assertThat(find(images, "🚀", 20)).isInstanceOf(Found.Missing.class);
        assertThat(isPaintedAsNothing(images, 20)).isFalse();
    }

    @Test
    void theFontIsOpenedOnceAndByAnotherThread() {
        List<String> threads = new ArrayList<>();
        EmojiImages images =
                EmojiImages.of(
                        () -> {
                            threads.add(Thread.currentThread().getName());
                            return null;
                        });

        find(images, "🚀", 20);
        isPaintedAsNothing(images, 20);
        find(images, "🚁", 20);
        await().atMost(PATIENCE).until(() -> told.get() == 3);

        assertThat(threads).containsExactly("emoji");
    }

    @Test
    void glyphsOfTheFontAreKnownByTheirWidth() throws IOException {
        EmojiImages images = new TinyFont().map(0x1f680, 1).picture(1, png()).images(folder);

        assertThat(isPaintedAsNothing(images, TinyFont.ADVANCE * 20)).isFalse();
        await().atMost(PATIENCE).until(() -> told.get() == 1);

        assertThat(isPaintedAsNothing(images, TinyFont.ADVANCE * 20)).isTrue();
        assertThat(isPaintedAsNothing(images, TinyFont.ADVANCE * 20 + 0.01)).isFalse();
        assertThat(isPaintedAsNothing(images, 12)).isFalse();
    }

    /** One that waits is told at least when the next picture is there, and asks again. */
    @Test
    void whoeverIsTurnedAwayIsToldWhenThereIsRoom() {
        var gate = new CountDownLatch(1);
        EmojiImages images =
                EmojiImages.of(
                        () -> {
                            waitFor(gate);
                            return null;
                        });
        var turnedAway = new AtomicInteger();

        for (int i = 0; i < EmojiImages.MOST_WANTED; i++) find(images, "🚀", i + 1);
        onFx(() -> images.find("🚁", 20, 20, turnedAway::incrementAndGet));
        gate.countDown();
        await().atMost(PATIENCE).until(() -> told.get() == EmojiImages.MOST_WANTED);

        assertThat(turnedAway.get()).isEqualTo(1);
        assertThat(find(images, "🚁", 20)).isInstanceOf(Found.Awaited.class);
        await().atMost(PATIENCE).until(() -> told.get() > EmojiImages.MOST_WANTED);
        assertThat(find(images, "🚁", 20)).isInstanceOf(Found.Missing.class);
    }

    private static byte[] png() {
        return TinyFont.png(136, 128, 0xffff0000);
    }

    private Found find(EmojiImages images, String cluster, int size) {
        return onFx(() -> images.find(cluster, size, size, told::incrementAndGet));
    }

    private boolean isPaintedAsNothing(EmojiImages images, double width) {
        return onFx(() -> images.isPaintedAsNothing(width, 20, told::incrementAndGet));
    }

    private static <T> T onFx(Callable<T> action) {
        return WaitForAsyncUtils.waitForAsyncFx(60_000, action);
    }

    private static void waitFor(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
