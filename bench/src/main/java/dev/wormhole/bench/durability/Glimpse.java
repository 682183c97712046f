package dev.wormhole.bench.durability;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Waits for a text among what a viewer hears. The reading thread hears, another one waits. */
final class Glimpse implements Consumer<ByteBuffer> {

    /** More than the longest text that is waited for, which may come in two pieces. */
    private static final int KEPT = 200;

    private final Predicate<String> wanted;
    private final CompletableFuture<Long> seen = new CompletableFuture<>();
    private String before = "";

    Glimpse(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    @Override
    public void accept(ByteBuffer bytes) {
        if (seen.isDone()) return;
        String text = before + StandardCharsets.ISO_8859_1.decode(bytes);
        if (wanted.test(text)) seen.complete(System.nanoTime());
        before = text.substring(Math.max(0, text.length() - KEPT));
    }

    /** When it was seen. */
    long await(Duration patience) throws TimeoutException {
        try {
            return seen.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }
}
