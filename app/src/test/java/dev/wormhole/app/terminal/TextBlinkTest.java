package dev.wormhole.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;
import dev.wormhole.terminal.screen.ScreenView;
import dev.wormhole.terminal.screen.ViewRow;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

@ExtendWith(ApplicationExtension.class)
class TextBlinkTest {

    private final List<ViewRow> rows = rows("still\r\na \033[5mblinks\033[m b \033[6mtoo\033[m");

    /** What was hidden of the second row, change by change. */
    private final List<List<Integer>> hidden = new CopyOnWriteArrayList<>();

    private final TextBlink blink = new TextBlink(this::changed);

    @AfterEach
    void end() {
        run(() -> blink.active(false));
    }

    @Test
    void textThatBlinksGoesAndComes() {
        run(() -> blink.show(rows));

        await().atMost(Duration.ofSeconds(60)).until(() -> hidden.size() >= 3);

        int gone = Highlights.HIDDEN;
        assertThat(hidden.subList(0, 3))
                .containsExactly(
                        List.of(2, 8, gone, 11, 14, gone),
                        List.of(),
                        List.of(2, 8, gone, 11, 14, gone));
        assertThat(blink.of(rows.getFirst())).isEmpty();
    }

    @Test
    void nothingIsWaitedForWhereNoTextBlinks() {
        run(() -> blink.show(rows("still")));
        assertThat(blink.isBeating()).isFalse();

        run(() -> blink.show(rows));
        assertThat(blink.isBeating()).isTrue();

        run(() -> blink.show(rows("still")));
        assertThat(blink.isBeating()).isFalse();
    }

    @Test
    void textIsSeenWhereNobodyWantsItToBlink() {
        run(() -> blink.show(rows));
        await().atMost(Duration.ofSeconds(60)).until(() -> !hidden.isEmpty());

        run(() -> blink.allow(false));

        assertThat(blink.isBeating()).isFalse();
        assertThat(blink.of(rows.get(1))).isEmpty();
        assertThat(hidden.getLast()).isEmpty();
    }

    @Test
    void textThatNobodySeesDoesNotBlink() {
        run(() -> blink.show(rows));
        run(() -> blink.active(false));
        assertThat(blink.isBeating()).isFalse();

        run(() -> blink.active(true));
        assertThat(blink.isBeating()).isTrue();
    }

    private void changed() {
        hidden.add(java.util.Arrays.stream(blink.of(rows.get(1))).boxed().toList());
    }

    private static void run(Runnable action) {
        WaitForAsyncUtils.waitForAsyncFx(5000, action);
    }

    private static List<ViewRow> rows(String text) {
        var screen = new Screen(20, 3, 0, new ScreenListener() {});
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
        return new ScreenView(screen).rows(3);
    }
}
