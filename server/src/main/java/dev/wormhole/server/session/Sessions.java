package dev.wormhole.server.session;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.thread.AllCores;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * All sessions of the server: the one place that makes them, finds them and lets them go.
 *
 * <p>Safe from any thread.
 */
public final class Sessions {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    /**
     * What a session gets to describe itself for the list; one that takes longer is left out of
     * that answer.
     */
    private static final Duration DESCRIBE_TIMEOUT = Duration.ofSeconds(2);

    private final SessionPorts ports;
    private final RingBuffer.Caps caps;
    private final int limit;
    private final FloodTurns turns = FloodTurns.ofThisMachine();
    private final ConcurrentHashMap<SessionId, SessionHandle> sessions = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, SessionHandle> byCreateId = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /** So that no session's output is counted twice, or not at all, while it goes. */
    private final ReentrantLock goneLock = new ReentrantLock();

    /** Bytes that sessions had printed which are gone; guarded by the lock. */
    private long goneOutput;

    public Sessions(SessionPorts ports, RingBuffer.Caps caps, int limit) {
        this.ports = ports;
        this.caps = caps;
        this.limit = limit;
    }

    /** What became of a create. */
    public sealed interface Creation {

        /** The session is being made; the viewer hears when it runs, or that it cannot. */
        record Begun(SessionHandle session) implements Creation {}

        /** The createId was seen before: attach to this. */
        record Known(SessionHandle session) implements Creation {}

        record Refused(ErrorCode code, String message) implements Creation {}
    }

    /** A session that came back and does not run yet. */
    private record Hydrated(
            SessionHandle handle, Session session, Optional<HeldProcess> process, boolean isTask) {}

    /**
     * Brings the sessions of the checkpoints back, on all cores, each with its process where a
     * keeper holds it. Before anything is accepted.
     *
     * @param held processes that their sessions go on with
     * @param newer processes that their sessions, from an older copy of the store, do not know
     * @return when all of them have read what their keepers held
     */
    public CompletableFuture<Void> hydrate(
            List<Checkpoint> checkpoints,
            Map<ProcessKey, HeldProcess> held,
            Map<SessionId, HeldProcess> newer) {
        var caughtUp = new ArrayList<CompletableFuture<Void>>();
        for (Hydrated hydrated : AllCores.map(checkpoints, found -> hydrated(found, held, newer))) {
            SessionHandle handle = hydrated.handle();
            sessions.put(handle.id(), handle);
            if (handle.createId() != null) byCreateId.put(handle.createId(), handle);
            count.incrementAndGet();
            begin(handle, hydrated.session());
            if (hydrated.process().isEmpty() && hydrated.isTask())
                handle.post(new SessionCommand.TaskLost());
            hydrated.process()
                    .ifPresent(
                            process -> {
                                var done = new CompletableFuture<Void>();
                                caughtUp.add(done);
                                handle.post(new SessionCommand.Adopt(process, done));
                            });
        }
        return CompletableFuture.allOf(caughtUp.toArray(CompletableFuture[]::new));
    }

    /**
     * Makes a task and starts its command.
     *
     * @param answer completes when it is durable, which is before its command starts; fails with a
     *     {@link StoreException} if it cannot be made so
     */
    public Creation startTask(SessionRecord record, CompletableFuture<SessionRecord> answer) {
        if (!takePlace()) return noPlace();
        var handle = new SessionHandle(record.id(), null);
        sessions.put(handle.id(), handle);
        begin(handle, new Session(handle, record, caps.ofTask(), ports));
        handle.post(new SessionCommand.StartTask(answer));
        return new Creation.Begun(handle);
    }

    /** Brings a task that is over back, to be looked at; it goes when nobody does any more. */
    public Creation reopen(Checkpoint task) {
        SessionId id = task.record().id();
        SessionHandle known = sessions.get(id);
        if (known != null) return new Creation.Known(known);
        if (!takePlace()) return noPlace();
        var handle = new SessionHandle(id, null);
        var session = new Session(handle, task, false, ports);
        SessionHandle quicker = sessions.putIfAbsent(id, handle);
        if (quicker != null) {
            count.decrementAndGet();
            return new Creation.Known(quicker);
        }
        begin(handle, session);
        return new Creation.Begun(handle);
    }

    private boolean takePlace() {
        if (count.incrementAndGet() <= limit) return true;
        count.decrementAndGet();
        return false;
    }

    private Creation noPlace() {
        return new Creation.Refused(
                ErrorCode.LIMIT,
                "this server keeps at most " + limit + " sessions: destroy one first");
    }

    private Hydrated hydrated(
            Checkpoint checkpoint,
            Map<ProcessKey, HeldProcess> held,
            Map<SessionId, HeldProcess> newer) {
        SessionRecord record = checkpoint.record();
        var handle = new SessionHandle(record.id(), record.createId());
        handle.newer(newer.get(record.id()));
        // A process whose end is stored is not asked for again.
        HeldProcess process =
                record.exit() != null
                        ? null
                        : held.get(new ProcessKey(record.id(), record.generation()));
        return new Hydrated(
                handle,
                new Session(handle, checkpoint, process != null, ports),
                Optional.ofNullable(process),
                record.task() != null);
    }

    /** Much of the session's output is held by its keeper. */
    public void flush(SessionHandle session) {
        session.post(new SessionCommand.FlushDue());
    }

    /**
     * Goes on with a process that a keeper holds and no session knows: in its session, if that is
     * here in an older state, else in a new one with what the keeper still has of its output.
     * Completes when that has been read; fails with an {@link IllegalArgumentException} where the
     * session runs another process.
     */
    public CompletableFuture<Void> adoptOrphan(HeldProcess process) {
        var caughtUp = new CompletableFuture<Void>();
        SessionRecord record = recordOf(process);
        var handle = new SessionHandle(record.id(), null);
        SessionHandle known = sessions.putIfAbsent(record.id(), handle);
        if (known == null) {
            count.incrementAndGet();
            boolean isStored = OrphanNote.parse(process.note()).isStored();
            begin(handle, new Session(handle, record, caps, portsOf(isStored)));
        }
        (known == null ? handle : known).post(new SessionCommand.Adopt(process, caughtUp));
        return caughtUp;
    }

    /** A process that its session did not know was ended: that may start another one again. */
    public void orphanEnded(ProcessKey key) {
        find(key.session())
                .ifPresent(
                        session -> {
                            HeldProcess newer = session.newer();
                            if (newer != null && newer.key().equals(key)) session.newerEnded();
                        });
    }

    private SessionRecord recordOf(HeldProcess process) {
        OrphanNote note = OrphanNote.parse(process.note());
        long now = ports.clock().millis();
        return new SessionRecord(
                process.key().session(),
                note.name(),
                note.cwd(),
                null,
                note.createdAt() == 0 ? now : note.createdAt(),
                now,
                process.size(),
                note.command().isEmpty() ? SessionKind.SHELL : SessionKind.COMMAND,
                note.command(),
                note.env(),
                null,
                process.key().generation(),
                process.origin(),
                process.first(),
                // Its keeper passes over a size whose number it has seen, and nobody knows which
                // it has: milliseconds are ahead of them all.
                now,
                null);
    }

    /**
     * Makes a session. May touch the file system to check the directory.
     *
     * @param features what the creator's client announced
     * @param viewer makes the session's first viewer; called before the viewer hears anything, and
     *     not at all unless a session is begun
     */
    public Creation create(
            ClientMessage.Create request,
            Set<Feature> features,
            @Nullable ClientKey client,
            Function<SessionHandle, Viewer> viewer) {
        String createId = request.createId();
        SessionHandle known = createId == null ? null : byCreateId.get(createId);
        if (known != null) return new Creation.Known(known);
        Optional<String> problem = directoryProblem(request.cwd());
        if (problem.isPresent()) return new Creation.Refused(ErrorCode.SPAWN_FAILED, problem.get());
        if (!takePlace()) return noPlace();
        var handle = new SessionHandle(SessionId.random(), createId);
        if (createId != null) {
            SessionHandle quicker = byCreateId.putIfAbsent(createId, handle);
            if (quicker != null) {
                count.decrementAndGet();
                return new Creation.Known(quicker);
            }
        }
        sessions.put(handle.id(), handle);
        begin(
                handle,
                new Session(
                        handle, recordOf(handle.id(), request), caps, portsOf(request.isStored())));
        handle.post(
                new SessionCommand.Start(
                        viewer.apply(handle),
                        new AttachRequest(
                                request.size(),
                                null,
                                null,
                                false,
                                RespawnMode.NEVER,
                                features,
                                client)));
        return new Creation.Begun(handle);
    }

    public Optional<SessionHandle> find(SessionId id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /**
     * Ends a session for ever; every connection hears of it. Completes when the session is gone
     * from memory and storage; fails with a {@link StoreException} when that could not be made
     * durable, and nothing was changed then.
     */
    public CompletableFuture<Void> destroy(SessionHandle session, @Nullable Object origin) {
        var answer = new CompletableFuture<Void>();
        HeldProcess newer = session.newer();
        session.post(new SessionCommand.Destroy(answer));
        return answer.thenRun(
                () -> {
                    if (newer != null) end(newer);
                    ports.events().destroyed(session.id(), origin);
                });
    }

    /**
     * Destroys what nobody can want any more: sessions that have exited, have neither a name nor a
     * viewer and were last active before this moment, in epoch milliseconds. Each looks at itself
     * on its own thread, so that one which is wanted again meanwhile stays. Completes with how many
     * are gone.
     */
    public CompletableFuture<Integer> clean(Collection<SessionId> ids, long activeBefore) {
        var answers = new ArrayList<CompletableFuture<Boolean>>();
        for (SessionId id : ids) {
            SessionHandle session = sessions.get(id);
            if (session == null) continue;
            var answer = new CompletableFuture<Boolean>();
            session.post(new SessionCommand.Clean(activeBefore, answer));
            answers.add(
                    answer.thenApply(
                            gone -> {
                                if (gone) ports.events().destroyed(id, null);
                                return gone;
                            }));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(_ -> (int) answers.stream().filter(CompletableFuture::join).count());
    }

    private void end(HeldProcess process) {
        ports.ptys()
                .end(process.key())
                .exceptionally(
                        failure -> {
                            // The tombstone ends it at the next start.
                            log.warn("process {} was not ended", process.pid(), failure);
                            return null;
                        });
    }

    /** Names a session; every connection hears of it. Completes when the name is durable. */
    public CompletableFuture<Void> rename(
            SessionHandle session, String name, @Nullable Object origin) {
        return session.rename(name)
                .thenRun(() -> ports.events().renamed(session.id(), name, origin));
    }

    /** The entries of all sessions, the oldest first. */
    public CompletableFuture<List<SessionEntry>> list() {
        var answers = new ArrayList<CompletableFuture<Optional<SessionEntry>>>();
        for (SessionHandle session : sessions.values()) {
            answers.add(
                    session.describe()
                            .orTimeout(DESCRIBE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                            .handle((entry, _) -> Optional.ofNullable(entry)));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(
                        _ ->
                                answers.stream()
                                        .flatMap(answer -> answer.join().stream())
                                        .sorted(
                                                Comparator.comparingLong(SessionEntry::createdAt)
                                                        .thenComparing(e -> e.id().toString()))
                                        .toList());
    }

    /**
     * From here on nothing that a process does counts. Completes when every session has heard it.
     */
    public CompletableFuture<Void> freeze() {
        return tellAll(SessionCommand.Freeze::new);
    }

    /** Ends the session threads; processes go on. Completes when every session has done it. */
    public CompletableFuture<Void> stop() {
        return tellAll(SessionCommand.Stop::new);
    }

    private CompletableFuture<Void> tellAll(
            Function<CompletableFuture<Void>, SessionCommand> command) {
        var answers = new ArrayList<CompletableFuture<Void>>();
        for (SessionHandle session : sessions.values()) {
            var answer = new CompletableFuture<Void>();
            session.post(command.apply(answer));
            answers.add(answer);
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    /** Numbers about all of them, as they are now. */
    public SessionTally tally() {
        goneLock.lock();
        try {
            long viewers = 0;
            long outputBytes = goneOutput;
            long waiting = 0;
            for (SessionHandle session : sessions.values()) {
                viewers += session.viewerCount();
                outputBytes += session.outputBytes();
                waiting += session.waiting();
            }
            return new SessionTally(sessions.size(), viewers, outputBytes, waiting);
        } finally {
            goneLock.unlock();
        }
    }

    private SessionPorts portsOf(boolean isStored) {
        return isStored ? ports : ports.unstored();
    }

    private void begin(SessionHandle handle, Session session) {
        var loop = new SessionLoop(handle, session, ports, turns, () -> forget(handle));
        ports.threads().platform("session-" + handle.id().shortForm(), loop);
    }

    private void forget(SessionHandle handle) {
        goneLock.lock();
        try {
            if (!sessions.remove(handle.id(), handle)) return;
            goneOutput += handle.outputBytes();
        } finally {
            goneLock.unlock();
        }
        if (handle.createId() != null) byCreateId.remove(handle.createId(), handle);
        count.decrementAndGet();
        log.debug("session {}: forgotten, {} left", handle.id(), sessions.size());
    }

    private SessionRecord recordOf(SessionId id, ClientMessage.Create request) {
        long now = ports.clock().millis();
        return new SessionRecord(
                id,
                request.name(),
                request.cwd() == null ? ports.specs().home().toString() : request.cwd(),
                null,
                now,
                now,
                request.size(),
                request.command().isEmpty() ? SessionKind.SHELL : SessionKind.COMMAND,
                request.command(),
                request.env(),
                request.createId(),
                0,
                0,
                0,
                0,
                null);
    }

    /** What is wrong with a directory to start something in; null is the home directory. */
    public static Optional<String> directoryProblem(@Nullable String cwd) {
        if (cwd == null) return Optional.empty();
        try {
            Path path = Path.of(cwd);
            if (!path.isAbsolute()) return Optional.of("cwd must be an absolute path");
            if (!Files.isDirectory(path)) return Optional.of("no such directory: " + cwd);
            return Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.of("cwd is not a path on this system");
        }
    }
}
