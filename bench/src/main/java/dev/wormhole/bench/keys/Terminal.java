package dev.wormhole.bench.keys;

import dev.wormhole.bench.peer.Commands;
import dev.wormhole.bench.window.Desk;
import dev.wormhole.bench.window.Display;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One terminal with the recorder in it, on a display of its own. Owned by the thread that types.
 */
final class Terminal implements AutoCloseable {

    private final Path directory;
    private final Path log;
    private final Map<String, String> environment;
    private final Recorder recorder;
    private final Desk desk;
    private final Process process;

    /**
     * @param directory empty; for files
     */
    Terminal(Subject subject, Path directory) throws IOException {
        this.directory = directory;
        log = directory.resolve("log");
        environment = new HashMap<>(System.getenv());
        environment.putAll(subject.environment());
        environment.keySet().removeAll(List.of("WAYLAND_DISPLAY", "XAUTHORITY"));
        recorder = new Recorder(directory);
        desk = Desk.open(directory, environment);
        // Whoever interrupts the run closes nothing. A terminal ends with its display.
        Runtime.getRuntime().addShutdownHook(new Thread(desk::close));
        environment.put("DISPLAY", desk.name());
        List<String> words = subject.words(recorder.program());
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectOutput(log.toFile());
        process = builder.start();
    }

    /** Asks for a mode. */
    Typist ask(Mode mode) throws IOException {
        String title = "keys-" + mode.name();
        recorder.say("\033c\033[<99u" + mode.asks() + "\033]2;" + title + "\007");
        Display display = desk.display();
        try {
            return new Typist(display, recorder, display.awaitTitle(title));
        } catch (IOException e) {
            throw new IOException(e.getMessage() + ": " + Files.readString(log).strip(), e);
        }
    }

    /** Puts the keyboard of a row into use, without its lock. */
    void plug(Row row) throws IOException {
        var layout = new ArrayList<>(List.of("setxkbmap", "-model", "pc105"));
        layout.addAll(row.layout());
        Commands.output(layout, environment, directory);
        desk.display().lockGroup(row.group());
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        desk.close();
        recorder.close();
    }
}
