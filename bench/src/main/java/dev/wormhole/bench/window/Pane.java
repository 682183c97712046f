package dev.wormhole.bench.window;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * The program in one terminal: a shell that reads what it is to do from a pipe, so that nothing has
 * to be typed. Owned by the thread that measures.
 */
final class Pane implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Tells that it is there by a file that is named by its process; then takes lines, each with a
     * script and the file that it is to make when it has run it.
     */
    static final String AGENT =
            """
            #!/bin/sh
            cd %s || exit 1
            mkfifo "pipe.$$" || exit 1
            : >"pane.$$"
            while read -r script done <"pipe.$$"; do
                . "$script"
                : >"$done"
            done
            """;

    static final String PREFIX = "pane.";

    private final Path directory;
    private final String process;
    private final RandomAccessFile pipe;
    private int scripts;

    Pane(Path directory, String process) throws IOException {
        this.directory = directory;
        this.process = process;
        // For both directions: so neither opening nor writing waits for a reader.
        pipe = new RandomAccessFile(directory.resolve("pipe." + process).toFile(), "rw");
    }

    String process() {
        return process;
    }

    /** Lets it run a script, and waits until it has. */
    void run(String script) throws IOException, TimeoutException {
        Path done = start(script);
        Eye.expect("the end of a script", PATIENCE, () -> Files.exists(done));
    }

    /** Lets it run a script; which file there is when it has. */
    Path start(String script) throws IOException {
        String name = "script." + process + "." + ++scripts;
        Path file = Files.writeString(directory.resolve(name), script);
        Path done = directory.resolve(name + ".done");
        pipe.write((file + " " + done + "\n").getBytes(StandardCharsets.US_ASCII));
        return done;
    }

    @Override
    public void close() {
        try {
            pipe.close();
        } catch (IOException e) {
            System.err.println("bench: " + e.getMessage());
        }
    }

    Size size() throws IOException, TimeoutException {
        Path file = directory.resolve("size." + process);
        run("stty size >" + file);
        String[] words = Files.readString(file).strip().split(" ");
        return new Size(Integer.parseInt(words[1]), Integer.parseInt(words[0]));
    }

    /** How many cells a terminal has. Immutable. */
    record Size(int columns, int rows) {

        @Override
        public String toString() {
            return columns + "×" + rows;
        }
    }
}
