package dev.wormhole.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

class StreamQueueTest {

    private static final TerminalSize SMALL = new TerminalSize(20, 5);

    private final AtomicInteger overflows = new AtomicInteger();

    @Test
    void itemsComeInTheOrderInWhichTheyWerePut() throws InterruptedException {
        StreamQueue queue = queue(Duration.ofSeconds(30));
        queue.put(ByteString.utf8("a"));
        queue.put(SMALL);
        queue.put(ByteString.utf8("b"));

        assertThat(queue.take()).isEqualTo(new StreamItem.Output(ByteString.utf8("a")));
        assertThat(queue.take()).isEqualTo(new StreamItem.Resize(SMALL));
        assertThat(queue.take()).isEqualTo(new StreamItem.Output(ByteString.utf8("b")));
    }

    @Test
    void aResyncMakesWhatWaitsVoid() throws InterruptedException {
        StreamQueue queue = queue(Duration.ofSeconds(30));
        queue.put(ByteString.utf8("old"));
        queue.put(resync("new", false));

        assertThat(queue.take()).isEqualTo(resync("new", false));
    }

    @Test
    void aResyncThatKeepsTheScrollbackKeepsWhatBelongsThere() throws InterruptedException {
        StreamQueue queue = queue(Duration.ofSeconds(30));
        queue.put(ByteString.utf8("line"));
        queue.put(resync("new", true));

        assertThat(queue.take()).isEqualTo(new StreamItem.Output(ByteString.utf8("line")));
        assertThat(queue.take()).isEqualTo(resync("new", true));
    }

    @Test
    void whatTheWindowAskedOutlivesAResync() throws InterruptedException {
        StreamQueue queue = queue(Duration.ofSeconds(30));
        var call = new StreamItem.Call(_ -> {});
        queue.put(call);
        queue.put(resync("new", false));

        assertThat(queue.take()).isEqualTo(call);
    }

    @Test
    void theEndStaysBehindAResync() throws InterruptedException {
        StreamQueue queue = queue(Duration.ofSeconds(30));
        queue.end();
        queue.put(resync("", false));

        assertThat(queue.take()).isEqualTo(new StreamItem.End());
    }

    @Test
    void whoPutsIntoAFullQueueWaitsUntilThereIsRoom() throws InterruptedException {
        StreamQueue queue = queue(Duration.ofSeconds(30));
        int chunks = 3 * TerminalSurface.QUEUE_LIMIT / 65536;
        var putter = Thread.ofVirtual().unstarted(() -> putChunks(queue, chunks));
        putter.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> putter.getState() == Thread.State.TIMED_WAITING);

        for (int i = 0; i < chunks; i++) queue.take();

        putter.join();
        assertThat(overflows).hasValue(0);
    }

    @Test
    void whenNobodyTakesAnythingWhatWaitsIsDroppedAndSaid() throws InterruptedException {
        StreamQueue queue = queue(Duration.ofMillis(20));
        queue.put(SMALL);
        putChunks(queue, TerminalSurface.QUEUE_LIMIT / 65536);

        assertThat(overflows).hasValue(1);
        assertThat(queue.take())
                .isInstanceOfSatisfying(
                        StreamItem.Resync.class,
                        resync -> {
                            assertThat(resync.size()).isEqualTo(SMALL);
                            assertThat(resync.snapshot().toUtf8()).contains("output skipped");
                        });
    }

    private static StreamItem.Resync resync(String snapshot, boolean keepHistory) {
        return new StreamItem.Resync(SMALL, ByteString.utf8(snapshot), keepHistory);
    }

    private StreamQueue queue(Duration patience) {
        return new StreamQueue(patience, overflows::incrementAndGet);
    }

    private static void putChunks(StreamQueue queue, int count) {
        ByteString chunk = ByteString.copyOf(new byte[65536]);
        for (int i = 0; i < count; i++) queue.put(chunk);
    }
}
