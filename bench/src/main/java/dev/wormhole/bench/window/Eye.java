package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Pace;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks until something is there. */
final class Eye {

    /**
     * Between two looks. With what Linux adds to a short sleep, a look every sixth of a
     * millisecond: what is measured has a core that is nearly its own.
     */
    private static final long LOOK_NANOS = 100_000;

    /**
     * A look every other millisecond: for what takes a second and all cores, of which closer looks
     * would take a tenth of one.
     */
    private static final long GLANCE_NANOS = 2_000_000;

    private Eye() {}

    /** When it was there, in {@link System#nanoTime}'s terms. */
    static long await(String what, Duration patience, BooleanSupplier isThere)
            throws TimeoutException {
        return await(what, patience, LOOK_NANOS, isThere);
    }

    /** The same to two milliseconds. */
    static long awaitCalmly(String what, Duration patience, BooleanSupplier isThere)
            throws TimeoutException {
        return await(what, patience, GLANCE_NANOS, isThere);
    }

    private static long await(String what, Duration patience, long between, BooleanSupplier isThere)
            throws TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            boolean is = isThere.getAsBoolean();
            long now = System.nanoTime();
            if (is) return now;
            if (now > deadline) throw new TimeoutException("not seen: " + what);
            LockSupport.parkNanos(between);
        }
    }

    /** Looks again and again for so long. */
    static void watch(Duration time, Runnable look) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            look.run();
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** The same at leisure, where no time is taken. */
    static void expect(String what, Duration patience, BooleanSupplier isThere)
            throws TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isThere.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new TimeoutException("not seen: " + what);
            Pace.rest(Duration.ofMillis(10));
        }
    }
}
