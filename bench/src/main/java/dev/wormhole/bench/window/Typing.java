package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Pace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;

/**
 * Somebody who types into {@code cat} on a raw terminal and looks for each character. Its ground
 * has a colour of its own; so a look tells whether it is there. Owned by the thread that measures.
 */
final class Typing {

    private static final int COLOUR = 0x1ec85a;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Window window;
    private final Block first;
    private final Pane.Size size;
    private final Random random = new Random(1);
    private final long cat;
    private final Path end;
    private int typed;

    private Typing(Window window, Block first, Pane.Size size, long cat, Path end) {
        this.window = window;
        this.first = first;
        this.size = size;
        this.cat = cat;
        this.end = end;
    }

    /**
     * Starts the program in a pane that has the keyboard.
     *
     * @param first where the pane's first cell is
     */
    static Typing into(Window window, Pane pane, Block first) throws IOException, TimeoutException {
        Pane.Size size = pane.size();
        Path ready = window.directory().resolve("raw." + pane.process());
        Files.deleteIfExists(ready);
        // Without a cursor: in the last column that would cover what was typed.
        String ground = "\033[m\033[2J\033[H\033[?25l" + Frames.background(COLOUR);
        Path end =
                pane.start(
                        "stty raw -echo\n"
                                + Window.print(ground)
                                + "sh -c 'echo $$ >%s.half; mv %s.half %s; exec cat'\n"
                                        .formatted(ready, ready, ready)
                                + "stty sane\n"
                                + Window.print("\033[m\033[2J\033[H\033[?25h"));
        Eye.expect("cat", PATIENCE, () -> Files.exists(ready));
        Pace.rest(Duration.ofMillis(500));
        long cat = Long.parseLong(Files.readString(ready).strip());
        return new Typing(window, first, size, cat, end);
    }

    /**
     * Types so many keys; milliseconds until each is seen.
     *
     * @param least milliseconds from a character that is seen to the next key
     * @param most at which phase of the screen's beat it comes is left to chance
     */
    List<Double> keys(int count, int least, int most) throws TimeoutException {
        Picture picture = window.desk().picture();
        var times = new ArrayList<Double>();
        for (int i = 0; i < count; i++) {
            long pause = 1_000_000L * least + random.nextLong(1_000_000L * (most - least));
            Pace.rest(Duration.ofNanos(pause));
            Block cell = first.moved(typed % size.columns(), typed / size.columns() % size.rows());
            typed++;
            int key = 'a' + random.nextInt(26);
            long start = System.nanoTime();
            window.desk().display().press(key);
            long seen = Eye.await("a character", PATIENCE, () -> cell.shows(picture, COLOUR));
            times.add((seen - start) / 1e6);
        }
        return times;
    }

    void end() throws TimeoutException {
        ProcessHandle.of(cat).ifPresent(ProcessHandle::destroy);
        Eye.expect("the end of cat", PATIENCE, () -> Files.exists(end));
    }
}
