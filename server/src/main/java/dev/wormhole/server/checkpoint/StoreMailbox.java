package dev.wormhole.server.checkpoint;

import dev.wormhole.server.session.StoreException;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The messages to the checkpointer in the order in which they were sent. Knows none of them but
 * those that want an answer.
 *
 * <p>Safe from any thread: every call is a message to the checkpointer thread.
 *
 * <p>Bounded without ever blocking a sender. Requests have {@link #MAX_REQUESTS} places; when all
 * are taken, a request is refused: its future fails at once, on the sender's thread. The other
 * messages need no place, since there is at most one of each kind for a source (a mark is sent when
 * it is set, an answer when it was asked for).
 */
final class StoreMailbox {

    /** Several for every session that a server may have. */
    static final int MAX_REQUESTS = 4096;

    private final LinkedBlockingQueue<StoreMessage> messages = new LinkedBlockingQueue<>();
    private final Semaphore places = new Semaphore(MAX_REQUESTS);
    private volatile boolean closed;

    void send(StoreMessage message) {
        if (message instanceof StoreMessage.Request request && !places.tryAcquire()) {
            refuse(request, "The session store does not keep up: try again later.");
            return;
        }
        messages.add(message);
        // Closed before or meanwhile: nobody else will look.
        if (closed) refuseAll();
    }

    /** How many messages are here. */
    int waiting() {
        return messages.size();
    }

    /** The next message, or null when none came in time. */
    @Nullable StoreMessage poll(long nanos) throws InterruptedException {
        return taken(messages.poll(nanos, TimeUnit.NANOSECONDS));
    }

    /** The next message, or null when there is none. */
    @Nullable StoreMessage poll() {
        return taken(messages.poll());
    }

    /** Refuses what is here and whatever comes. */
    void close() {
        closed = true;
        refuseAll();
    }

    private void refuseAll() {
        for (StoreMessage message = poll(); message != null; message = poll()) {
            if (message instanceof StoreMessage.Request request)
                refuse(request, "The session store is closed: the server is stopping.");
        }
    }

    private @Nullable StoreMessage taken(@Nullable StoreMessage message) {
        if (message instanceof StoreMessage.Request) places.release();
        return message;
    }

    private static void refuse(StoreMessage.Request request, String why) {
        request.done().completeExceptionally(new StoreException(why));
    }
}
