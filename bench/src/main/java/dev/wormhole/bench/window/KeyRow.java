package dev.wormhole.bench.window;

import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;
import dev.wormhole.bench.report.Statistics;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** From the key to the pixels of its character, nothing else going on. */
public record KeyRow(int keys) implements WindowRow {

    private static final int WARM_UP = 400;

    @Override
    public String name() {
        return "key";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("key to pixel, median", "ms", Goal.atMost(8)),
                new Figure("key to pixel, p99", "ms", Goal.atMost(18)));
    }

    @Override
    public Trial begin(Window window) throws IOException, TimeoutException {
        Block first = window.cells().getFirst();
        Typing typing = Typing.into(window, window.pane(), first);
        typing.keys(WARM_UP, 10, 30);
        return () -> {
            List<Double> times = typing.keys(keys, 30, 60);
            return List.of(Statistics.median(times), Statistics.percentile(times, 99));
        };
    }
}
