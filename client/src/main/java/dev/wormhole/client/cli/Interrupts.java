package dev.wormhole.client.cli;

import java.util.concurrent.CompletableFuture;

/**
 * The Ctrl-Cs of this process, for a command that does not simply end at one.
 *
 * <p>Safe from any thread: the signal comes on one of the system's.
 */
final class Interrupts {

    // Guarded by this.
    private CompletableFuture<Void> next = new CompletableFuture<>();

    /** Done once there was one since the last {@link #take}. */
    synchronized CompletableFuture<Void> next() {
        return next;
    }

    /** Takes what has come so far for one, and waits for another. */
    synchronized CompletableFuture<Void> take() {
        next = new CompletableFuture<>();
        return next;
    }

    void happened() {
        next().complete(null);
    }
}
