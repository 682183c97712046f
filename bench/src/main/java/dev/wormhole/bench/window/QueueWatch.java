package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Commands;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Hands the FX thread of the process that it is loaded into a task now and then and tells how long
 * the worst of them waited. It is the one look that is not from outside: no picture tells whether
 * the thread that answers mouse and menus hangs.
 *
 * <p>A Java agent, loaded while the program runs; it knows no class of it but JavaFX's.
 */
public final class QueueWatch {

    private static final long BETWEEN_NANOS = 4_000_000;

    private QueueWatch() {}

    /**
     * What the JVM calls.
     *
     * @param words the file for the answer (milliseconds), a space, and for how many seconds
     */
    public static void agentmain(String words) {
        String[] parts = words.split(" ");
        Thread.ofPlatform()
                .daemon()
                .name("queue-watch")
                .start(() -> watch(Path.of(parts[0]), Long.parseLong(parts[1])));
    }

    private static void watch(Path answer, long seconds) {
        try {
            var later =
                    Class.forName("javafx.application.Platform")
                            .getMethod("runLater", Runnable.class);
            long end = System.nanoTime() + seconds * 1_000_000_000;
            long longest = 0;
            while (System.nanoTime() < end) {
                var ran = new java.util.concurrent.CompletableFuture<Long>();
                long start = System.nanoTime();
                later.invoke(null, (Runnable) () -> ran.complete(System.nanoTime()));
                longest = Math.max(longest, ran.join() - start);
                LockSupport.parkNanos(BETWEEN_NANOS);
            }
            Path half = Path.of(answer + ".half");
            Files.writeString(half, String.valueOf(longest / 1e6));
            Files.move(half, answer);
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts it into a process. Owned by the thread that measures. */
    static final class Loader {

        private static final Duration SLACK = Duration.ofSeconds(30);

        private final Path jar;
        private int answers;

        private Loader(Path jar) {
            this.jar = jar;
        }

        /** Makes a jar of this class alone, as an agent has to be one. */
        static Loader write(Path directory) throws IOException {
            Path jar = directory.resolve("queue-watch.jar");
            var manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().putValue("Agent-Class", QueueWatch.class.getName());
            String name = QueueWatch.class.getName().replace('.', '/') + ".class";
            try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                    InputStream in = QueueWatch.class.getResourceAsStream("/" + name)) {
                if (in == null) throw new IOException("no " + name);
                out.putNextEntry(new JarEntry(name));
                in.transferTo(out);
            }
            return new Loader(jar);
        }

        /** Milliseconds. */
        double longest(long pid, Duration time) throws IOException, TimeoutException {
            Path answer = jar.resolveSibling("waited" + ++answers);
            String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            String argument = "\"" + answer + " " + time.toSeconds() + "\"";
            var command =
                    List.of(
                            jcmd,
                            String.valueOf(pid),
                            "JVMTI.agent_load",
                            jar.toString(),
                            argument);
            Commands.output(command, Map.of(), jar.resolveSibling("."));
            Eye.expect("the watch", time.plus(SLACK), () -> Files.exists(answer));
            return Double.parseDouble(Files.readString(answer));
        }
    }
}
