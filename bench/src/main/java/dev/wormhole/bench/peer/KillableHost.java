package dev.wormhole.bench.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A peer whose processes can be killed under it. Owned by the thread that measures. */
public abstract class KillableHost extends Host {

    /** What dies. */
    public enum Extent {
        /** What clients talk to. */
        SERVER,
        /** What keeps the terminals besides, where that is another process. */
        ALL
    }

    KillableHost(Place place) {
        super(place);
    }

    /** Their pids, the server first; those that are dead do no harm. */
    abstract List<Long> victims(Extent extent) throws IOException;

    /**
     * Kills with -9, and returns when they are gone.
     *
     * @return the time just before, of {@link System#nanoTime}
     */
    public final long kill(Extent extent) throws IOException {
        List<ProcessHandle> victims =
                victims(extent).stream()
                        .distinct()
                        .flatMap(pid -> ProcessHandle.of(pid).stream())
                        .toList();
        if (victims.isEmpty()) throw new IOException("there is nothing to kill");
        long at = System.nanoTime();
        victims.forEach(ProcessHandle::destroyForcibly);
        long deadline = at + PATIENCE.toNanos();
        while (victims.stream().anyMatch(ProcessHandle::isAlive)) {
            if (System.nanoTime() > deadline) throw new IOException("it does not die");
            Pace.rest(Duration.ofMillis(1));
        }
        return at;
    }

    /**
     * Returns when the host can be used again; starts what does not come back by itself.
     *
     * @return whether the sessions are there as before
     */
    public abstract boolean comeBack() throws IOException;

    /**
     * Writes the text of all sessions to files, of a peer that does not store them by itself;
     * {@link #restore} makes sessions of them again.
     */
    public void save() throws IOException {
        throw new IOException("it stores by itself");
    }

    /** Returns when all sessions show the text that was stored; everything is dead before. */
    public abstract void restore() throws IOException;

    /**
     * Processor time, in nanoseconds, that storing has taken so far where a thread of its own does
     * it.
     */
    public long storing() throws IOException {
        throw new IOException("it has no thread that stores");
    }

    /**
     * Attaches a viewer, whether the session answers or not.
     *
     * @param ear gets all that comes, on the reading thread; the buffer is valid during the call
     */
    public abstract Seat view(Session session, Consumer<ByteBuffer> ear) throws IOException;

    /**
     * Scrollback and screen as a viewer sees them who comes now: a string a line, wrapped ones
     * apart. Empty where the session is gone.
     */
    public abstract List<String> text(Session session) throws IOException;
}
