package dev.wormhole.bench.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Programs that repaint all of their panes as fast as they can. Owned by the thread that measures.
 */
final class Flood implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path stop;
    private final List<Path> ends;

    private Flood(Path stop, List<Path> ends) {
        this.stop = stop;
        this.ends = ends;
    }

    /** One in each of these panes, until it is closed. */
    static Flood in(Window window, List<Pane> panes) throws IOException, TimeoutException {
        Path stop = window.directory().resolve("stop");
        Files.deleteIfExists(stop);
        List<Path> frames = new ArrayList<>();
        for (Pane pane : panes) {
            Pane.Size size = Window.steadySize(pane);
            frames.add(Frames.write(window.directory(), size.columns(), size.rows()));
        }
        var ends = new ArrayList<Path>();
        for (int i = 0; i < panes.size(); i++) {
            String script = "while [ ! -e %s ]; do cat %s; done\n".formatted(stop, frames.get(i));
            ends.add(panes.get(i).start(script));
        }
        return new Flood(stop, ends);
    }

    @Override
    public void close() throws IOException, TimeoutException {
        Files.writeString(stop, "");
        for (Path end : ends) Eye.expect("the flood's end", PATIENCE, () -> Files.exists(end));
    }
}
