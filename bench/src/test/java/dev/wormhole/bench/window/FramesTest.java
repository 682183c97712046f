package dev.wormhole.bench.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class FramesTest {

    private final Frames frames = new Frames();

    @Test
    void aFrameCountsOnceHoweverOftenItIsSeen() {
        for (int number : new int[] {4, 4, 4, 9, 9, 4}) frames.look(Frames.COLOUR | number);

        assertThat(frames.seen()).isEqualTo(3);
    }

    @Test
    void whatIsSeenBetweenTwoFramesIsNone() {
        frames.look(Frames.COLOUR | 1);
        frames.look(0x000000);
        frames.look(0xffffff);
        frames.look(Frames.COLOUR | 1);

        assertThat(frames.seen()).isEqualTo(1);
    }

    @Test
    void aDimmedFrameCountsToo() {
        frames.look(0x355310);
        frames.look(0x355318);

        assertThat(frames.seen()).isEqualTo(2);
    }

    @Test
    void everyFrameFillsTheScreenAndScrollsNothing() {
        var screen = new Screen(40, 5, 100, new ScreenListener() {});
        byte[] text = Frames.text(40, 5).getBytes(StandardCharsets.US_ASCII);
        screen.feed(text, 0, text.length);

        assertThat(screen.history().endLine()).isZero();
        for (int y = 0; y < 5; y++) {
            assertThat(screen.text(y).strip()).hasSize(y == 0 ? 38 : 40).doesNotContain(" ");
        }
    }
}
