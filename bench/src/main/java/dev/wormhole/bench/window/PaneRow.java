package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Commands;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Proc;
import dev.wormhole.bench.report.Figure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Memory of a pane: eight more in one window, each with its share of the screen. */
public record PaneRow(Path lines) implements WindowRow.Own {

    private static final int MORE = 8;

    @Override
    public String name() {
        return "pane";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("memory of the window with one pane (PSS)", "MB", null),
                new Figure("for each of 8 more panes", "MB", null),
                new Figure("for 10,000 lines in a pane", "MB", null));
    }

    @Override
    public int passes(int wanted) {
        return 1;
    }

    @Override
    public Trial begin(Window window) {
        return () -> {
            double one = megabytes(window);
            window.divide(1 + MORE);
            double many = megabytes(window);
            for (Pane pane : window.panes()) pane.run("cat " + lines + "\n");
            double full = megabytes(window);
            return List.of(one, (many - one) / MORE, (full - many) / (1 + MORE));
        };
    }

    /** After a full collection; twice, for what only then becomes garbage. */
    private static double megabytes(Window window) throws IOException {
        Pace.rest(Duration.ofSeconds(3));
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        for (int i = 0; i < 2; i++) {
            var words = List.of(jcmd, String.valueOf(window.pid()), "GC.run");
            Commands.output(words, Map.of(), window.directory());
            Pace.rest(Duration.ofSeconds(1));
        }
        return Proc.proportionalBytes(window.pid()) / 1e6;
    }
}
