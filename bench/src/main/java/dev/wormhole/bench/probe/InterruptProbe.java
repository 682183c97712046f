package dev.wormhole.bench.probe;

import dev.wormhole.bench.peer.Host;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Peer;
import dev.wormhole.bench.peer.Seat;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;
import dev.wormhole.bench.report.Statistics;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Ctrl-C into a flood whose viewer takes 2 MB/s: how long until it is seen to have stopped, that
 * is, how much lies between the program and the eye.
 */
public record InterruptProbe() implements Probe {

    private static final Pace SLOW = new Pace(2_000_000);
    private static final Duration FLOOD = Duration.ofMillis(1500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A single one depends on where between two pictures the key falls. */
    private static final int TIMES = 3;

    @Override
    public String name() {
        return "ctrl-c";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("Ctrl-C during a flood, viewer at 2 MB/s", "ms", Goal.atMost(10)));
    }

    @Override
    public boolean suits(Peer peer) {
        return true;
    }

    @Override
    public Trial begin(Host host) throws IOException {
        Seat seat = host.attach(host.session(Flood.SCRIPT), SLOW);
        var count = new int[1];
        return () -> {
            var times = new ArrayList<Double>();
            for (int i = 0; i < TIMES; i++) {
                seat.type("go\r");
                Pace.rest(FLOOD);
                times.add(Flood.stop(seat, ++count[0], PATIENCE) / 1e6);
            }
            return List.of(Statistics.median(times));
        };
    }
}
