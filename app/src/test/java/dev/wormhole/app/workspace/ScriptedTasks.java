package dev.wormhole.app.workspace;

import dev.wormhole.client.link.RequestException;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The tasks of a scripted server, which answers at once and says what changed as a real one does:
 * before the answer. Safe from any thread.
 */
public final class ScriptedTasks {

    /** Bytes that one answer about output holds. */
    public static final int PIECE = 8;

    private final Consumer<TaskEntry> changed;
    private final Map<SessionId, TaskEntry> entries = new LinkedHashMap<>();
    private final Map<SessionId, String> outputs = new LinkedHashMap<>();
    private long clock;

    /** Bytes of output that are not kept, from the first to the second. */
    public volatile long[] gap = {0, 0};

    public volatile boolean areKnown = true;
    public volatile @Nullable String refusal;
    public final List<ClientMessage.TaskStart> started = new CopyOnWriteArrayList<>();
    public final List<SessionId> terminated = new CopyOnWriteArrayList<>();

    /**
     * @param changed says it to whoever is connected
     */
    public ScriptedTasks(Consumer<TaskEntry> changed) {
        this.changed = changed;
    }

    /** A running one, begun at its number in seconds. */
    public static TaskEntry running(int number, String purpose) {
        return new TaskEntry(
                ScriptedServer.id(number),
                null,
                "/srv/app",
                purpose,
                List.of("make", "test"),
                TaskStatus.RUNNING,
                null,
                null,
                null,
                null,
                number * 1000L,
                number * 1000L,
                null,
                null,
                null,
                false,
                0);
    }

    /** That one when it has ended, twelve seconds later. */
    public static TaskEntry over(TaskEntry entry, TaskReason reason, @Nullable Integer code) {
        return with(entry, TaskStatus.FAILED, reason, code);
    }

    public static TaskEntry completed(TaskEntry entry) {
        return with(entry, TaskStatus.COMPLETED, null, 0);
    }

    private static TaskEntry with(
            TaskEntry entry,
            TaskStatus status,
            @Nullable TaskReason reason,
            @Nullable Integer code) {
        return new TaskEntry(
                entry.id(),
                entry.name(),
                entry.repo(),
                entry.task(),
                entry.command(),
                status,
                code,
                reason,
                null,
                null,
                entry.created(),
                entry.started(),
                entry.created() + 12_000,
                entry.timeLimit(),
                entry.predecessor(),
                false,
                entry.outputEnd());
    }

    /** It is like this now, and says so. */
    public void changes(TaskEntry entry) {
        put(entry);
        changed.accept(entry);
    }

    /** It is like this now, while nobody was connected. */
    public synchronized void put(TaskEntry entry) {
        entries.put(entry.id(), entry);
    }

    public synchronized void remove(SessionId id) {
        entries.remove(id);
    }

    public synchronized boolean has(SessionId id) {
        return entries.containsKey(id);
    }

    public synchronized TaskEntry newest() {
        return new ArrayList<>(entries.values()).getLast();
    }

    public synchronized void prints(SessionId id, String text) {
        outputs.put(id, text);
    }

    public synchronized CompletableFuture<Optional<List<TaskEntry>>> list() {
        return CompletableFuture.completedFuture(
                areKnown ? Optional.of(List.copyOf(entries.values())) : Optional.empty());
    }

    public CompletableFuture<TaskEntry> start(ClientMessage.TaskStart request) {
        String words = refusal;
        if (words != null)
            return CompletableFuture.failedFuture(
                    new RequestException(ErrorCode.SPAWN_FAILED, words));
        started.add(request);
        return create(request.repo(), request.task(), request.command(), request.timeLimit(), null);
    }

    public CompletableFuture<TaskEntry> rerun(SessionId id) {
        TaskEntry old;
        synchronized (this) {
            old = entries.get(id);
        }
        if (old == null) return CompletableFuture.failedFuture(unknown());
        return create(old.repo(), old.task(), old.command(), old.timeLimit(), id);
    }

    private CompletableFuture<TaskEntry> create(
            String repo,
            String task,
            List<String> command,
            @Nullable Long timeLimit,
            @Nullable SessionId predecessor) {
        long now;
        synchronized (this) {
            now = 1_000_000 + ++clock;
        }
        var made =
                new TaskEntry(
                        SessionId.random(),
                        null,
                        repo,
                        task,
                        command,
                        TaskStatus.RUNNING,
                        null,
                        null,
                        null,
                        null,
                        now,
                        now,
                        null,
                        timeLimit,
                        predecessor,
                        false,
                        0);
        changes(made);
        return CompletableFuture.completedFuture(made);
    }

    public CompletableFuture<TaskEntry> terminate(SessionId id) {
        TaskEntry entry;
        synchronized (this) {
            entry = entries.get(id);
        }
        if (entry == null) return CompletableFuture.failedFuture(unknown());
        terminated.add(id);
        TaskEntry ended = over(entry, TaskReason.TERMINATED, null);
        changes(ended);
        return CompletableFuture.completedFuture(ended);
    }

    public synchronized CompletableFuture<ServerMessage.TaskOutput> output(
            SessionId id, long offset) {
        byte[] all = outputs.getOrDefault(id, "").getBytes(StandardCharsets.UTF_8);
        long at = offset >= gap[0] && offset < gap[1] ? gap[1] : offset;
        int from = (int) Math.min(at, all.length);
        int limit = from < gap[0] ? (int) gap[0] : all.length;
        int to = Math.min(from + PIECE, limit);
        return CompletableFuture.completedFuture(
                new ServerMessage.TaskOutput(
                        id, from, all.length, true, ByteString.copyOf(all, from, to - from)));
    }

    private static RequestException unknown() {
        return new RequestException(ErrorCode.NOT_FOUND, "no such task");
    }
}
