package dev.wormhole.bench.durability;

import java.time.Duration;

/**
 * How fast a {@link Printer} prints. Immutable.
 *
 * @param bytes written at a time, filled up to a whole line
 * @param interval from one time to the next; zero for as fast as the terminal takes it
 */
record Speed(int bytes, Duration interval) {

    /** A hundred lines a second. */
    static final Speed LINES = new Speed(1, Duration.ofMillis(10));

    /** A flood that is stored every few seconds: a megabyte a second. */
    static final Speed FLOOD = new Speed(4000, Duration.ofMillis(4));

    /** A flood that is stored whenever much of it has come. */
    static final Speed UNLIMITED = new Speed(4000, Duration.ZERO);
}
