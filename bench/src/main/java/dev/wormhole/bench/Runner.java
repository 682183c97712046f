package dev.wormhole.bench;

import dev.wormhole.bench.peer.Column;
import dev.wormhole.bench.peer.Place;
import dev.wormhole.bench.probe.Row;
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
 * Measures every program by every row. They take turns within a row, pass by pass: what the machine
 * does meanwhile hits them alike. What goes wrong with one costs its cell, not the run.
 */
final class Runner {

    private final Path directory;
    private int places;

    /** What runs now; also read by the thread that cleans up when a run is interrupted. */
    private final List<Turn<?, ?>> turns = new CopyOnWriteArrayList<>();

    Runner(Path directory) {
        this.directory = directory;
    }

    <C extends Column<H>, H extends Column.Running> void run(
            List<? extends Row<C, H>> rows, List<C> programs, int passes, Report report)
            throws IOException {
        for (Row<C, H> row : rows) run(row, programs, row.passes(passes), report);
    }

    private <C extends Column<H>, H extends Column.Running> void run(
            Row<C, H> row, List<C> programs, int passes, Report report) throws IOException {
        turns.clear();
        try {
            for (C program : programs) {
                if (row.suits(program)) turns.add(new Turn<>(program, row, newDirectory()));
            }
            for (Turn<?, ?> turn : turns) turn.begin();
            for (int pass = 1; pass <= passes; pass++) {
                for (Turn<?, ?> turn : turns) turn.pass(pass);
            }
        } finally {
            close();
        }
        for (C program : programs) {
            for (Figure figure : row.figures()) {
                report.put(figure, program.name(), new Outcome.Unfit());
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

    /** One program in one row. */
    private static final class Turn<C extends Column<H>, H extends Column.Running> {

        private final C program;
        private final Row<C, H> row;
        private final Place place;
        private final List<List<Double>> passes = new ArrayList<>();
        private volatile @Nullable H host;
        private Row.@Nullable Trial trial;
        private @Nullable String failure;

        Turn(C program, Row<C, H> row, Path directory) {
            this.program = program;
            this.row = row;
            place = new Place(directory, row.historyLines());
        }

        void begin() {
            say("begins");
            try {
                H started = program.start(place);
                host = started;
                trial = row.begin(started);
            } catch (IOException | TimeoutException e) {
                fail(e);
            }
        }

        void pass(int number) {
            Row.Trial ready = trial;
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
            System.err.printf("%-10s %-8s %s%n", row.name(), program.name(), text);
        }

        void tell(Report report) {
            for (int i = 0; i < row.figures().size(); i++) {
                report.put(row.figures().get(i), program.name(), outcome(i));
            }
        }

        private Outcome outcome(int figure) {
            if (failure != null) return new Outcome.Failure(failure);
            double median = Statistics.median(passes.stream().map(p -> p.get(figure)).toList());
            return Double.isNaN(median) ? new Outcome.Unfit() : new Outcome.Value(median);
        }

        void close() {
            H running = host;
            host = null;
            if (running != null) running.close();
        }
    }
}
