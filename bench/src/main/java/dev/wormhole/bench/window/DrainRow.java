package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.probe.Material;
import dev.wormhole.bench.report.Figure;
import dev.wormhole.bench.report.Goal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A large file through {@code cat}: from the Enter that starts it until what follows it is seen.
 */
public record DrainRow(Path file, int megabytes) implements WindowRow {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Of the block that follows the file; each time another one. */
    private static final int COLOUR = 0x5a1e00;

    public static DrainRow of(Material material, int megabytes) throws IOException {
        return new DrainRow(material.megabytes(megabytes), megabytes);
    }

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public List<Figure> figures() {
        String title = "`cat` of " + megabytes + " MB mixed text, until its end is painted";
        return List.of(new Figure(title, "MB/s", Goal.atLeast(50)));
    }

    @Override
    public Trial begin(Window window) throws IOException, TimeoutException {
        Block place = window.cells().getFirst();
        var count = new int[1];
        Trial trial =
                () -> {
                    int colour = COLOUR | ++count[0];
                    return List.of(megabytes / seconds(window, place, colour));
                };
        trial.once();
        return trial;
    }

    private double seconds(Window window, Block place, int colour)
            throws IOException, TimeoutException {
        Path ready = window.directory().resolve("ready" + colour);
        String mark = "\033[H" + Frames.background(colour) + "    \033[m";
        Path done =
                window.pane()
                        .start(
                                Window.print("\033[2J\033[H")
                                        + ": >"
                                        + ready
                                        + "\nread -r line\ncat "
                                        + file
                                        + "\n"
                                        + Window.print(mark));
        Eye.expect("the program", PATIENCE, () -> Files.exists(ready));
        Pace.rest(Duration.ofMillis(700));
        long start = System.nanoTime();
        window.desk().display().press(Display.RETURN);
        Picture picture = window.desk().picture();
        long end = Eye.awaitCalmly("the end", PATIENCE, () -> place.shows(picture, colour));
        Eye.expect("the end of cat", PATIENCE, () -> Files.exists(done));
        return (end - start) / 1e9;
    }
}
