package dev.wormhole.server.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The requests that are being answered: how many there may be, and how long a client may hold one
 * up. One that is interrupted here loses its connection, since the sockets of the JDK's server are
 * interruptible channels.
 *
 * <p>Safe from any thread, guarded by its lock; nothing is called under it but {@code interrupt}.
 */
final class Exchanges {

    /** At once; a request that waits for the service takes milliseconds. */
    static final int MAX_RUNNING = 64;

    /** That wait for a task to go on. */
    static final int MAX_FOLLOWING = 128;

    /** A client that neither sends what it announced nor takes what it asked for. */
    static final Duration STALL = Duration.ofSeconds(30);

    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Set<Running> running = new HashSet<>();

    Exchanges(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** One request, on the calling thread. */
    final class Running implements AutoCloseable {

        private final Thread thread = Thread.currentThread();

        // Guarded by the lock.
        private long movedAt = ticker.getAsLong();
        private boolean rests;
        private boolean follows;

        private Running() {}

        /** The client has sent or taken something. */
        void moved() {
            change(
                    () -> {
                        movedAt = ticker.getAsLong();
                        rests = false;
                    });
        }

        /** Nothing is expected of the client for now. */
        void rests() {
            change(() -> rests = true);
        }

        /**
         * From here on it may last. Where as many do already, the one that has been silent for the
         * longest gives way: its client may be long gone, which shows only when something is
         * written to it.
         */
        void follows() {
            change(
                    () -> {
                        if (running.stream().filter(other -> other.follows).count()
                                >= MAX_FOLLOWING) {
                            running.stream()
                                    .filter(other -> other.follows)
                                    .min(Comparator.comparingLong(other -> other.movedAt))
                                    .ifPresent(Running::end);
                        }
                        follows = true;
                    });
        }

        private void end() {
            running.remove(this);
            thread.interrupt();
        }

        @Override
        public void close() {
            change(() -> running.remove(this));
        }
    }

    /** A place for one more request; empty where there is none. */
    Optional<Running> begin() {
        lock.lock();
        try {
            if (running.stream().filter(other -> !other.follows).count() >= MAX_RUNNING)
                return Optional.empty();
            var one = new Running();
            running.add(one);
            return Optional.of(one);
        } finally {
            lock.unlock();
        }
    }

    /** Ends those that their clients have held up for too long; to be called now and then. */
    void look() {
        long now = ticker.getAsLong();
        change(
                () -> {
                    for (Running one : Set.copyOf(running)) {
                        if (!one.rests && now - one.movedAt >= STALL.toNanos()) one.end();
                    }
                });
    }

    /** Ends all of them. */
    void stop() {
        change(() -> Set.copyOf(running).forEach(Running::end));
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
