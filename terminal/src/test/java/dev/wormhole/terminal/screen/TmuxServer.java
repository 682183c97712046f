package dev.wormhole.terminal.screen;

import static org.awaitility.Awaitility.await;

import dev.wormhole.terminal.screen.ScreenCase.Place;
import dev.wormhole.terminal.screen.ScreenCase.Step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A tmux server of its own that is shown cases of the corpus, many at a time, a window for each.
 *
 * <p>Owned by the thread that made it.
 */
final class TmuxServer implements AutoCloseable {

    /** A message between tmux and its server is below 16 KiB, and is cut to fit it here. */
    private static final int TARGETS_PER_COMMAND = 40;

    private static final Duration PATIENCE = Duration.ofSeconds(100);

    /**
     * Writes a case step by step and says by the pane's title how far tmux has read; between steps
     * it waits for the window's new size. CAN and ST first: a step may end inside of a sequence.
     */
    private static final String PANE =
            """
            stty raw -echo
            step=0
            while true; do
              cat "$1.$step"
              step=$((step + 1))
              printf '\\030\\033\\134\\033]2;step-%s\\033\\134' $step
              [ -f "$1.$step" ] || break
              tmux wait-for "go-${1##*/}-$step"
            done
            exec cat >/dev/null
            """;

    private static final String SETTINGS =
            """
            set -g status off
            set -g history-limit 1000
            set -s escape-time 0
            """;

    /**
     * What a terminal shows.
     *
     * @param rows as in {@link ScreenText#rows}
     * @param renditions as in {@link ScreenText#renditions}
     */
    record Picture(List<String> rows, List<String> renditions, Place cursor, boolean alternate) {}

    private final Path directory;

    TmuxServer(Path directory) throws IOException {
        this.directory = directory;
        Files.writeString(directory.resolve("pane.sh"), PANE);
        Files.writeString(directory.resolve("tmux.conf"), SETTINGS);
        // Keeps the server alive between batches.
        tmux(List.of("new-session", "-d", "-s", "keep", "exec cat"));
    }

    /** What {@code tmux -V} says, if there is a tmux. */
    static Optional<String> version() {
        try {
            Process process = new ProcessBuilder("tmux", "-V").redirectErrorStream(true).start();
            return Optional.of(read(process).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Shows every case in a window of its own and says what is seen there. */
    Map<ScreenCase, Picture> show(List<ScreenCase> cases) throws IOException {
        var names = new HashMap<String, ScreenCase>();
        for (ScreenCase its : cases) names.put("c" + names.size(), its);
        for (var window : names.entrySet()) open(window.getKey(), window.getValue());
        int longest = cases.stream().mapToInt(its -> writes(its).size()).max().orElse(0);
        for (int step = 1; step <= longest; step++) {
            int done = step;
            await().atMost(PATIENCE).until(() -> haveRead(names, done));
            for (var window : names.entrySet()) resize(window.getKey(), window.getValue(), step);
        }
        var pictures = new HashMap<ScreenCase, Picture>();
        var targets = List.copyOf(names.keySet());
        for (int from = 0; from < targets.size(); from += TARGETS_PER_COMMAND) {
            int to = Math.min(targets.size(), from + TARGETS_PER_COMMAND);
            capture(names, targets.subList(from, to), pictures);
        }
        for (String name : targets) tmux(List.of("kill-session", "-t", name));
        return pictures;
    }

    private void open(String name, ScreenCase its) throws IOException {
        Path files = directory.resolve(name);
        try (var old = Files.newDirectoryStream(directory, name + ".*")) {
            for (Path file : old) Files.delete(file);
        }
        int step = 0;
        for (byte[] bytes : writes(its)) Files.write(Path.of(files + "." + step++), bytes);
        tmux(
                List.of(
                        "new-session",
                        "-d",
                        "-s",
                        name,
                        "-x",
                        Integer.toString(its.columns()),
                        "-y",
                        Integer.toString(its.rows()),
                        "exec sh '%s/pane.sh' '%s'".formatted(directory, files)));
    }

    /** What is written between changes of size; the first is written before any. */
    private static List<byte[]> writes(ScreenCase its) {
        var writes = new ArrayList<byte[]>();
        byte[] now = {};
        for (Step step : its.steps()) {
            switch (step) {
                case Step.Feed feed -> now = join(now, feed.bytes());
                case Step.Resize _ -> {
                    writes.add(now);
                    now = new byte[0];
                }
            }
        }
        writes.add(now);
        return writes;
    }

    private static byte[] join(byte[] one, byte[] other) {
        var both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** Gives the window the size that follows a step, and lets its case go on. */
    private void resize(String name, ScreenCase its, int step) throws IOException {
        var sizes =
                its.steps().stream()
                        .filter(Step.Resize.class::isInstance)
                        .map(Step.Resize.class::cast)
                        .toList();
        if (step > sizes.size()) return;
        Step.Resize size = sizes.get(step - 1);
        String columns = Integer.toString(size.columns());
        String rows = Integer.toString(size.rows());
        tmux(List.of("resize-window", "-t", name, "-x", columns, "-y", rows));
        tmux(List.of("wait-for", "-S", "go-" + name + "-" + step));
    }

    private boolean haveRead(Map<String, ScreenCase> names, int step) throws IOException {
        String format = "#{session_name} #{pane_title}";
        String panes = tmux(List.of("list-panes", "-a", "-F", format));
        Map<String, Integer> read =
                panes.lines()
                        .map(line -> line.split(" step-"))
                        .filter(words -> words.length == 2)
                        .collect(Collectors.toMap(words -> words[0], words -> number(words[1])));
        Predicate<Map.Entry<String, ScreenCase>> done =
                window ->
                        read.getOrDefault(window.getKey(), 0)
                                >= Math.min(step, writes(window.getValue()).size());
        return names.entrySet().stream().allMatch(done);
    }

    private static int number(String word) {
        return word.matches("[0-9]+") ? Integer.parseInt(word) : 0;
    }

    private void capture(
            Map<String, ScreenCase> names, List<String> targets, Map<ScreenCase, Picture> pictures)
            throws IOException {
        var command = new ArrayList<String>();
        for (String target : targets) {
            if (!command.isEmpty()) command.add(";");
            command.addAll(List.of("capture-pane", "-e", "-p", "-t", target, ";"));
            String state = "#{cursor_y} #{cursor_x} #{alternate_on} #{pane_width} #{pane_height}";
            command.addAll(List.of("display-message", "-p", "-t", target, state));
        }
        List<String> lines = tmux(command).lines().toList();
        int at = 0;
        for (String target : targets) {
            ScreenCase its = names.get(target);
            int height = height(its);
            String[] state = lines.get(at + height).split(" ");
            int width = number(state[3]);
            Screen shown = drawn(lines.subList(at, at + height), width);
            // A pending wrap stands beyond the last column there.
            int column = Math.min(number(state[1]), width - 1);
            var cursor = new Place(number(state[0]) + 1, column + 1);
            pictures.put(
                    its,
                    new Picture(
                            ScreenText.rows(shown),
                            ScreenText.renditions(shown),
                            cursor,
                            state[2].equals("1")));
            at += height + 1;
        }
    }

    /** What tmux captured is output in turn: text, SGR, and shifts to line drawing in G1. */
    private static Screen drawn(List<String> lines, int width) {
        var screen = new Screen(width, lines.size(), 0, new ScreenListener() {});
        String output = "\033)0" + String.join("\r\n", lines);
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
        return screen;
    }

    private static int height(ScreenCase its) {
        int height = its.rows();
        for (Step step : its.steps()) if (step instanceof Step.Resize size) height = size.rows();
        return height;
    }

    private String tmux(List<String> command) throws IOException {
        var words = new ArrayList<>(List.of("tmux", "-u", "-S", directory + "/socket"));
        words.addAll(List.of("-f", directory + "/tmux.conf"));
        words.addAll(command);
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("TMUX");
        Process process = builder.start();
        String output = read(process);
        if (exitValue(process) != 0) throw new IOException(command.getFirst() + ": " + output);
        return output;
    }

    private static String read(Process process) throws IOException {
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static int exitValue(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            tmux(List.of("kill-server"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
