package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Pace;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An X server of its own with a window manager, both for one program. */
public final class Desk implements AutoCloseable {

    static final int WIDTH = 1920;
    static final int HEIGHT = 1200;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** No frames: the windows get all the room; no shortcuts: they get all keys. */
    private static final String OPENBOX =
            """
            <openbox_config xmlns="http://openbox.org/3.4/rc">
              <keyboard/>
              <applications><application class="*">
                <decor>no</decor>
                <position force="yes"><x>0</x><y>0</y></position>
              </application></applications>
            </openbox_config>
            """;

    /** Memory and no disk: what is drawn would be written there again and again. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path pictures;
    private final List<Process> processes = new ArrayList<>();
    private final String name;
    private final Display display;
    private final Framebuffer framebuffer;

    private Desk(Path directory, Map<String, String> environment) throws IOException {
        Path memory = Files.isDirectory(MEMORY) ? MEMORY : directory;
        pictures = Files.createTempDirectory(memory, "wh-bench");
        try {
            name = ":" + server();
            framebuffer = Framebuffer.open(pictures.resolve("Xvfb_screen0"));
            display = new Display(name);
            display.point(WIDTH - 1, HEIGHT - 1);
            manage(directory, environment);
        } catch (IOException | RuntimeException e) {
            end();
            throw e;
        }
    }

    /**
     * @param directory for files
     * @param environment of the window manager
     */
    public static Desk open(Path directory, Map<String, String> environment) throws IOException {
        return new Desk(directory, environment);
    }

    /** The number of the display that it found free. */
    private String server() throws IOException {
        var words = List.of("Xvfb", "-displayfd", "1", "-dpi", "96", "-nolisten", "tcp");
        var command = new ArrayList<>(words);
        command.addAll(List.of("-noreset", "-fbdir", pictures.toString()));
        command.addAll(List.of("-screen", "0", WIDTH + "x" + HEIGHT + "x24"));
        Process server =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        processes.add(server);
        // Not closed: the server may be told to write there again.
        BufferedReader reader = server.inputReader(StandardCharsets.US_ASCII);
        String number = reader.readLine();
        if (number == null) throw new IOException("Xvfb does not start");
        return number.strip();
    }

    private void manage(Path directory, Map<String, String> environment) throws IOException {
        Path settings = Files.writeString(directory.resolve("openbox.xml"), OPENBOX);
        var builder =
                new ProcessBuilder("openbox", "--sm-disable", "--config-file", settings.toString());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("DISPLAY", name);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        processes.add(builder.start());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!display.isManaged()) {
            if (System.nanoTime() > deadline) throw new IOException("openbox does not start");
            Pace.rest(Duration.ofMillis(20));
        }
    }

    /** What {@code DISPLAY} has to be. */
    public String name() {
        return name;
    }

    public Display display() {
        return display;
    }

    Picture picture() {
        return framebuffer;
    }

    @Override
    public void close() {
        // Before its server goes: Xlib ends a process that loses one.
        display.close();
        end();
    }

    private void end() {
        for (Process process : processes.reversed()) {
            process.destroy();
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        try {
            Files.deleteIfExists(pictures.resolve("Xvfb_screen0"));
            Files.deleteIfExists(pictures);
        } catch (IOException e) {
            System.err.println("bench: " + pictures + " stays behind: " + e.getMessage());
        }
    }
}
