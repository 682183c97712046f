package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Proc;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** What a window costs in which nothing happens but that its cursor blinks. */
public record IdleRow(int seconds) implements WindowRow {

    private static final Duration TO_REST = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("CPU, idle, with the keyboard", "% of a core", Goal.atMost(1)),
                new Figure("CPU, idle, without", "% of a core", Goal.atMost(1)));
    }

    @Override
    public int passes(int wanted) {
        return 1;
    }

    @Override
    public Trial begin(Window window) throws IOException, TimeoutException {
        window.pane().run(Window.print("\033[1 q"));
        Pace.rest(TO_REST);
        return () -> {
            Display display = window.desk().display();
            double focused = share(window);
            display.focus(0);
            double unfocused = share(window);
            display.focus(display.window().orElseThrow());
            return List.of(focused, unfocused);
        };
    }

    private double share(Window window) throws IOException {
        Pace.rest(TO_REST);
        double before = Proc.cpuSeconds(window.pid());
        Pace.rest(Duration.ofSeconds(seconds));
        return (Proc.cpuSeconds(window.pid()) - before) * 100 / seconds;
    }
}
