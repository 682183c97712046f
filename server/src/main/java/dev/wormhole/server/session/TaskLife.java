package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.server.pty.PosixSignals;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What makes a session a task: its {@link TaskState}, which is durable before anybody hears of it,
 * how its command is told to end, and those who read its output by offset. Knows no viewers.
 *
 * <p>Owned by the session thread. Only this changes the state.
 */
final class TaskLife {

    private static final Logger log = LoggerFactory.getLogger(TaskLife.class);

    /** A process that was killed and goes on has children in the foreground: again. */
    private static final Duration KILL_AGAIN = Duration.ofSeconds(2);

    /** After a state that could not be stored. */
    private static final Duration STORE_AGAIN = Duration.ofSeconds(1);

    /** A task that is over and not looked at stays for so long: somebody may just be coming. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** One that was brought back waits so long for whoever wanted it. */
    private static final Duration OPENED = Duration.ofSeconds(10);

    /** Between two looks whether a reader that is waited for has come on. */
    private static final Duration LOOK = Duration.ofMillis(20);

    /** Readers that wait for output. */
    private static final int MAX_WAITING = 4096;

    private final SessionHandle self;
    private final SessionPorts ports;
    private final SessionFacts facts;
    private final SessionOutput output;
    private final Generations generations;
    private final Durability durability;
    private final boolean isFromStore;

    // Owned by the session thread.

    /** The newest state that is durable; null before any is. */
    private @Nullable TaskState announced;

    /** Why the command was told to end; null while it was not. */
    private @Nullable TaskReason ending;

    private @Nullable Long killAt;
    private @Nullable Long deadline;
    private @Nullable Long storeAt;
    private boolean retiring;

    /** When it leaves memory, unless somebody looks then. */
    private @Nullable Long leaveAt;

    /** When the command was asked to be started; epoch milliseconds. */
    private long spawnedAt;

    private final TaskReaders readers = new TaskReaders();

    /** Bytes of output that the process was not told that they are handled. */
    private int withheld;

    private @Nullable Long releaseAt;
    private @Nullable CompletableFuture<SessionRecord> creator;
    private List<SessionCommand.ReadOutput> waiting = new ArrayList<>();

    /**
     * @param isStored it comes from the store
     */
    TaskLife(
            SessionHandle self,
            SessionPorts ports,
            SessionFacts facts,
            SessionOutput output,
            Generations generations,
            Durability durability,
            boolean isStored) {
        this.self = self;
        this.ports = ports;
        this.facts = facts;
        this.output = output;
        this.generations = generations;
        this.durability = durability;
        this.isFromStore = isStored;
        this.announced = isStored ? state() : null;
        this.spawnedAt = facts.lastActiveAt();
        if (isStored && isOver()) leaveAt = now() + OPENED.toNanos();
    }

    private TaskRecord task() {
        TaskRecord task = facts.task();
        if (task == null) throw new IllegalStateException("no task");
        return task;
    }

    private TaskState state() {
        return task().state();
    }

    boolean isOver() {
        return state().isOver();
    }

    // ---- its state

    /** Told when the task is durable, or cannot be. */
    void creator(CompletableFuture<SessionRecord> answer) {
        creator = answer;
    }

    /** Its record is durable; its command is about to be started. */
    void created() {
        if (announced != null) return;
        announced = state();
        spawnedAt = ports.clock().millis();
        tell();
        if (creator != null) creator.complete(announcedRecord());
        creator = null;
    }

    /** It could not be made durable: it never was. */
    void stillborn(String why) {
        if (creator != null) creator.completeExceptionally(new StoreException(why));
        creator = null;
    }

    /** Its command runs, since now or since before this server. */
    void begun() {
        long now = ports.clock().millis();
        if (state() instanceof TaskState.Pending) become(new TaskState.Running(spawnedAt));
        Long limit = task().timeLimit();
        if (limit == null || !(state() instanceof TaskState.Running(long started))) return;
        // A wall clock that was set back gives no more than the limit.
        long left = Math.min(limit, Math.max(0, started + limit - now));
        deadline = now() + Duration.ofMillis(left).toNanos();
    }

    void notStarted(String why) {
        if (announced instanceof TaskState.Running || isFromStore) lost();
        else if (state() instanceof TaskState.Pending)
            fail(null, TaskReason.SPAWN_FAILED, ExitStatus.LOST, why, ports.clock().millis());
    }

    /** The server came back and nobody has its process. */
    void lost() {
        long now = facts.lastActiveAt();
        switch (state()) {
            case TaskState.Pending() ->
                    fail(null, TaskReason.NEVER_STARTED, ExitStatus.LOST, null, now);
            case TaskState.Running(long started) ->
                    fail(started, TaskReason.LOST, ExitStatus.LOST, null, now);
            case TaskState.Completed _, TaskState.Failed _ -> {}
        }
    }

    /** Its process ended. */
    void ended(ExitStatus status, long at) {
        killAt = null;
        deadline = null;
        TaskState before = state();
        if (before.isOver()) return;
        Long started = before instanceof TaskState.Running(long since) ? since : null;
        Integer code = status.exitCode();
        if (ending == null && started != null && code != null && code == 0) {
            become(new TaskState.Completed(started, Math.max(started, at)));
        } else {
            fail(started, reason(status), status, null, at);
        }
    }

    private TaskReason reason(ExitStatus status) {
        if (ending != null) return ending;
        if (status.equals(ExitStatus.LOST)) return TaskReason.LOST;
        return status.signal() != null ? TaskReason.SIGNAL : TaskReason.EXITED;
    }

    private void fail(
            @Nullable Long started,
            TaskReason reason,
            ExitStatus status,
            @Nullable String message,
            long at) {
        become(
                new TaskState.Failed(
                        started,
                        started == null ? at : Math.max(started, at),
                        reason,
                        status.exitCode(),
                        status.signal(),
                        message));
    }

    private void become(TaskState next) {
        log.info("task {}: {} -> {}", facts.id(), state().status(), next.status());
        facts.task(task().with(next));
        store();
    }

    private void store() {
        storeAt = null;
        TaskState state = state();
        durability
                .commit()
                .whenComplete(
                        (_, failure) -> self.post(new SessionCommand.TaskStored(state, failure)));
    }

    /** A state is durable, or is not. */
    void stored(TaskState state, @Nullable Throwable failure) {
        if (failure != null) {
            log.warn("task {}: {} is not stored yet", facts.id(), state.status());
            storeAt = now() + STORE_AGAIN.toNanos();
            return;
        }
        if (state.equals(announced)) return;
        announced = state;
        tell();
        pump();
    }

    private void tell() {
        ports.events().task(announcedRecord(), ending != null && !isOver());
    }

    private SessionRecord announcedRecord() {
        SessionRecord record = facts.record(output.log());
        return announced == null ? record : record.with(task().with(announced));
    }

    // ---- its end

    /** Tells the command to end; false where it does not run. */
    boolean terminate(TaskReason reason) {
        Running process = generations.live();
        if (process == null || isOver() || generations.isFrozen()) return false;
        if (ending != null) return true;
        log.info("task {}: is told to end ({})", facts.id(), reason);
        ending = reason;
        deadline = null;
        process.pty().signal(PosixSignals.TERM);
        killAt = now() + ports.tasks().grace().toNanos();
        tell();
        return true;
    }

    private void kill() {
        Running process = generations.live();
        killAt = null;
        if (process == null) return;
        process.pty().signal(PosixSignals.KILL);
        killAt = now() + KILL_AGAIN.toNanos();
    }

    Optional<Long> nextDue() {
        Optional<Long> due =
                Due.earlier(Optional.ofNullable(killAt), Optional.ofNullable(deadline));
        due = Due.earlier(due, Optional.ofNullable(releaseAt));
        due = Due.earlier(due, Optional.ofNullable(leaveAt));
        return Due.earlier(due, Optional.ofNullable(storeAt));
    }

    void due(long now) {
        if (deadline != null && deadline - now <= 0) {
            deadline = null;
            terminate(TaskReason.TIMEOUT);
        }
        if (killAt != null && killAt - now <= 0) kill();
        if (storeAt != null && storeAt - now <= 0) store();
        if (releaseAt != null && releaseAt - now <= 0) release();
    }

    /** Nobody looks at it: if it is over, it leaves memory in a moment. */
    void unwatched() {
        if (announced != null && announced.isOver()) leaveAt = now() + LINGER.toNanos();
    }

    /** Whether that moment has come. */
    boolean isLeaving(long now) {
        return leaveAt != null && leaveAt - now <= 0;
    }

    /**
     * Leaves memory, once all of it is stored, unless somebody looks at it. What is left is its
     * history.
     */
    void retire(boolean isWatched) {
        leaveAt = null;
        if (isWatched || retiring || announced == null || !announced.isOver()) return;
        if (generations.isFrozen()) return;
        retiring = true;
        durability
                .commit()
                .whenComplete((_, failure) -> self.post(new SessionCommand.Retire(failure)));
    }

    /** Whether the session may end now. */
    boolean retired(@Nullable Throwable failure, boolean isWatched) {
        retiring = false;
        if (isWatched || generations.isFrozen()) return false;
        if (failure == null && self.mailbox().isEmpty()) return true;
        // Or somebody is just coming.
        leaveAt = now() + LINGER.toNanos();
        return false;
    }

    // ---- how fast its command may print

    /** So many bytes of output were taken in: the process may go on when that is worth it. */
    void printed(int bytes) {
        withheld += bytes;
        release();
    }

    /** Lets the process go on, unless the store or a quick reader has to catch up. */
    void release() {
        releaseAt = null;
        if (withheld == 0) return;
        Running process = generations.live();
        TaskLog kept = output.kept();
        if (process == null || kept == null) {
            withheld = 0;
            return;
        }
        // A store that fails stops no program.
        if (kept.isFull() && !durability.isFailing()) return;
        long end = output.log().end();
        long tail = ports.tasks().outputBytes() / 2;
        if (readers.lag(end, ports.tasks().readerLag(), tail, now())) {
            releaseAt = now() + LOOK.toNanos();
            return;
        }
        process.pty().handled(withheld);
        withheld = 0;
    }

    // ---- those who read its output

    void read(SessionCommand.ReadOutput read) {
        if (answer(read)) return;
        // Who gave up makes room.
        if (waiting.size() >= MAX_WAITING) waiting.removeIf(other -> other.answer().isDone());
        if (waiting.size() >= MAX_WAITING) read.answer().complete(new TaskRead.Refused());
        else waiting.add(read);
    }

    /** Answers those whose output came, or will never come. */
    void pump() {
        if (withheld > 0) release();
        if (waiting.isEmpty()) return;
        var still = new ArrayList<SessionCommand.ReadOutput>();
        for (SessionCommand.ReadOutput read : waiting) {
            if (!answer(read)) still.add(read);
        }
        waiting = still;
    }

    /** The session is gone. */
    void clear() {
        waiting.forEach(read -> read.answer().completeExceptionally(new SessionGoneException()));
        waiting.clear();
        stillborn("The task was removed.");
    }

    private boolean answer(SessionCommand.ReadOutput read) {
        long end = output.log().end();
        boolean isComplete = announced != null && announced.isOver();
        if (read.offset() >= end) {
            if (read.waits() && !isComplete) return false;
            read.answer().complete(new TaskRead.Bytes(end, ByteString.EMPTY, end, isComplete));
            return true;
        }
        ByteString bytes = output.read(read.offset(), read.count());
        // Who follows is waited for, who looks is not: looking again and again would be for ever.
        if (read.waits())
            readers.read(read.offset(), bytes == null ? read.count() : bytes.length(), now());
        long resumesAt = bytes == null ? output.readableFrom(read.offset()) : 0;
        read.answer()
                .complete(
                        bytes == null
                                ? new TaskRead.Elsewhere(resumesAt, end, isComplete)
                                : new TaskRead.Bytes(read.offset(), bytes, end, isComplete));
        return true;
    }

    private long now() {
        return ports.ticker().getAsLong();
    }
}
