package dev.wormhole.server.task;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.session.SessionGoneException;
import dev.wormhole.server.session.SessionHandle;
import dev.wormhole.server.session.SessionRecord;
import dev.wormhole.server.session.SessionStore;
import dev.wormhole.server.session.Sessions;
import dev.wormhole.server.session.StoreException;
import dev.wormhole.server.session.StoredTask;
import dev.wormhole.server.session.TaskOutputPart;
import dev.wormhole.server.session.TaskRead;
import dev.wormhole.server.session.TaskRecord;
import dev.wormhole.server.session.TaskState;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All tasks of the server, those that run and those that are history: the one place that makes them
 * and lets them go. What it knows of them is durable.
 *
 * <p>Safe from any thread. A task that runs, or is looked at, has a session; of others only this
 * list and the store are left.
 */
public final class Tasks implements TaskService {

    private static final Logger log = LoggerFactory.getLogger(Tasks.class);

    private static final TerminalSize USUAL_SIZE = new TerminalSize(80, 24);

    /** Of those who wait until a task has another status. */
    private static final int MAX_WAITING = 4096;

    private static final Comparator<SessionRecord> NEWEST_FIRST =
            Comparator.comparingLong(SessionRecord::createdAt)
                    .reversed()
                    .thenComparing(record -> record.id().toString());

    /** A task as it was told last. */
    private record Known(SessionRecord record, boolean isEnding) {

        TaskEntry entry() {
            return Entries.of(record, isEnding);
        }
    }

    /** What a request for output waits for now. Safe from any thread. */
    private static final class Reading {

        private volatile CompletableFuture<?> step;

        Reading(CompletableFuture<?> first) {
            step = first;
        }

        void goesOnWith(CompletableFuture<?> next) {
            step = next;
        }

        void cancel() {
            step.cancel(false);
        }
    }

    /** Somebody who waits until a task has another status. */
    private record Waiter(TaskStatus unlike, CompletableFuture<TaskEntry> answer) {}

    private final Sessions sessions;
    private final SessionStore store;
    private final HistoryBounds bounds;
    private final InstantSource clock;
    private final Consumer<SessionId> gone;
    private final Runnable tidyLater;
    private volatile boolean stopping;

    /** Being removed: nobody opens them any more. */
    private final ConcurrentHashMap<SessionId, CompletableFuture<Void>> going =
            new ConcurrentHashMap<>();

    private final ConcurrentHashMap<SessionId, Known> known = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, CompletableFuture<TaskEntry>> byCreateId =
            new ConcurrentHashMap<>();
    private final ConcurrentHashMap<SessionId, List<Waiter>> waiting = new ConcurrentHashMap<>();

    /**
     * @param gone hears of tasks that were removed and had no session any more
     * @param tidyLater has {@link #tidy} called soon, on a thread that has time
     */
    public Tasks(
            Sessions sessions,
            SessionStore store,
            HistoryBounds bounds,
            InstantSource clock,
            Consumer<SessionId> gone,
            Runnable tidyLater) {
        this.sessions = sessions;
        this.store = store;
        this.bounds = bounds;
        this.clock = clock;
        this.gone = gone;
        this.tidyLater = tidyLater;
    }

    /** What the store lists; before anything else. */
    public void load(List<StoredTask> stored) {
        for (StoredTask task : stored) {
            SessionRecord record = task.record();
            // What a session told meanwhile is newer.
            known.putIfAbsent(record.id(), new Known(record, false));
            remember(record);
        }
    }

    private void remember(SessionRecord record) {
        String createId = record.createId();
        if (createId == null) return;
        byCreateId.computeIfAbsent(
                createId, _ -> CompletableFuture.completedFuture(Entries.of(record, false)));
    }

    /** A task is new or has changed. Called on session threads. */
    public TaskEntry changed(SessionRecord record, boolean isEnding) {
        var now = new Known(record, isEnding);
        known.put(record.id(), now);
        TaskEntry entry = now.entry();
        wake(entry);
        if (entry.status().isOver()) tidyLater.run();
        return entry;
    }

    private void wake(TaskEntry entry) {
        var woken = new ArrayList<Waiter>();
        waiting.computeIfPresent(
                entry.id(),
                (_, waiters) -> {
                    var still = new ArrayList<Waiter>();
                    for (Waiter waiter : waiters) {
                        (waiter.unlike() == entry.status() ? still : woken).add(waiter);
                    }
                    return still.isEmpty() ? null : still;
                });
        woken.forEach(waiter -> waiter.answer().complete(entry));
    }

    /** A session is gone for good: if it was a task, so is that. */
    public void destroyed(SessionId id) {
        forget(id);
    }

    private boolean forget(SessionId id) {
        Known was = known.remove(id);
        if (was == null) return false;
        String createId = was.record().createId();
        if (createId != null) byCreateId.remove(createId);
        List<Waiter> waiters = waiting.remove(id);
        if (waiters != null)
            waiters.forEach(waiter -> waiter.answer().completeExceptionally(noTask()));
        return true;
    }

    @Override
    public boolean knows(SessionId id) {
        return known.containsKey(id);
    }

    // ---- starting

    @Override
    public CompletableFuture<TaskEntry> start(ClientMessage.TaskStart request) {
        return start(
                request.createId(),
                () -> {
                    TerminalSize size = request.size();
                    return record(
                            request.name(),
                            new TaskRecord(
                                    request.repo(),
                                    request.task(),
                                    request.timeLimit(),
                                    null,
                                    new TaskState.Pending()),
                            request.command(),
                            request.env(),
                            size == null ? USUAL_SIZE : size,
                            request.createId());
                });
    }

    @Override
    public CompletableFuture<TaskEntry> rerun(SessionId id, @Nullable String createId) {
        Known before = known.get(id);
        if (before == null) return CompletableFuture.failedFuture(noTask());
        return start(
                createId,
                () -> {
                    SessionRecord old = before.record();
                    TaskRecord task = taskOf(old);
                    return record(
                            old.name(),
                            new TaskRecord(
                                    task.repo(),
                                    task.task(),
                                    task.timeLimit(),
                                    id,
                                    new TaskState.Pending()),
                            old.command(),
                            old.env(),
                            old.size(),
                            createId);
                });
    }

    private CompletableFuture<TaskEntry> start(
            @Nullable String createId, Supplier<SessionRecord> maker) {
        if (createId == null) return attempt(maker);
        var mine = new CompletableFuture<TaskEntry>();
        CompletableFuture<TaskEntry> quicker = byCreateId.putIfAbsent(createId, mine);
        if (quicker != null) return quicker.thenCompose(made -> find(made.id(), null));
        attempt(maker)
                .whenComplete(
                        (entry, failure) -> {
                            if (entry != null) {
                                mine.complete(entry);
                                return;
                            }
                            // It was not made: the same request may be tried again.
                            byCreateId.remove(createId, mine);
                            mine.completeExceptionally(cause(failure));
                        });
        return mine.copy();
    }

    private CompletableFuture<TaskEntry> attempt(Supplier<SessionRecord> maker) {
        try {
            return start(maker.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<TaskEntry> start(SessionRecord record) {
        if (stopping) {
            return CompletableFuture.failedFuture(
                    new TaskException(ErrorCode.BUSY, "the server is stopping: start it again"));
        }
        String repo = String.valueOf(record.cwd());
        if (!repo.startsWith("/")) {
            return CompletableFuture.failedFuture(
                    new TaskException(ErrorCode.BAD_REQUEST, "repo must be an absolute path"));
        }
        if (Sessions.directoryProblem(repo).isPresent()) {
            return CompletableFuture.failedFuture(
                    new TaskException(
                            ErrorCode.SPAWN_FAILED, "repo: there is no directory " + repo));
        }
        var durable = new CompletableFuture<SessionRecord>();
        Sessions.Creation creation = sessions.startTask(record, durable);
        if (creation instanceof Sessions.Creation.Refused(ErrorCode code, String message))
            return CompletableFuture.failedFuture(new TaskException(code, message));
        return told(durable.thenApply(made -> Entries.of(made, false)));
    }

    private SessionRecord record(
            @Nullable String name,
            TaskRecord task,
            List<String> command,
            Map<String, String> env,
            TerminalSize size,
            @Nullable String createId) {
        long now = clock.millis();
        return new SessionRecord(
                SessionId.random(),
                name,
                task.repo(),
                null,
                now,
                now,
                size,
                SessionKind.TASK,
                command,
                env,
                createId,
                0,
                0,
                0,
                0,
                null,
                null,
                task);
    }

    // ---- looking

    @Override
    public List<TaskEntry> list() {
        return known.values().stream()
                .sorted(Comparator.comparing(Known::record, NEWEST_FIRST))
                .map(Known::entry)
                .toList();
    }

    @Override
    public CompletableFuture<TaskEntry> find(SessionId id, @Nullable TaskStatus unlike) {
        Known task = known.get(id);
        if (task == null) return CompletableFuture.failedFuture(noTask());
        if (unlike == null || task.entry().status() != unlike)
            return CompletableFuture.completedFuture(task.entry());
        var answer = new CompletableFuture<TaskEntry>();
        waiting.compute(
                id,
                (_, waiters) -> {
                    List<Waiter> all = waiters == null ? new ArrayList<>() : waiters;
                    if (all.size() >= MAX_WAITING) all.removeIf(other -> other.answer().isDone());
                    if (all.size() >= MAX_WAITING) {
                        answer.completeExceptionally(
                                new TaskException(
                                        ErrorCode.LIMIT, "too many wait for this task already"));
                    } else {
                        all.add(new Waiter(unlike, answer));
                    }
                    return all;
                });
        // It may have changed, or gone, between the look and the wait.
        Known now = known.get(id);
        if (now == null) answer.completeExceptionally(noTask());
        else wake(now.entry());
        return answer;
    }

    @Override
    public CompletableFuture<ServerMessage.TaskOutput> output(
            SessionId id, long offset, int count, boolean waits) {
        Known task = known.get(id);
        if (task == null) return CompletableFuture.failedFuture(noTask());
        Optional<SessionHandle> live = sessions.find(id);
        if (live.isEmpty()) {
            long end = taskEnd(task);
            return told(stored(id, offset, count, end, end, true));
        }
        CompletableFuture<TaskRead> reading = live.get().read(offset, count, waits);
        var under = new Reading(reading);
        CompletableFuture<ServerMessage.TaskOutput> answer =
                read(reading, under, id, offset, count, waits);
        // Whoever gives up waits no longer in the session either.
        answer.whenComplete((_, _) -> under.cancel());
        return answer;
    }

    private CompletableFuture<ServerMessage.TaskOutput> read(
            CompletableFuture<TaskRead> reading,
            Reading under,
            SessionId id,
            long offset,
            int count,
            boolean waits) {
        return told(
                reading.exceptionally(failure -> retired(id, failure))
                        .thenCompose(
                                read ->
                                        switch (read) {
                                            case TaskRead.Bytes(
                                                            long from,
                                                            ByteString bytes,
                                                            long end,
                                                            boolean isComplete) ->
                                                    answer(id, from, bytes, end, isComplete);
                                            case TaskRead.Elsewhere elsewhere ->
                                                    stored(
                                                            elsewhere, under, id, offset, count,
                                                            waits);
                                            case TaskRead.Refused() ->
                                                    CompletableFuture.failedFuture(
                                                            new TaskException(
                                                                    ErrorCode.LIMIT,
                                                                    "too many wait for this task's"
                                                                            + " output already"));
                                        }));
    }

    /** It left memory just now: all of it is in the store. */
    private TaskRead retired(SessionId id, Throwable failure) {
        Known task = known.get(id);
        if (task == null || !(cause(failure) instanceof TaskException))
            throw new CompletionException(failure);
        return new TaskRead.Elsewhere(taskEnd(task), taskEnd(task), true);
    }

    private static long taskEnd(Known task) {
        return task.record().nextOffset();
    }

    private static CompletableFuture<ServerMessage.TaskOutput> answer(
            SessionId id, long offset, ByteString bytes, long end, boolean isComplete) {
        return CompletableFuture.completedFuture(
                new ServerMessage.TaskOutput(id, offset, end, isComplete, bytes));
    }

    /** What is not in memory is in the store, or nowhere: then it goes on with what is. */
    private CompletableFuture<ServerMessage.TaskOutput> stored(
            TaskRead.Elsewhere elsewhere,
            Reading under,
            SessionId id,
            long offset,
            int count,
            boolean waits) {
        long end = elsewhere.end();
        return stored(id, offset, count, elsewhere.resumesAt(), end, elsewhere.isComplete())
                .thenCompose(
                        found -> {
                            if (!found.data().isEmpty())
                                return CompletableFuture.completedFuture(found);
                            CompletableFuture<ServerMessage.TaskOutput> rest =
                                    output(id, elsewhere.resumesAt(), count, waits);
                            under.goesOnWith(rest);
                            return rest;
                        });
    }

    /**
     * From the store.
     *
     * @param to where what it has ends at the latest
     * @param end behind the newest byte there is
     */
    private CompletableFuture<ServerMessage.TaskOutput> stored(
            SessionId id, long offset, int count, long to, long end, boolean isComplete) {
        if (offset >= to) return answer(id, to, ByteString.EMPTY, end, isComplete);
        return store.output(id, offset)
                .thenCompose(
                        found -> {
                            TaskOutputPart part = found.orElse(null);
                            if (part == null || part.offset() >= to)
                                return answer(id, to, ByteString.EMPTY, end, isComplete);
                            int length =
                                    (int)
                                            Math.min(
                                                    Math.min(count, part.bytes().length()),
                                                    to - part.offset());
                            return answer(
                                    id,
                                    part.offset(),
                                    part.bytes().slice(0, length),
                                    end,
                                    isComplete);
                        });
    }

    @Override
    public CompletableFuture<SessionHandle> open(SessionId id) {
        Optional<SessionHandle> live = sessions.find(id);
        if (live.isPresent()) return CompletableFuture.completedFuture(live.get());
        if (!stays(id)) return CompletableFuture.failedFuture(noTask());
        return told(
                store.load(id)
                        .thenComposeAsync(
                                checkpoint ->
                                        switch (sessions.reopen(checkpoint)) {
                                            case Sessions.Creation.Begun(SessionHandle session) ->
                                                    opened(session);
                                            case Sessions.Creation.Known(SessionHandle session) ->
                                                    CompletableFuture.completedFuture(session);
                                            case Sessions.Creation.Refused(
                                                            ErrorCode code,
                                                            String message) ->
                                                    CompletableFuture.failedFuture(
                                                            new TaskException(code, message));
                                        },
                                Tasks::openElsewhere)
                        .exceptionallyCompose(
                                failure ->
                                        CompletableFuture.failedFuture(
                                                stays(id) ? failure : noTask())));
    }

    /**
     * Unless it is being removed: what was read of it then is void, and so is what it would store.
     */
    private CompletableFuture<SessionHandle> opened(SessionHandle session) {
        SessionId id = session.id();
        if (stays(id)) return CompletableFuture.completedFuture(session);
        return sessions.destroy(session, null)
                .thenCompose(_ -> CompletableFuture.failedFuture(noTask()));
    }

    /**
     * It is known and not being removed. In this order: a removal that ends between the two looks
     * has let go of the task before it says that it is over.
     */
    private boolean stays(SessionId id) {
        return !going.containsKey(id) && knows(id);
    }

    /** To draw its screen again takes a moment, which the store's thread does not have. */
    private static void openElsewhere(Runnable opening) {
        Thread.ofPlatform().daemon().name("task-open").start(opening);
    }

    // ---- ending

    @Override
    public CompletableFuture<TaskEntry> terminate(SessionId id) {
        if (!knows(id)) return CompletableFuture.failedFuture(noTask());
        Optional<SessionHandle> live = sessions.find(id);
        if (live.isEmpty()) return CompletableFuture.failedFuture(notRunning());
        return live.get()
                .terminate(TaskReason.TERMINATED)
                .thenCompose(
                        told ->
                                told
                                        ? find(id, null)
                                        : CompletableFuture.failedFuture(notRunning()));
    }

    @Override
    public CompletableFuture<Void> input(SessionId id, ByteString bytes) {
        Known task = known.get(id);
        if (task == null) return CompletableFuture.failedFuture(noTask());
        Optional<SessionHandle> live = sessions.find(id);
        if (live.isEmpty() || task.entry().status().isOver())
            return CompletableFuture.failedFuture(notRunning());
        return live.get()
                .input(null, bytes)
                .thenCompose(
                        result ->
                                switch (result) {
                                    case TAKEN -> CompletableFuture.completedFuture(null);
                                    case READ_ONLY, QUEUE_FULL ->
                                            CompletableFuture.failedFuture(
                                                    new TaskException(
                                                            ErrorCode.LIMIT,
                                                            "its command does not read: nothing was"
                                                                    + " typed, try again"));
                                });
    }

    @Override
    public CompletableFuture<Void> remove(SessionId id) {
        if (!knows(id)) return CompletableFuture.failedFuture(noTask());
        var mine = new CompletableFuture<Void>();
        CompletableFuture<Void> quicker = going.putIfAbsent(id, mine);
        if (quicker != null) return quicker.copy();
        told(erase(id))
                .whenComplete(
                        (_, failure) -> {
                            going.remove(id, mine);
                            if (failure == null) mine.complete(null);
                            else mine.completeExceptionally(cause(failure));
                        });
        return mine.copy();
    }

    private CompletableFuture<Void> erase(SessionId id) {
        // A session that is just leaving memory takes it for done: its rows are dropped all the
        // same.
        CompletableFuture<Void> ended =
                sessions.find(id)
                        .map(session -> sessions.destroy(session, null))
                        .orElseGet(() -> CompletableFuture.completedFuture(null));
        return ended.thenCompose(_ -> store.tombstone(id))
                .thenCompose(_ -> store.drop(id))
                .thenRun(
                        () -> {
                            if (forget(id)) gone.accept(id);
                        });
    }

    /**
     * Tells every command to end, because the server stops. Completes when all have; how long that
     * may take is for the caller to say.
     */
    public CompletableFuture<Void> endAll() {
        stopping = true;
        var ended = new ArrayList<CompletableFuture<?>>();
        for (Known task : known.values()) {
            SessionId id = task.record().id();
            if (task.entry().status().isOver()) continue;
            sessions.find(id)
                    .ifPresent(
                            session ->
                                    ended.add(
                                            session.terminate(TaskReason.STOPPED)
                                                    .thenCompose(_ -> over(id))));
        }
        return CompletableFuture.allOf(ended.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<?> over(SessionId id) {
        return find(id, TaskStatus.PENDING)
                .thenCompose(
                        entry ->
                                entry.status().isOver()
                                        ? CompletableFuture.completedFuture(entry)
                                        : find(id, TaskStatus.RUNNING));
    }

    // ---- the bounds of the history

    /** Removes what the history has no room for. To be called now and then: tasks grow old. */
    public void tidy() {
        List<SessionRecord> over =
                known.values().stream()
                        .map(Known::record)
                        .filter(record -> taskOf(record).state().isOver())
                        .sorted(HistoryBounds.LAST_ENDED_FIRST)
                        .toList();
        for (SessionId id : bounds.beyond(over, clock.millis())) {
            // Somebody looks at it: next time.
            if (sessions.find(id).isPresent()) continue;
            remove(id)
                    .whenComplete(
                            (_, failure) -> {
                                if (failure != null && knows(id))
                                    log.warn("task {} stays for now: {}", id, failure.toString());
                            });
        }
    }

    private static TaskRecord taskOf(SessionRecord record) {
        TaskRecord task = record.task();
        if (task == null) throw new IllegalStateException("session " + record.id() + " is no task");
        return task;
    }

    private static TaskException noTask() {
        return new TaskException(
                ErrorCode.NOT_FOUND, "no such task: it may have been removed from the history");
    }

    private static TaskException notRunning() {
        return new TaskException(ErrorCode.NO_PROCESS, "the task does not run");
    }

    /** Failures of the store and of sessions in words that all ways in use. */
    private static <T> CompletableFuture<T> told(CompletableFuture<T> answer) {
        return answer.exceptionallyCompose(
                failure -> CompletableFuture.failedFuture(cause(failure)));
    }

    private static Throwable cause(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failure;
        return switch (cause) {
            case StoreException e ->
                    new TaskException(ErrorCode.STORE_FAILED, String.valueOf(e.getMessage()));
            case SessionGoneException _ -> noTask();
            case null -> new IllegalStateException("no answer");
            default -> cause;
        };
    }
}
