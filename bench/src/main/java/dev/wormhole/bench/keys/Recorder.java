package dev.wormhole.bench.keys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * The program in the terminal: prints what it is told and hands on what it reads. Its methods are
 * for one thread; a thread of its own reads.
 */
final class Recorder implements AutoCloseable {

    private static final String PROGRAM =
            """
            #!/bin/sh
            stty raw -echo
            cat 'DIRECTORY/say' &
            exec cat >'DIRECTORY/heard'
            """;

    private final Path program;
    private final RandomAccessFile say;
    private final RandomAccessFile heard;

    // Guarded by this.
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

    /**
     * @param directory empty; for the program and its pipes
     */
    Recorder(Path directory) throws IOException {
        program = directory.resolve("record");
        Files.writeString(program, PROGRAM.replace("DIRECTORY", directory.toString()));
        if (!program.toFile().setExecutable(true)) throw new IOException(program + " cannot run");
        say = pipe(directory.resolve("say"));
        heard = pipe(directory.resolve("heard"));
        Thread.ofPlatform().daemon().name("heard").start(this::read);
    }

    /** For both directions: opening waits for nobody, and reading does not end. */
    private static RandomAccessFile pipe(Path path) throws IOException {
        try {
            int status = new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
            if (status != 0) throw new IOException("no pipe " + path);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return new RandomAccessFile(path.toFile(), "rw");
    }

    private void read() {
        byte[] chunk = new byte[4096];
        try {
            while (true) {
                int count = heard.read(chunk);
                synchronized (this) {
                    buffer.write(chunk, 0, count);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    Path program() {
        return program;
    }

    void say(String text) throws IOException {
        say.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What has come since this was last called, one character a byte. */
    synchronized String take() {
        String taken = buffer.toString(StandardCharsets.ISO_8859_1);
        buffer.reset();
        return taken;
    }

    /** Whether what has come satisfies it in time. */
    synchronized boolean await(Predicate<String> wanted, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!wanted.test(buffer.toString(StandardCharsets.ISO_8859_1))) {
                long left = deadline - System.nanoTime();
                if (left <= 0) return false;
                wait(millis(left));
            }
            return true;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits until nothing has come for so long. */
    synchronized void awaitQuiet(Duration quiet) throws IOException {
        int size = buffer.size();
        long deadline = System.nanoTime() + quiet.toNanos();
        try {
            for (long left = quiet.toNanos(); left > 0; left = deadline - System.nanoTime()) {
                wait(millis(left));
                if (size != buffer.size()) deadline = System.nanoTime() + quiet.toNanos();
                size = buffer.size();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Rounded up: 0 would be for ever. */
    private static long millis(long nanos) {
        return 1 + nanos / 1_000_000;
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", e);
    }

    @Override
    public void close() throws IOException {
        say.close();
        heard.close();
    }
}
