package dev.wormhole.server.keeper.link;

import java.time.Duration;

/**
 * How long to wait before a connection to a keeper is made again. Short: a living keeper is on this
 * machine, and output waits in it.
 *
 * <p>Pure.
 */
final class Backoff {

    private static final long FIRST_MILLIS = 10;
    private static final long LONGEST_MILLIS = 1000;

    private Backoff() {}

    /**
     * @param failures in a row, from 1
     */
    static Duration pause(int failures) {
        int doublings = Math.min(failures - 1, 10);
        return Duration.ofMillis(Math.min(LONGEST_MILLIS, FIRST_MILLIS << doublings));
    }
}
