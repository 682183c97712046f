package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Proc;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;
import dev.wormhole.bench.report.Statistics;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * What a flood costs the thread that the window lives on: its share of a core, how long something
 * that is handed to it waits, and a key in a pane beside three that flood.
 */
public record FxRow(int seconds, int keys) implements WindowRow.Own {

    private static final String FX = "JavaFX Application Thread";
    private static final String RENDERER = "QuantumRenderer-0";
    private static final int WARM_UP = 100;

    @Override
    public String name() {
        return "fx";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("four panes repaint: FX thread", "% of a core", null),
                new Figure("its renderer", "% of a core", null),
                new Figure("longest wait of a task for the FX thread", "ms", Goal.atMost(30)),
                new Figure("key to pixel beside three that repaint, median", "ms", null),
                new Figure("the longest of these", "ms", null));
    }

    @Override
    public Trial begin(Window window) throws IOException, TimeoutException {
        window.divide(4);
        QueueWatch.Loader watch = QueueWatch.Loader.write(window.directory());
        once(window, watch);
        return () -> once(window, watch);
    }

    private List<Double> once(Window window, QueueWatch.Loader watch)
            throws IOException, TimeoutException {
        double fx;
        double renderer;
        double longest;
        try (Flood _ = Flood.in(window, window.panes())) {
            Pace.rest(Duration.ofSeconds(2));
            longest = watch.longest(window.pid(), Duration.ofSeconds(seconds));
            fx = cpuSeconds(window, FX);
            renderer = cpuSeconds(window, RENDERER);
            Pace.rest(Duration.ofSeconds(seconds));
            fx = cpuSeconds(window, FX) - fx;
            renderer = cpuSeconds(window, RENDERER) - renderer;
        }
        List<Double> times = typed(window);
        return List.of(
                fx * 100 / seconds,
                renderer * 100 / seconds,
                longest,
                Statistics.median(times),
                Collections.max(times));
    }

    private static double cpuSeconds(Window window, String thread) throws IOException {
        long nanos = Proc.threadNanos(window.pid(), thread);
        if (nanos == 0) throw new IOException("no thread " + thread);
        return nanos / 1e9;
    }

    /** The pane with the keyboard is the one that was made last. */
    private List<Double> typed(Window window) throws IOException, TimeoutException {
        Pane typist = window.panes().getLast();
        Block first = window.cells(List.of(typist)).getFirst();
        List<Pane> others = window.panes().subList(0, window.panes().size() - 1);
        Typing typing = Typing.into(window, typist, first);
        try (Flood _ = Flood.in(window, others)) {
            Pace.rest(Duration.ofSeconds(2));
            typing.keys(WARM_UP, 10, 30);
            return typing.keys(keys, 30, 60);
        } finally {
            typing.end();
        }
    }
}
