package dev.wormhole.server.keeper.process;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/**
 * What is to be done later, by a clock that does not jump.
 *
 * <p>Owned by the loop.
 */
final class Timers {

    /** One thing to be done once. */
    static final class Timer {
        private final long due;
        private @Nullable Runnable action;

        private Timer(long due, Runnable action) {
            this.due = due;
            this.action = action;
        }

        void cancel() {
            action = null;
        }
    }

    private final LongSupplier nanos;
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>((a, b) -> Long.signum(a.due - b.due));

    Timers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    Timer after(Duration pause, Runnable action) {
        var timer = new Timer(nanos.getAsLong() + pause.toNanos(), action);
        timers.add(timer);
        return timer;
    }

    /** Milliseconds until the next is due, rounded up; -1: there is none. */
    int untilNext() {
        dropCancelled();
        Timer next = timers.peek();
        if (next == null) return -1;
        long left = next.due - nanos.getAsLong();
        return left <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
    }

    /** Does what is due. */
    void run() {
        long now = nanos.getAsLong();
        for (Timer next = timers.peek();
                next != null && next.due - now <= 0;
                next = timers.peek()) {
            timers.remove();
            Runnable action = next.action;
            if (action != null) action.run();
        }
    }

    private void dropCancelled() {
        for (Timer next = timers.peek(); next != null && next.action == null; next = timers.peek())
            timers.remove();
    }
}
