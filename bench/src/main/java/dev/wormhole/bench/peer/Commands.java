package dev.wormhole.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Commands that run and end. Safe from any thread. */
public final class Commands {

    private Commands() {}

    public static boolean isInstalled(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) return true;
        }
        return false;
    }

    /** What it writes to either stream; a command that fails throws. */
    public static String output(
            List<String> command, Map<String, String> environment, Path directory)
            throws IOException {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        // A server that stays behind must not hold the pipe: it gets a file.
        Path words = Files.createTempFile(directory, "words", "");
        Process process =
                builder.redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                        .redirectOutput(words.toFile())
                        .start();
        try {
            int status = process.waitFor();
            String output = Files.readString(words).strip();
            if (status != 0) throw new IOException(String.join(" ", command) + ": " + output);
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The first line that a program tells of its version. */
    public static String version(String program, String option) {
        try {
            Process process = new ProcessBuilder(program, option).redirectErrorStream(true).start();
            try (InputStream in = process.getInputStream()) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                return text.lines().findFirst().orElse(program).strip();
            }
        } catch (IOException e) {
            return program;
        }
    }
}
