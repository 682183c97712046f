package dev.wormhole.server.testkit;

import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.json.JsonException;

import org.awaitility.core.ConditionTimeoutException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real server in a JVM of its own, which can be killed. Its keeper is not: see {@link
 * KeeperProcesses}.
 */
public final class ServerJvm implements AutoCloseable {

    /**
     * It needs two seconds of its own, and half a minute of a machine with thirty others to run.
     */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Path directory;
    private final Path words;

    private ServerJvm(Process process, Path directory, Path words) {
        this.process = process;
        this.directory = directory;
        this.words = words;
    }

    /** Starts it and does not wait. */
    public static ServerJvm launch(Path directory, String... more) throws IOException {
        Path words = Files.createTempFile(directory.getParent(), "server", ".out");
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.wormhole.server.Main",
                                "serve",
                                "--data",
                                directory.toString(),
                                // Tests that kill it start the next one themselves.
                                "--set",
                                "keeper.restart=0"));
        command.addAll(List.of(more));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(words.toFile())
                        .start();
        return new ServerJvm(process, directory, words);
    }

    /** Starts it and waits until it accepts. */
    public static ServerJvm start(Path directory, String... more) throws IOException {
        ServerJvm server = launch(directory, more);
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !server.process.isAlive() || server.accepts());
        } catch (ConditionTimeoutException e) {
            server.close();
            throw new AssertionError("the server does not accept: " + server.words(), e);
        }
        if (!server.process.isAlive())
            throw new AssertionError("the server ended: " + server.words());
        return server;
    }

    /** What a killed server left names another process. */
    private boolean accepts() {
        try {
            return Files.exists(endpointFile()) && endpoint().pid() == pid();
        } catch (IOException e) {
            // The starting server has just deleted what was left.
            return false;
        }
    }

    /** Another server than this one accepts. */
    public boolean acceptsAnew(long before) {
        try {
            return Files.exists(endpointFile())
                    && endpoint().pid() != before
                    && ProcessHandle.of(endpoint().pid()).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    public Endpoint endpoint() throws IOException {
        try {
            return Endpoint.parse(Files.readString(endpointFile()));
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    public TestClient connect() throws IOException {
        return TestClient.connect(endpoint());
    }

    /** kill -9; what a stale endpoint file says is removed by the next start. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM; the exit status. */
    public int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE)) throw new AssertionError("the server did not end");
        return process.exitValue();
    }

    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE)) throw new AssertionError("the server did not end");
        return process.exitValue();
    }

    public long pid() {
        return process.pid();
    }

    public String words() throws IOException {
        return Files.readString(words);
    }

    public Path endpointFile() {
        return directory.resolve(Endpoint.FILE_NAME);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
