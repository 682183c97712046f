package dev.wormhole.bench.probe;

import dev.wormhole.bench.peer.Host;
import dev.wormhole.bench.peer.Host.Arrival;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Peer;
import dev.wormhole.bench.peer.Seat;
import dev.wormhole.bench.peer.Session;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;
import dev.wormhole.bench.report.Statistics;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A new viewer of a session with many lines: when it has the screen, and when all lines. */
public record AttachProbe(int lines, Material material) implements Probe {

    private static final String SHOWN = "<<filled>>";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SETTLED = Duration.ofSeconds(3);
    private static final int TIMES = 5;

    @Override
    public String name() {
        return "attach";
    }

    @Override
    public List<Figure> figures() {
        String title = "attach with %,d lines: ".formatted(lines);
        return List.of(
                new Figure(title + "screen", "ms", Goal.atMost(10)),
                new Figure(title + "all lines", "ms", Goal.atMost(100)));
    }

    @Override
    public int historyLines() {
        return lines;
    }

    @Override
    public boolean suits(Peer peer) {
        return peer.keepsHistory();
    }

    @Override
    public Trial begin(Host host) throws IOException, TimeoutException {
        // More than are kept: none is missing at the top.
        String script =
                "ready; cat %s; echo \"%s\"; ready"
                        .formatted(material.lines(lines * 11 / 10), SHOWN);
        Session session = host.session(script);
        try (Seat seat = host.attach(session, Pace.UNLIMITED)) {
            seat.go(SHOWN, PATIENCE);
        }
        Pace.rest(SETTLED);
        Trial trial = () -> once(host, session);
        trial.once();
        return trial;
    }

    private static List<Double> once(Host host, Session session) throws IOException {
        var screens = new ArrayList<Double>();
        var histories = new ArrayList<Double>();
        for (int i = 0; i < TIMES; i++) {
            Arrival arrival = host.arrive(session, SHOWN);
            screens.add(arrival.screen() / 1e6);
            histories.add(arrival.history() / 1e6);
        }
        return List.of(Statistics.median(screens), Statistics.median(histories));
    }
}
