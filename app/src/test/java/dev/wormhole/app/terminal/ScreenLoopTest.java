package dev.wormhole.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenListener;
import dev.wormhole.terminal.screen.SnapshotDepth;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

class ScreenLoopTest {

    private static final TerminalSize SIZE = new TerminalSize(20, 4);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> pictures = new CopyOnWriteArrayList<>();
    private final StreamQueue queue =
            new StreamQueue(StreamQueue.PATIENCE, () -> told.add("overflow"));
    private final List<Long> asked = new CopyOnWriteArrayList<>();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final ScreenLoop loop = new ScreenLoop(queue, 100, new Ears(), now::get);

    @BeforeEach
    void start() {
        loop.start();
    }

    @AfterEach
    void end() {
        queue.end();
    }

    @Test
    void aScreenThatFailsStaysSeenUntilItIsFetched() {
        feed("before");
        awaitSeen("before");

        fail();
        awaitTold("fetch");
        feed("\033[2Jlost");
        queue.put(new StreamItem.Hash(1));
        settle();
        assertThat(seen()).isEqualTo("before");

        resync("whole");
        awaitSeen("whole");
        awaitTold("fetch", "recovered");
        feed(" and on");
        awaitSeen("whole and on");
    }

    @Test
    void whatFailsAgainAndAgainIsNotFetchedForEver() {
        for (int i = 0; i < Recoveries.MOST + 2; i++) {
            resync("whole");
            fail();
        }
        settle();

        assertThat(told.stream().filter("fetch"::equals)).hasSize(Recoveries.MOST);
        assertThat(told.getLast()).isEqualTo("given up");
        // Whoever brings output must not have to wait.
        feed("x".repeat(2 * TerminalSurface.QUEUE_LIMIT));
        settle();
        assertThat(told).doesNotContain("overflow");

        resync("whole after all");
        awaitSeen("whole after all");
        assertThat(told.getLast()).isEqualTo("recovered");
    }

    /** Each picture whole, though the program begins the next one with the same write. */
    @Test
    void picturesOfAProgramThatNeverRestsAreSeenWhole() {
        feed("\033[?2026h");
        List<String> whole = new ArrayList<>();
        for (char c = 'a'; c <= 'z'; c++) {
            String half = String.valueOf(c).repeat(10);
            whole.add(half + half);
            feed("\033[H" + half + half + "\033[?2026l\033[?2026h\033[H" + (char) (c + 1));
            settle();
        }

        assertThat(pictures).containsSubsequence(whole);
    }

    @Test
    void modesStayAsTheyWereWhileTheScreenIsFetched() {
        feed("\033[?2004h\033[?1h");
        await().atMost(Duration.ofSeconds(60)).until(() -> loop.modes().bracketedPaste());

        fail();
        settle();

        assertThat(loop.modes().bracketedPaste()).isTrue();
    }

    @Test
    void recoveriesAreGrantedAgainLater() {
        var recoveries = new Recoveries();
        long now = Long.MAX_VALUE - 5;

        for (int i = 0; i < Recoveries.MOST; i++)
            assertThat(recoveries.mayFetch(now + i * 10L)).isTrue();

        assertThat(recoveries.mayFetch(now + Recoveries.WITHIN_NANOS - 1)).isFalse();
        assertThat(recoveries.mayFetch(now + Recoveries.WITHIN_NANOS)).isTrue();
        assertThat(recoveries.mayFetch(now + Recoveries.WITHIN_NANOS + 9)).isFalse();
    }

    /** Nobody sees them before, and most of them are out of its reach again by then. */
    @Test
    void linesThatAFloodLeavesOutAreFetchedWhenItIsOver() {
        var server = new Screen(SIZE.cols(), SIZE.rows(), 100, new ScreenListener() {});
        for (int i = 0; i < 50; i++) skip(server);
        settle();
        assertThat(asked).isEmpty();

        now.addAndGet(Duration.ofMillis(499).toNanos());
        settle();
        assertThat(asked).isEmpty();

        now.addAndGet(Duration.ofMillis(1).toNanos());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> asked.equals(List.of(server.history().endLine())));
    }

    @Test
    void whoLooksAtTheScrollbackOfAFloodGetsItsLines() {
        var server = new Screen(SIZE.cols(), SIZE.rows(), 100, new ScreenListener() {});
        skip(server);

        loop.scroll(-1);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> asked.equals(List.of(server.history().endLine())));
    }

    /** The server's screen goes on, and the pane hears of no more than where it stands then. */
    private void skip(Screen server) {
        byte[] lines = "a line\r\n".repeat(10).getBytes(StandardCharsets.UTF_8);
        server.feed(lines, 0, lines.length);
        var snapshot = ByteString.copyOf(server.snapshot(SnapshotDepth.GRIDS));
        queue.put(new StreamItem.Resync(SIZE, snapshot, true));
    }

    private void feed(String text) {
        queue.put(ByteString.utf8(text));
    }

    private void resync(String text) {
        queue.put(new StreamItem.Resync(SIZE, ByteString.utf8(text), true));
    }

    /** As a defect of the screen would. */
    private void fail() {
        loop.look(
                _ -> {
                    throw new IllegalStateException("thrown by the test");
                });
    }

    /** Until everything that was put has been handled. */
    private void settle() {
        loop.ask(_ -> true).join();
    }

    private String seen() {
        return loop.take().rows().getFirst().toString();
    }

    private void awaitSeen(String text) {
        await().atMost(Duration.ofSeconds(60)).until(this::seen, text::equals);
    }

    private void awaitTold(String... words) {
        await().atMost(Duration.ofSeconds(60)).until(() -> told.equals(List.of(words)));
    }

    private final class Ears implements ScreenLoop.Listener {

        @Override
        public void pictured() {
            pictures.add(seen());
        }

        @Override
        public void differs() {
            told.add("differs");
        }

        @Override
        public void failed(boolean fetch) {
            told.add(fetch ? "fetch" : "given up");
        }

        @Override
        public void recovered() {
            told.add("recovered");
        }

        @Override
        public CompletableFuture<ServerMessage.History> before(long line, int count) {
            asked.add(line);
            return new CompletableFuture<>();
        }
    }
}
