package dev.wormhole.bench;

import dev.wormhole.bench.peer.Host;
import dev.wormhole.bench.peer.Peer;
import dev.wormhole.bench.peer.Place;
import dev.wormhole.bench.probe.Probe;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Outcome;
import dev.wormhole.bench.report.Report;
import dev.wormhole.bench.report.Statistics;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

/**
 * Measures every peer with every probe. The peers take turns within a probe, pass by pass: what the
 * machine does meanwhile hits them alike. What goes wrong with one costs its cell, not the run.
 */
final class Runner {

    private final Path directory;
    private int places;

    /** What runs now; also read by the thread that cleans up when a run is interrupted. */
    private final List<Turn> turns = new CopyOnWriteArrayList<>();

    Runner(Path directory) {
        this.directory = directory;
    }

    Report run(List<Probe> probes, List<Peer> peers, int passes) throws IOException {
        var report = new Report(peers.stream().map(Peer::name).toList());
        for (Probe probe : probes) run(probe, peers, passes, report);
        return report;
    }

    private void run(Probe probe, List<Peer> peers, int passes, Report report) throws IOException {
        turns.clear();
        try {
            for (Peer peer : peers) {
                if (probe.suits(peer)) turns.add(new Turn(peer, probe, newDirectory()));
            }
            for (Turn turn : turns) turn.begin();
            for (int pass = 1; pass <= passes; pass++) {
                for (Turn turn : turns) turn.pass(pass);
            }
        } finally {
            close();
        }
        for (Peer peer : peers) {
            for (Figure figure : probe.figures()) {
                report.put(figure, peer.name(), new Outcome.Unfit());
            }
        }
        turns.forEach(turn -> turn.tell(report));
    }

    /** Ends what was started. */
    void close() {
        turns.forEach(Turn::close);
    }

    private Path newDirectory() throws IOException {
        return Files.createDirectory(directory.resolve("p" + places++));
    }

    /** One peer under one probe. */
    private static final class Turn {

        private final Peer peer;
        private final Probe probe;
        private final Place place;
        private final List<List<Double>> passes = new ArrayList<>();
        private volatile @Nullable Host host;
        private Probe.@Nullable Trial trial;
        private @Nullable String failure;

        Turn(Peer peer, Probe probe, Path directory) {
            this.peer = peer;
            this.probe = probe;
            place = new Place(directory, probe.historyLines());
        }

        void begin() {
            say("begins");
            try {
                Host started = peer.start(place);
                host = started;
                trial = probe.begin(started);
            } catch (IOException | TimeoutException e) {
                fail(e);
            }
        }

        void pass(int number) {
            Probe.Trial ready = trial;
            if (ready == null || failure != null) return;
            try {
                List<Double> values = ready.once();
                passes.add(values);
                say("pass " + number + ": " + values);
            } catch (IOException | TimeoutException e) {
                fail(e);
            }
        }

        private void fail(Exception e) {
            String reason = e.getMessage();
            failure = reason == null ? "timed out" : reason.lines().findFirst().orElse("failed");
            say(failure);
        }

        private void say(String text) {
            System.err.printf("%-10s %-8s %s%n", probe.name(), peer.name(), text);
        }

        void tell(Report report) {
            for (int i = 0; i < probe.figures().size(); i++) {
                report.put(probe.figures().get(i), peer.name(), outcome(i));
            }
        }

        private Outcome outcome(int figure) {
            if (failure != null) return new Outcome.Failure(failure);
            double median = Statistics.median(passes.stream().map(p -> p.get(figure)).toList());
            return Double.isNaN(median) ? new Outcome.Unfit() : new Outcome.Value(median);
        }

        void close() {
            Host running = host;
            host = null;
            if (running != null) running.close();
        }
    }
}
