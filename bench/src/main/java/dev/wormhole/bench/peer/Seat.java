package dev.wormhole.bench.peer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One viewer of a session: types, and watches what comes.
 *
 * <p>Used by the thread that measures; {@link #heard} belongs to the thread that reads.
 */
public abstract class Seat implements AutoCloseable {

    private static final AtomicInteger PINGS = new AtomicInteger();

    private record Expected(TextFinder text, Watch watch) {}

    private volatile @Nullable Expected expected;

    /** Types, as a keyboard does. */
    public final void type(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    abstract void send(byte[] bytes) throws IOException;

    /** Watches for a text among what comes from now on; it takes the place of the watch before. */
    public final Watch expect(String text) {
        var watch = new Watch();
        expected = new Expected(new TextFinder(text), watch);
        return watch;
    }

    /** Watches for the echo of one more character, this one. */
    public Watch expectEcho(char character) {
        return expect(String.valueOf(character));
    }

    /** Returns once the session's script has answered this viewer. */
    public final void ping() throws IOException {
        String word = "ping" + PINGS.incrementAndGet();
        Watch answer = expect("<<" + word + ">>");
        type(word + "\r");
        try {
            answer.await(Host.PATIENCE);
        } catch (TimeoutException e) {
            throw new IOException("a viewer is not answered", e);
        }
    }

    /** Runs the script's next step to the text that ends it; how long it took, in nanoseconds. */
    public final long go(String end, Duration patience) throws IOException, TimeoutException {
        Watch watch = expect(end);
        long start = System.nanoTime();
        type("go\r");
        return watch.await(patience) - start;
    }

    /** The reading thread has these; the buffer is not consumed. */
    final void heard(ByteBuffer bytes) {
        Expected now = expected;
        if (now == null || now.watch.isSeen()) return;
        if (now.text.find(bytes)) now.watch.seenNow();
    }

    @Override
    public abstract void close();
}
