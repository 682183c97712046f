package dev.wormhole.client.local;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A session server being started in the background: how it is called, in which surroundings, and
 * what it said while it started. Knows nothing of the lock and the endpoint.
 *
 * <p>Owned by the thread that starts it.
 */
final class ServerProcess {

    private static final String MAIN = "dev.wormhole.server.Main";

    /** What a start said is kept in its file for this long if nobody read it. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private static final int MAX_MESSAGE_BYTES = 64 << 10;

    private final Process process;
    private final Path words;

    private ServerProcess(Process process, Path words) {
        this.process = process;
        this.words = words;
    }

    /**
     * Starts this program's own server; its words go to a file in the data directory, mode 0600.
     */
    static ServerProcess start(Path dataDirectory, Map<String, String> environment)
            throws IOException {
        forgetOldWords(dataDirectory);
        Path words = Files.createTempFile(dataDirectory, "start-", ".log");
        try {
            List<String> command = command(dataDirectory, System.getProperties(), environment);
            var output = ProcessBuilder.Redirect.to(words.toFile());
            return new ServerProcess(Background.start(command, environment, output), words);
        } catch (IOException e) {
            Files.deleteIfExists(words);
            throw e;
        }
    }

    /**
     * The words that start a server of the given JVM's class path, sized for one: a small heap, two
     * thirds of it young at first for the sake of floods (docs/decisions/0018), and nothing left in
     * the shared folder for temporary files.
     */
    static List<String> command(
            Path dataDirectory, Properties jvm, Map<String, String> environment) {
        var words = new ArrayList<>(Background.prefix(environment));
        words.add(Background.java(jvm).toString());
        words.add("-XX:+UseSerialGC");
        words.add("-Xms48m");
        words.add("-Xmn32m");
        words.add("-Xmx512m");
        // Half a server would keep everybody waiting: its keeper starts it again.
        words.add("-XX:+ExitOnOutOfMemoryError");
        words.add("-XX:+UseCompactObjectHeaders");
        words.add("-XX:-UsePerfData");
        words.add("-XX:ErrorFile=" + dataDirectory.resolve("hs_err_pid%p.log"));
        words.add("--enable-native-access=ALL-UNNAMED");
        String program = jvm.getProperty("wormhole.program");
        if (program != null) words.add("-Dwormhole.program=" + program);
        String classPath = Background.classPath(jvm);
        words.addAll(startCache(classPath));
        words.add("-cp");
        words.add(classPath);
        words.add(MAIN);
        words.addAll(List.of("serve", "--data", dataDirectory.toString()));
        return words;
    }

    /**
     * The cache of loaded classes that the packaged program has beside its jars; one that does not
     * fit is no matter.
     */
    private static List<String> startCache(String classPath) {
        Path folder = Path.of(classPath.split(File.pathSeparator)[0]).getParent();
        if (folder == null || !Files.isRegularFile(folder.resolve("server.aot"))) return List.of();
        return List.of("-XX:AOTCache=" + folder.resolve("server.aot"), "-Xlog:aot*=off,cds*=off");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the process ends, no longer than this. */
    void waitAtMost(Duration time) throws InterruptedException {
        process.waitFor(time);
    }

    int exitStatus() {
        return process.exitValue();
    }

    /**
     * The last line that the server wrote, which by contract says what is wrong; null if it wrote
     * none.
     */
    @Nullable String lastLine() {
        try {
            byte[] bytes = Files.readAllBytes(words);
            int from = Math.max(0, bytes.length - MAX_MESSAGE_BYTES);
            Charset charset = StandardCharsets.UTF_8;
            return new String(bytes, from, bytes.length - from, charset)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce((_, last) -> last)
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    /** The file is no longer needed; the server goes on writing to it where it does. */
    void forgetWords() {
        try {
            Files.deleteIfExists(words);
        } catch (IOException e) {
            // It goes with a later start.
        }
    }

    private static void forgetOldWords(Path dataDirectory) throws IOException {
        Instant oldest = InstantSource.system().instant().minus(FORGOTTEN_AFTER);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dataDirectory, "start-*.log")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).compareTo(FileTime.from(oldest)) < 0)
                    Files.deleteIfExists(file);
            }
        }
    }
}
