package dev.wormhole.bench.peer;

import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.terminal.screen.Screen;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The server of a data directory: started by the launcher, or by its keeper, and found by what it
 * writes there. Owned by the thread that measures.
 */
final class WormholeServer {

    /** One that is killed in the middle of much work has much to read. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration STEP = Duration.ofMillis(10);

    private final Path program;
    private final Place place;
    private final Path data;
    private final Path words;
    private final Map<String, String> environment;

    /** The one that was started here, if any. */
    private @Nullable Process process;

    WormholeServer(Path program, Place place) {
        this.program = program;
        this.place = place;
        data = data(place);
        words = place.directory().resolve("server.out");
        environment = new HashMap<>(place.environment());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    static Path data(Place place) {
        return place.directory().resolve("data");
    }

    /** Starts it; it has not come yet. */
    void start() throws IOException {
        var command = new ArrayList<>(List.of(program.toString(), "serve"));
        command.addAll(List.of("--data", data.toString()));
        if (place.historyLines() != Screen.DEFAULT_HISTORY) {
            command.addAll(List.of("--set", "history.lines=" + place.historyLines()));
        }
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.redirectOutput(words.toFile()).start();
    }

    /**
     * Waits until one accepts that is not the former one: who is killed leaves its file behind.
     *
     * @param former pid, 0: there was none
     * @param ours it was started here, and not by its keeper
     */
    Endpoint await(long former, boolean ours) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Endpoint found = look();
            if (found != null && found.pid() != former) return found;
            boolean failed = ours && process != null && !process.isAlive();
            if (failed || System.nanoTime() > deadline) {
                throw new IOException("no server: " + Files.readString(words).strip());
            }
            Pace.rest(STEP);
        }
    }

    /** Null: there is none that says anything. */
    private @Nullable Endpoint look() throws IOException {
        try {
            return Endpoint.parse(Files.readString(data.resolve(Endpoint.FILE_NAME)));
        } catch (NoSuchFileException e) {
            return null;
        } catch (JsonException e) {
            // What the end of a machine left of it; the next server removes it first.
            return null;
        }
    }

    /** The processes of all sessions, and their keeper, too. */
    void stopAll() throws IOException {
        Commands.output(
                List.of(program.toString(), "stop", "--all", "--data", data.toString()),
                environment,
                place.directory());
    }

    void kill() {
        if (process != null) process.destroyForcibly();
    }

    /** Does not return before the one that was started here is gone. */
    void end() {
        Process started = process;
        if (started == null) return;
        try {
            if (!started.waitFor(10, TimeUnit.SECONDS)) started.destroyForcibly();
        } catch (InterruptedException e) {
            started.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
