package dev.wormhole.server.pty;

import java.util.concurrent.CompletableFuture;

/** Starts processes and finds those that run. Safe from any thread. */
public interface PtyFactory {

    /**
     * Starts the process of this key, or finds it if it was started before. Never blocks; the
     * future completes before the listener hears anything but how much input was taken, on a thread
     * that serves others too: what hangs on it must only enqueue. It fails with a {@link
     * PtySpawnException}.
     *
     * @param origin where in the session's output the process's first byte will stand
     * @param event number of the session's next event
     * @param label for logs
     * @param note given back in {@link HeldProcess}, should its session be forgotten; at most 8 KiB
     */
    CompletableFuture<Pty> spawn(
            ProcessKey key,
            long origin,
            long event,
            ProcessSpec spec,
            String label,
            String note,
            PtyListener listener);

    /**
     * Goes on with a process that a keeper holds, running or ended: the listener hears everything
     * from this place on. Fails with a {@link PtySpawnException} if no keeper holds it.
     *
     * @param offset of the first byte that is not known yet
     * @param event number of the first event that is not known yet
     */
    CompletableFuture<Pty> adopt(
            ProcessKey key, long offset, long event, String label, PtyListener listener);

    /**
     * Hangs up and forgets a process that nobody listens to. Completes when it is gone, or was
     * nowhere.
     */
    CompletableFuture<Void> end(ProcessKey key);
}
