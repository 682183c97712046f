package dev.wormhole.bench.probe;

import dev.wormhole.bench.peer.Host;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Peer;
import dev.wormhole.bench.peer.Seat;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * What a line takes once it has left the screen. Output that never leaves one row comes first, more
 * than any buffer of recent output holds, so that only the lines make the difference.
 */
public record HistoryProbe(Material material) implements Probe {

    private static final int LINES = 10_000;
    private static final int SESSIONS = 4;
    private static final int OVERPRINT_MEGABYTES = 4;
    private static final Duration SETTLED = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public String name() {
        return "history";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("memory for a line of 10,000", "bytes", Goal.atMost(120)),
                new Figure("bytes the line was written with", "bytes", null));
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.keepsHistory();
    }

    @Override
    public Trial begin(Host host) throws IOException {
        return () -> once(host);
    }

    private List<Double> once(Host host) throws IOException, TimeoutException {
        var seats = new ArrayList<Seat>();
        String script =
                "ready; cat %s; echo; echo \"<<one>>\"; ready; cat %s; echo \"<<two>>\"; ready"
                        .formatted(material.overprint(OVERPRINT_MEGABYTES), material.lines(LINES));
        for (int i = 0; i < SESSIONS; i++) {
            Seat seat = host.attach(host.session(script), Pace.UNLIMITED);
            seat.go("<<one>>", PATIENCE);
            seats.add(seat);
        }
        Pace.rest(SETTLED);
        long before = host.liveMemory();
        for (Seat seat : seats) seat.go("<<two>>", PATIENCE);
        Pace.rest(SETTLED);
        double taken = host.liveMemory() - before;
        double written = Files.size(material.lines(LINES)) / (double) LINES;
        return List.of(taken / SESSIONS / LINES, written);
    }
}
