package dev.wormhole.server.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Work that is cut into independent pieces, done on platform threads, as many as there are cores,
 * that end with it.
 *
 * <p>Safe from any thread.
 */
public final class AllCores {

    private AllCores() {}

    /**
     * The results in the order of the items. Blocks until all are there.
     *
     * @throws RuntimeException what the first piece threw that failed; the others are done all the
     *     same
     */
    public static <T, R> List<R> map(List<T> items, Function<T, R> work) {
        int threads = Math.min(items.size(), Runtime.getRuntime().availableProcessors());
        if (threads <= 1) return items.stream().map(work).toList();
        var factory = Thread.ofPlatform().daemon().name("core-", 0).factory();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads, factory)) {
            var pieces = new ArrayList<Future<R>>();
            for (T item : items) pieces.add(pool.submit(() -> work.apply(item)));
            var results = new ArrayList<R>();
            for (Future<R> piece : pieces) results.add(result(piece));
            return results;
        }
    }

    private static <R> R result(Future<R> piece) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return piece.get();
                } catch (InterruptedException _) {
                    // The pieces do not end sooner for it.
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException failure) throw failure;
                    throw new IllegalStateException("a piece of work died", e.getCause());
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }
}
