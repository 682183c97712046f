package dev.wormhole.server.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real command line, in a process of its own. */
public final class CommandLine implements AutoCloseable {

    /** What it said and how it ended. */
    public record Result(int status, String out, String err) {}

    private final Process process;
    private final Path out;
    private final Path err;

    private CommandLine(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Begins and does not wait. */
    public static CommandLine begin(Path data, String... words) throws IOException {
        Path out = Files.createTempFile(data.getParent(), "line", ".out");
        Path err = Files.createTempFile(data.getParent(), "line", ".err");
        var command =
                new ArrayList<>(
                        List.of(
                                // A JVM that is started with SIGINT ignored, as by a script's &,
                                // never hears of Ctrl-C.
                                "env",
                                "--default-signal=INT",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.wormhole.server.Main",
                                "--data",
                                data.toString()));
        command.addAll(List.of(words));
        Process process =
                new ProcessBuilder(command)
                        .directory(data.getParent().toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        return new CommandLine(process, out, err);
    }

    public static Result run(Path data, String... words) throws Exception {
        try (CommandLine line = begin(data, words)) {
            return line.result();
        }
    }

    public Result result() throws Exception {
        if (!process.waitFor(TestClient.PATIENCE)) throw new AssertionError("still runs: " + out());
        return new Result(process.exitValue(), out(), Files.readString(err));
    }

    /** What it has printed so far. */
    public String out() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    /** As Ctrl-C does. */
    public void interrupt() throws Exception {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
