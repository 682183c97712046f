package dev.wormhole.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A peer that runs. Owned by the thread that measures.
 *
 * <p>Closing it ends all that it started.
 */
public abstract class Host implements Column.Running {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Place place;
    private final List<Session> sessions = new ArrayList<>();

    Host(Place place) {
        this.place = place;
    }

    final Place place() {
        return place;
    }

    /** Makes a session of 80 columns and 24 rows that runs a script; nobody views it yet. */
    public final Session session(String script) throws IOException {
        var session = Session.write(place.directory(), "s" + sessions.size(), script);
        create(session);
        sessions.add(session);
        return session;
    }

    abstract void create(Session session) throws IOException;

    /** Those made so far. */
    final List<Session> sessions() {
        return List.copyOf(sessions);
    }

    /** Attaches one more viewer; it is heard when this returns. */
    public final Seat attach(Session session, Pace pace) throws IOException {
        return ready(List.of(session), attachAll(List.of(session), pace)).getFirst();
    }

    /** Attaches one viewer to each as a single window does that shows them all. */
    public final List<Seat> attachWindow(List<Session> sessions) throws IOException {
        return ready(sessions, attachAll(sessions, Pace.UNLIMITED));
    }

    abstract List<Seat> attachAll(List<Session> sessions, Pace pace) throws IOException;

    private List<Seat> ready(List<Session> sessions, List<Seat> seats) throws IOException {
        for (Seat seat : seats) seat.ping();
        for (Session session : sessions) pid(session);
        return seats;
    }

    /** The processes that keep the terminals of the sessions made so far. */
    public Set<Long> servers() throws IOException {
        var pids = new LinkedHashSet<Long>();
        for (Session session : sessions) pids.add(pid(session));
        return pids;
    }

    /** Those of them that have said so by now. */
    final Set<Long> knownServers() throws IOException {
        var pids = new LinkedHashSet<Long>();
        for (Session session : sessions) {
            if (Files.exists(session.parent())) pids.add(pid(session));
        }
        return pids;
    }

    /**
     * Memory that the sessions take, in bytes; by default the servers' share of what is resident.
     */
    public long memory() throws IOException {
        long bytes = 0;
        for (long pid : servers()) bytes += Proc.proportionalBytes(pid);
        return bytes;
    }

    /** Memory that what the sessions hold takes, without what is free or garbage; bytes. */
    public long liveMemory() throws IOException {
        return memory();
    }

    /**
     * Attaches a viewer that has not been there, as long as it takes.
     *
     * @param shown a text near the end of what the session shows
     */
    public Arrival arrive(Session session, String shown) throws IOException {
        throw new IOException("it keeps no screen");
    }

    /**
     * When a new viewer had what. Nanoseconds since it began to attach.
     *
     * @param screen all that the screen shows
     * @param history all lines of the scrollback besides
     */
    public record Arrival(long screen, long history) {}

    private static long pid(Session session) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(session.parent())) {
            if (System.nanoTime() > deadline) throw new IOException("the session's script is mute");
            Pace.rest(Duration.ofMillis(5));
        }
        return Long.parseLong(Files.readString(session.parent()).strip());
    }

    final Path file(String name) {
        return place.directory().resolve(name);
    }

    @Override
    public abstract void close();

    /** Ends the servers of all sessions; their programs are hung up by that. */
    final void killServers() {
        try {
            for (long pid : knownServers()) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (IOException e) {
            System.err.println("bench: servers may be left: " + e.getMessage());
        }
    }
}
