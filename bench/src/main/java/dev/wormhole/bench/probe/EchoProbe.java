package dev.wormhole.bench.probe;

import dev.wormhole.bench.peer.Host;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Peer;
import dev.wormhole.bench.peer.Seat;
import dev.wormhole.bench.peer.Watch;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;
import dev.wormhole.bench.report.Statistics;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A character typed and drawn: from the keyboard through {@code cat} on a raw terminal back to the
 * viewer; idle, or while a second session floods that the same window shows.
 */
public record EchoProbe(String name, List<Figure> figures, boolean flooded, int echoes)
        implements Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Between two keys: long enough for every process to fall asleep. */
    private static final Duration BETWEEN = Duration.ofMillis(3);

    /** A server runs for weeks: what is measured is one whose code is compiled. */
    private static final int WARM_UP = 5000;

    /** None of these is part of a sequence with which tmux moves its cursor. */
    private static final String CHARACTERS = "#%&*+=@^_~";

    public static EchoProbe idle(int echoes) {
        return new EchoProbe(
                "echo",
                List.of(
                        new Figure("echo, idle, median", "µs", Goal.atMost(350)),
                        new Figure("echo, idle, p99", "µs", Goal.atMost(2000))),
                false,
                echoes);
    }

    public static EchoProbe besideFlood(int echoes) {
        return new EchoProbe(
                "flood-echo",
                List.of(
                        new Figure(
                                "echo while another session floods, median",
                                "µs",
                                Goal.atMost(750)),
                        new Figure(
                                "echo while another session floods, p99", "µs", Goal.atMost(3800))),
                true,
                echoes);
    }

    @Override
    public boolean suits(Peer peer) {
        return true;
    }

    @Override
    public Trial begin(Host host) throws IOException, TimeoutException {
        var echo = host.session("ready; stty raw -echo; echo \"<<raw>>\"; exec cat");
        var flood = host.session(Flood.SCRIPT);
        List<Seat> seats = host.attachWindow(List.of(echo, flood));
        Seat seat = seats.getFirst();
        seat.go("<<raw>>", PATIENCE);
        measure(seat, WARM_UP);
        if (!flooded) return () -> measure(seat, echoes);
        Seat other = seats.getLast();
        var count = new int[1];
        return () -> {
            other.type("go\r");
            Pace.rest(Duration.ofMillis(500));
            List<Double> values = measure(seat, echoes);
            Flood.stop(other, ++count[0], PATIENCE);
            return values;
        };
    }

    private static List<Double> measure(Seat seat, int count) throws IOException, TimeoutException {
        var times = new ArrayList<Double>();
        for (int i = 0; i < count; i++) {
            Pace.rest(BETWEEN);
            char key = CHARACTERS.charAt(i % CHARACTERS.length());
            Watch watch = seat.expectEcho(key);
            long start = System.nanoTime();
            seat.type(String.valueOf(key));
            times.add((watch.await(PATIENCE) - start) / 1e3);
        }
        return List.of(Statistics.median(times), Statistics.percentile(times, 99));
    }
}
