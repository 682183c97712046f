package dev.wormhole.server.session;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets sessions whose programs print without end go one after another. As many threads as there are
 * floods, always ready to run, would leave a window, an editor and whoever else wants a processor
 * for a moment to wait behind all of them (docs/decisions/0017).
 *
 * <p>A session takes a turn for one batch with much output, and none for less. Who waits for a turn
 * waits for batches of others, a few milliseconds each; nobody holds one while waiting for anything
 * else.
 *
 * <p>Safe from any thread.
 */
final class FloodTurns {

    /** More than a screenful at once is a flood. */
    static final int MUCH = 16 << 10;

    /** All rests while each of those that wait has its turn: many floods wait for each other. */
    private static final long RESTS_NANOS = 20_000_000;

    /** A turn that was taken; ended by the thread that took it. */
    final class Turn implements AutoCloseable {

        private final long begun = System.nanoTime();

        private Turn() {}

        /**
         * Others may go on. While some wait the processor is left to everybody for as long as the
         * turn took.
         */
        @Override
        public void close() {
            long took = System.nanoTime() - begun;
            int waiting = waiting();
            if (waiting > 0) LockSupport.parkNanos(Math.min(took, RESTS_NANOS / waiting));
            turns.release();
        }
    }

    private final Semaphore turns;

    /**
     * @param count so many go at once
     */
    FloodTurns(int count) {
        turns = new Semaphore(count, true);
    }

    /** Floods get no more than half of the processors while others wait. */
    static FloodTurns ofThisMachine() {
        return new FloodTurns(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    /** Waits for a turn, in the order of asking. */
    Turn take() {
        turns.acquireUninterruptibly();
        return new Turn();
    }

    /** Sessions that wait for one. */
    int waiting() {
        return turns.getQueueLength();
    }
}
