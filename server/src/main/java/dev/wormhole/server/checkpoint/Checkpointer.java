package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.SessionStore;
import dev.wormhole.server.session.StoreException;
import dev.wormhole.server.session.StoredTask;
import dev.wormhole.server.session.TaskOutputPart;
import dev.wormhole.server.thread.ServerThreads;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The store of all sessions in the database of a data directory. Knows of a session what it is told
 * and what it can ask of a {@link SessionStore.Source}.
 *
 * <p>Safe from any thread: every call is a message to the checkpointer thread. A request that finds
 * its queue full, or the store closed, fails at once, on the caller's thread; nothing ever blocks
 * but {@link #open}, {@link #load} and {@link #close}.
 *
 * <p>A failed transaction is rolled back, its sources are told and stay dirty; they are asked again
 * a second later, until the disk works.
 */
public final class Checkpointer implements SessionStore, AutoCloseable {

    private final StoreMailbox mailbox = new StoreMailbox();
    private final Marks marks;
    private final StoreHealth health;
    private final List<SessionId> tombstones;
    private final Thread thread;
    private volatile List<StoredTask> tasks = List.of();

    private Checkpointer(
            OpenStore store, CheckpointSettings settings, InstantSource clock, Reserve reserve) {
        marks = new Marks(clock);
        health = new StoreHealth(clock, store.warnings(), store.report().orElse(null));
        tombstones = store.tombstones();
        var loop = new CheckpointLoop(mailbox, marks, store, settings, health, reserve);
        thread = new ServerThreads().platform("checkpointer", loop);
    }

    /**
     * Opens the store in the directory, which exists and whose lock is held, or makes a new one. A
     * damaged one is renamed, what can be read of it is kept, and {@link #status} says so.
     *
     * @throws StoreException if it was written by a newer version, in which case it is not changed,
     *     or cannot be used for now
     */
    public static Checkpointer open(Path dataDirectory, CheckpointSettings settings)
            throws StoreException {
        return open(
                dataDirectory,
                settings,
                Schema.CURRENT,
                InstantSource.system(),
                DiskLook.of(dataDirectory));
    }

    static Checkpointer open(
            Path dataDirectory,
            CheckpointSettings settings,
            Schema schema,
            InstantSource clock,
            DiskLook disk)
            throws StoreException {
        OpenStore store = OpenStore.open(dataDirectory, schema, settings.caps(), clock, disk);
        var reserve = new Reserve(dataDirectory, disk);
        return new Checkpointer(store, settings, clock, reserve);
    }

    /**
     * Every session that is stored but tasks that are over, with its ring cut to the caps of the
     * settings.
     */
    public List<Checkpoint> load() throws StoreException {
        var done = new CompletableFuture<Hydration>();
        mailbox.send(new StoreMessage.Load(done));
        try {
            Hydration hydration = done.get();
            tasks = hydration.tasks();
            return hydration.checkpoints();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failure) throw failure;
            throw new IllegalStateException("loading fails with a StoreException only", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted while the sessions were loaded.", e);
        }
    }

    /**
     * Every task that was stored when {@link #load} last looked, also those that go on, the newest
     * first; before that none.
     */
    public List<StoredTask> tasks() {
        return tasks;
    }

    /** Sessions whose destruction was stored, and perhaps not carried out, by a former server. */
    public List<SessionId> tombstones() {
        return tombstones;
    }

    /**
     * Makes room on a full disk for what a start needs before the store is opened. Nothing happens
     * where there is room.
     */
    public static void makeRoom(Path dataDirectory) {
        Reserve.releaseIfShort(dataDirectory);
    }

    /**
     * Reads all of a store without changing it: what is damaged, a sentence each.
     *
     * @param served a server is at work on it, so that its log is in use
     * @throws StoreException if it cannot be looked at
     */
    public static List<String> inspect(Path dataDirectory, boolean served) throws StoreException {
        return StoreInspection.of(dataDirectory, served);
    }

    /**
     * Whom to tell when {@link #status} begins or ceases to say that something is wrong. Called on
     * the checkpointer thread; must only enqueue.
     */
    public void onChange(Runnable listener) {
        health.listener(listener);
    }

    /** How long transactions took since the store was opened. */
    public FlushTally flushes() {
        return health.times().tally();
    }

    /** Messages that wait for the checkpointer thread. */
    public int waiting() {
        return mailbox.waiting();
    }

    public StoreStatus status() {
        return health.status();
    }

    @Override
    public CompletableFuture<Void> commit(Source source) {
        var done = new CompletableFuture<Void>();
        mailbox.send(new StoreMessage.Commit(source, done));
        return done;
    }

    @Override
    public CompletableFuture<Void> tombstone(SessionId id) {
        var done = new CompletableFuture<Void>();
        mailbox.send(new StoreMessage.Tombstone(id, done));
        return done;
    }

    @Override
    public CompletableFuture<Void> drop(SessionId id) {
        var done = new CompletableFuture<Void>();
        mailbox.send(new StoreMessage.Drop(id, done));
        return done;
    }

    @Override
    public CompletableFuture<Checkpoint> load(SessionId task) {
        var done = new CompletableFuture<Checkpoint>();
        mailbox.send(new StoreMessage.LoadTask(task, done));
        return done;
    }

    @Override
    public CompletableFuture<Optional<TaskOutputPart>> output(SessionId task, long offset) {
        var done = new CompletableFuture<Optional<TaskOutputPart>>();
        mailbox.send(new StoreMessage.ReadOutput(task, offset, done));
        return done;
    }

    @Override
    public void dirty(Source source) {
        if (marks.mark(source)) mailbox.send(new StoreMessage.Dirty());
    }

    @Override
    public void flush(Source source) {
        if (marks.markAtOnce(source)) mailbox.send(new StoreMessage.Flush());
    }

    /**
     * Stores all that is dirty, waiting a few seconds at most for sources and for a disk that
     * fails, and ends. Sources must still answer. The database counts as cleanly closed only if
     * nothing was left out.
     */
    @Override
    public void close() {
        mailbox.send(new StoreMessage.Close());
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                // Who interrupts a stop still wants the sessions stored.
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
