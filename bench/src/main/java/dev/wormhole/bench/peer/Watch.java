package dev.wormhole.bench.peer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Something that a viewer waits to see. It is noted by the thread that reads, at once: who waits
 * may wake up later without spoiling the figure. Safe from any thread.
 */
public final class Watch {

    private final CompletableFuture<Long> seen = new CompletableFuture<>();

    void seenNow() {
        seen.complete(System.nanoTime());
    }

    boolean isSeen() {
        return seen.isDone();
    }

    /** When it was seen, in {@link System#nanoTime}'s terms. */
    public long await(Duration patience) throws TimeoutException {
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
