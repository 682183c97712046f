package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.report.Figure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * How many different frames a second can be seen of a program that repaints every cell as fast as
 * it can. The number of a frame is the colour of its first cell.
 */
public record FramesRow(String name, String title, int panes, int seconds) implements WindowRow {

    public static WindowRow one(int seconds) {
        return new FramesRow("frames", "full repaint of " + Window.CELLS, 1, seconds);
    }

    public static WindowRow four(int seconds) {
        var row = new FramesRow("frames-4", "the same in four panes at once, each", 4, seconds);
        return new Divided(row);
    }

    @Override
    public List<Figure> figures() {
        return List.of(new Figure(title, "frames/s", null));
    }

    @Override
    public Trial begin(Window window) throws IOException, TimeoutException {
        window.divide(panes);
        List<Block> places = window.cells();
        Trial trial = () -> List.of(once(window, places));
        trial.once();
        return trial;
    }

    private double once(Window window, List<Block> places) throws IOException, TimeoutException {
        Picture picture = window.desk().picture();
        List<Frames> counts = places.stream().map(_ -> new Frames()).toList();
        try (Flood _ = Flood.in(window, window.panes())) {
            Pace.rest(Duration.ofSeconds(2));
            Eye.watch(
                    Duration.ofSeconds(seconds),
                    () -> {
                        for (int i = 0; i < places.size(); i++) {
                            Block place = places.get(i);
                            counts.get(i).look(picture.rgb(place.x() + 2, place.y() + 2));
                        }
                    });
        }
        int seen = counts.stream().mapToInt(Frames::seen).sum();
        return seen / (double) (seconds * places.size());
    }

    /** Only for the window that can be divided. */
    private record Divided(FramesRow row) implements Own {

        @Override
        public String name() {
            return row.name();
        }

        @Override
        public List<Figure> figures() {
            return row.figures();
        }

        @Override
        public Trial begin(Window window) throws IOException, TimeoutException {
            return row.begin(window);
        }
    }
}
