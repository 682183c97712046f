package dev.wormhole.bench.probe;

import dev.wormhole.bench.peer.Seat;
import dev.wormhole.bench.peer.Watch;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A program that prints without end until somebody types Ctrl-C. */
final class Flood {

    static final String SCRIPT =
            """
            n=0
            trap 'n=$((n + 1)); echo; echo "<<stopped $n>>"' INT
            while :; do ready; yes 'The quick brown fox jumps over the lazy dog and does not stop'; done
            """;

    private Flood() {}

    /**
     * Types Ctrl-C and waits until what follows it shows: nanoseconds.
     *
     * @param count how many times it has been stopped with this
     */
    static long stop(Seat seat, int count, Duration patience) throws IOException, TimeoutException {
        Watch watch = seat.expect("<<stopped " + count + ">>");
        long start = System.nanoTime();
        seat.type("\003");
        long time = watch.await(patience) - start;
        seat.ping();
        return time;
    }
}
