package dev.wormhole.bench.durability;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A folder, and what was started in it and has to end, the newest first: also when the run is
 * interrupted, which another thread hears. Safe from any thread.
 */
public final class Scope implements AutoCloseable {

    private final Path directory;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private int inner;

    public Scope(Path directory) {
        this.directory = directory;
    }

    public Path directory() {
        return directory;
    }

    /** One within this, in a new folder; it may be closed before. */
    public synchronized Scope inner() throws IOException {
        return add(new Scope(Files.createDirectory(directory.resolve("r" + inner++))));
    }

    synchronized <C extends AutoCloseable> C add(C thing) {
        started.push(thing);
        return thing;
    }

    /** Ends all that was started; once more does nothing. What does not end is said. */
    @Override
    public void close() {
        for (AutoCloseable thing = pop(); thing != null; thing = pop()) {
            try {
                thing.close();
            } catch (Exception e) {
                // Whatever it is: the others have to end too.
                System.err.println("bench: not ended: " + e.getMessage());
            }
        }
    }

    private synchronized @Nullable AutoCloseable pop() {
        return started.poll();
    }
}
