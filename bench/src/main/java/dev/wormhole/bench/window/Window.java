package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Column;
import dev.wormhole.bench.peer.Pace;
import dev.wormhole.bench.peer.Place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A terminal's window on its own screen, and the programs in it. Owned by the thread that measures.
 */
public final class Window implements Column.Running {

    static final Pane.Size CELLS = new Pane.Size(235, 64);

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The first cell of each pane, while it is looked where they are. */
    private static final int MARK = 0xc81e50;

    private static final int ATTEMPTS = 4;

    private final Path directory;
    private final Desk desk;
    private final Process process;
    private final Runnable afterwards;
    private final List<Pane> panes = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Window(Path directory, Desk desk, Process process, Runnable afterwards) {
        this.directory = directory;
        this.desk = desk;
        this.process = process;
        this.afterwards = afterwards;
        // Whoever interrupts a start has no window to close yet.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** How a program is started. */
    interface Command {

        /**
         * @param agent the program that is to run in the terminal
         */
        List<String> words(Path agent) throws IOException;
    }

    /**
     * @param afterwards what is to be done when the window has gone
     */
    static Window open(Place place, Command command, Map<String, String> more, Runnable afterwards)
            throws IOException {
        Path directory = place.directory();
        Path agent = directory.resolve("agent");
        Files.writeString(agent, Pane.AGENT.formatted(directory));
        if (!agent.toFile().setExecutable(true)) throw new IOException(agent + " cannot be run");
        var environment = new HashMap<>(place.environment());
        environment.put("SHELL", agent.toString());
        environment.put("LIBGL_ALWAYS_SOFTWARE", "1");
        environment.put("XDG_RUNTIME_DIR", directory.toString());
        environment.putAll(more);
        Desk desk = Desk.open(directory, environment);
        environment.put("DISPLAY", desk.name());
        var builder = new ProcessBuilder(command.words(agent)).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Path words = directory.resolve("window.out");
        try {
            Process process = builder.redirectOutput(words.toFile()).start();
            var window = new Window(directory, desk, process, afterwards);
            window.settle(words);
            return window;
        } catch (IOException e) {
            desk.close();
            throw e;
        }
    }

    private void settle(Path words) throws IOException {
        try {
            await(1);
            fit();
        } catch (TimeoutException e) {
            close();
            String said = Files.readString(words).strip();
            throw new IOException("no window: " + (said.isEmpty() ? e.getMessage() : said), e);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    long pid() {
        return process.pid();
    }

    Desk desk() {
        return desk;
    }

    Path directory() {
        return directory;
    }

    List<Pane> panes() {
        return List.copyOf(panes);
    }

    Pane pane() {
        return panes.getFirst();
    }

    /** Waits until so many programs have come up in all. */
    void await(int count) throws TimeoutException {
        Eye.expect(count + " panes", PATIENCE, () -> !process.isAlive() || found() >= count);
        if (!process.isAlive()) throw new TimeoutException("it ended");
    }

    private int found() {
        List<String> names;
        try (Stream<Path> files = Files.list(directory)) {
            names =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith(Pane.PREFIX))
                            .map(name -> name.substring(Pane.PREFIX.length()))
                            .collect(Collectors.toList());
        } catch (IOException e) {
            return panes.size();
        }
        for (Pane pane : panes) names.remove(pane.process());
        try {
            for (String name : names) panes.add(new Pane(directory, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return panes.size();
    }

    /** Gives it the size that all are measured at, as far as it takes it. */
    private void fit() throws IOException, TimeoutException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Pane.Size size = steadySize(pane());
            if (size.equals(CELLS)) return;
            Block cell = cells().getFirst();
            desk.display()
                    .enlarge(
                            desk.display().window().orElseThrow(),
                            (CELLS.columns() - size.columns()) * cell.width(),
                            (CELLS.rows() - size.rows()) * cell.height());
            Pane.Size before = size;
            try {
                Eye.expect(
                        "another size", Duration.ofSeconds(5), () -> !size(before).equals(before));
            } catch (TimeoutException e) {
                break;
            }
        }
        System.err.println("bench: " + steadySize(pane()) + " cells instead of " + CELLS);
    }

    private Pane.Size size(Pane.Size otherwise) {
        try {
            return pane().size();
        } catch (IOException | TimeoutException e) {
            return otherwise;
        }
    }

    /** Its size once that does not change any more. */
    static Pane.Size steadySize(Pane pane) throws IOException, TimeoutException {
        Pane.Size size = pane.size();
        while (true) {
            Pace.rest(Duration.ofMillis(400));
            Pane.Size now = pane.size();
            if (now.equals(size)) return now;
            size = now;
        }
    }

    /** Where the first cell of each pane is, in no order; it leaves the panes empty. */
    List<Block> cells() throws IOException, TimeoutException {
        return cells(panes);
    }

    /** The same of some. */
    List<Block> cells(List<Pane> some) throws IOException, TimeoutException {
        for (Pane pane : some) steadySize(pane);
        String mark = "\033[m\033[2J\033[H" + Frames.background(MARK) + " \033[m\033[3;3H";
        // Only the pane with the keyboard is sure to have its colours as they are.
        IntPredicate isMark = some.size() == 1 ? colour -> colour == MARK : Window::isDimmedMark;
        var found = new ArrayList<Block>();
        for (int i = 1; found.size() != some.size(); i++) {
            for (Pane pane : some) pane.run(print(mark));
            try {
                Eye.expect(
                        "the first cell of each of " + some.size(),
                        Duration.ofSeconds(10),
                        () -> {
                            found.clear();
                            found.addAll(Block.find(desk.picture(), isMark));
                            return found.size() == some.size();
                        });
            } catch (TimeoutException e) {
                // What changes its size at that moment may lose what is written.
                if (i == ATTEMPTS) throw e;
            }
        }
        for (Pane pane : some) pane.run(print("\033[2J\033[H"));
        Block first = found.getFirst();
        Eye.expect(
                "an empty pane",
                PATIENCE,
                () -> !isMark.test(desk.picture().rgb(first.x(), first.y())));
        return List.copyOf(found);
    }

    /** Whether it is the mark's colour, as it is or mixed with something dark. */
    private static boolean isDimmedMark(int rgb) {
        int red = rgb >> 16;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        return red >= 0x60 && green <= 0x30 && blue >= 0x28 && blue <= 0x58;
    }

    /** A shell's command that prints this; no quotes may be in it. */
    static String print(String text) {
        return "printf '%s'\n".formatted(text.replace("\033", "\\033"));
    }

    /** How the window is divided: only where the keys are known. */
    void split(boolean isRight) throws TimeoutException {
        int before = panes.size();
        desk.display().press(Display.CONTROL, Display.SHIFT, isRight ? 'd' : 'e');
        await(before + 1);
        Pace.rest(Duration.ofMillis(500));
    }

    void focusNext() {
        desk.display().press(Display.CONTROL, Display.TAB);
        Pace.rest(Duration.ofMillis(200));
    }

    /** Makes two, four, eight of one pane, and so on, as even as can be. */
    void divide(int count) throws TimeoutException {
        boolean isRight = true;
        for (int round = 1; panes.size() < count; round *= 2, isRight = !isRight) {
            for (int i = 0; i < round && panes.size() < count; i++) {
                focusNext();
                split(isRight);
            }
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) return;
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        panes.forEach(Pane::close);
        desk.close();
        afterwards.run();
    }
}
