package dev.wormhole.server.testkit;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ServerMessage.TaskOutput;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.server.session.SessionHandle;
import dev.wormhole.server.task.TaskException;
import dev.wormhole.server.task.TaskService;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Tasks in memory: what is started runs, without a terminal; others print and end as a test says.
 *
 * <p>Safe from any thread, guarded by itself.
 */
public final class FakeTasks implements TaskService, AutoCloseable {

    private final Map<SessionId, Task> tasks = new LinkedHashMap<>();
    private final Map<String, SessionId> created = new HashMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private ErrorCode refusal;
    private boolean hangs;
    private int hanging;

    /** One task. */
    public final class Task {

        public final SessionId id = SessionId.random();
        private final ClientMessage.TaskStart request;
        private byte[] output = new byte[1024];
        private int printed;
        private final StringBuilder typed = new StringBuilder();
        private TaskStatus status = TaskStatus.RUNNING;
        private TaskReason reason;
        private Integer exitCode;
        private Process process;
        private int lostFrom;
        private int lostTo;
        private long readTo;

        private Task(ClientMessage.TaskStart request) {
            this.request = request;
        }

        public void print(String text) {
            print(text.getBytes(StandardCharsets.UTF_8));
        }

        public void print(byte... bytes) {
            change(
                    () -> {
                        int end = printed + bytes.length;
                        if (end > output.length) output = Arrays.copyOf(output, 2 * end);
                        System.arraycopy(bytes, 0, output, printed, bytes.length);
                        printed = end;
                    });
        }

        /** What lies between is no longer kept. */
        public void forget(int from, int to) {
            change(
                    () -> {
                        lostFrom = from;
                        lostTo = to;
                    });
        }

        public void end(int exit) {
            change(
                    () -> {
                        exitCode = exit;
                        status = exit == 0 ? TaskStatus.COMPLETED : TaskStatus.FAILED;
                        reason = exit == 0 ? null : TaskReason.EXITED;
                    });
        }

        /** The highest offset that anybody has asked for. */
        public long readTo() {
            synchronized (FakeTasks.this) {
                return readTo;
            }
        }

        public String typed() {
            synchronized (FakeTasks.this) {
                return typed.toString();
            }
        }

        public ClientMessage.TaskStart request() {
            return request;
        }

        private TaskEntry entry() {
            return new TaskEntry(
                    id,
                    request.name(),
                    request.repo(),
                    request.task(),
                    request.command(),
                    status,
                    exitCode,
                    reason,
                    null,
                    null,
                    1,
                    2L,
                    status.isOver() ? 3L : null,
                    request.timeLimit(),
                    null,
                    false,
                    printed);
        }

        private TaskOutput read(long wanted, int count) {
            long offset = wanted >= lostFrom && wanted < lostTo ? lostTo : wanted;
            int from = (int) Math.min(offset, printed);
            int to = Math.min(printed, from + count);
            if (from < lostFrom) to = Math.min(to, lostFrom);
            return new TaskOutput(
                    id, from, printed, status.isOver(), ByteString.copyOf(output, from, to - from));
        }
    }

    /** A task that runs and does what the test says. */
    public synchronized Task scripted() {
        return add(
                new ClientMessage.TaskStart(
                        "/srv/secret-name", "", List.of("x"), null, Map.of(), null, null, null));
    }

    /** Every start from here on fails so; null: none does. */
    public synchronized void refuse(ErrorCode code) {
        refusal = code;
    }

    /** Starts are not answered any more. */
    public synchronized void hang() {
        hangs = true;
    }

    public synchronized int hanging() {
        return hanging;
    }

    public synchronized Task task(SessionId id) {
        return tasks.get(id);
    }

    @Override
    public synchronized CompletableFuture<TaskEntry> start(ClientMessage.TaskStart request) {
        if (hangs) {
            hanging++;
            return new CompletableFuture<>();
        }
        if (refusal != null) return failed(refusal, "as the test wants it");
        if (!Files.isDirectory(Path.of(request.repo())))
            return failed(ErrorCode.SPAWN_FAILED, "no such directory: " + request.repo());
        SessionId known = request.createId() == null ? null : created.get(request.createId());
        if (known != null) return CompletableFuture.completedFuture(tasks.get(known).entry());
        Task task = add(request);
        if (request.createId() != null) created.put(request.createId(), task.id);
        try {
            var builder = new ProcessBuilder(request.command()).redirectErrorStream(true);
            builder.directory(Path.of(request.repo()).toFile());
            builder.environment().putAll(request.env());
            task.process = builder.start();
        } catch (IOException e) {
            return failed(ErrorCode.SPAWN_FAILED, e.getMessage());
        }
        Thread.ofVirtual().start(() -> hear(task));
        return CompletableFuture.completedFuture(task.entry());
    }

    private Task add(ClientMessage.TaskStart request) {
        var task = new Task(request);
        tasks.put(task.id, task);
        return task;
    }

    private static void hear(Task task) {
        try (InputStream out = task.process.getInputStream()) {
            var buffer = new byte[4096];
            for (int read = out.read(buffer); read >= 0; read = out.read(buffer))
                task.print(Arrays.copyOf(buffer, read));
            task.end(task.process.waitFor());
        } catch (IOException | InterruptedException e) {
            task.end(1);
        }
    }

    @Override
    public synchronized boolean knows(SessionId id) {
        return tasks.containsKey(id);
    }

    @Override
    public CompletableFuture<SessionHandle> open(SessionId id) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public synchronized List<TaskEntry> list() {
        return tasks.values().stream().map(Task::entry).toList().reversed();
    }

    @Override
    public synchronized CompletableFuture<TaskEntry> find(SessionId id, TaskStatus unlike) {
        return when(id, () -> tasks.get(id).status != unlike, () -> tasks.get(id).entry());
    }

    @Override
    public synchronized CompletableFuture<TaskEntry> terminate(SessionId id) {
        Task task = tasks.get(id);
        if (task == null) return failed(ErrorCode.NOT_FOUND, "no such task");
        if (task.status.isOver()) return failed(ErrorCode.NO_PROCESS, "it does not run");
        if (task.process != null) task.process.descendants().forEach(ProcessHandle::destroy);
        if (task.process != null) task.process.destroy();
        return CompletableFuture.completedFuture(task.entry());
    }

    @Override
    public CompletableFuture<TaskEntry> rerun(SessionId id, String createId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized CompletableFuture<TaskOutput> output(
            SessionId id, long offset, int count, boolean wait) {
        Task task = tasks.get(id);
        if (task != null) task.readTo = Math.max(task.readTo, offset);
        return when(
                id,
                () -> !wait || task.status.isOver() || task.printed > offset,
                () -> task.read(offset, count));
    }

    @Override
    public synchronized CompletableFuture<Void> input(SessionId id, ByteString bytes) {
        Task task = tasks.get(id);
        if (task == null) return failed(ErrorCode.NOT_FOUND, "no such task");
        if (task.status.isOver()) return failed(ErrorCode.NO_PROCESS, "it does not run");
        task.typed.append(bytes.toUtf8());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> remove(SessionId id) {
        change(() -> tasks.remove(id));
        return CompletableFuture.completedFuture(null);
    }

    private <T> CompletableFuture<T> when(
            SessionId id, Supplier<Boolean> isReady, Supplier<T> answer) {
        var future = new CompletableFuture<T>();
        Runnable look =
                new Runnable() {
                    @Override
                    public void run() {
                        if (future.isDone()) return;
                        if (!tasks.containsKey(id))
                            future.completeExceptionally(
                                    new TaskException(ErrorCode.NOT_FOUND, "no such task"));
                        else if (isReady.get()) future.complete(answer.get());
                        else waiting.add(this);
                    }
                };
        look.run();
        return future;
    }

    private synchronized void change(Runnable change) {
        change.run();
        List<Runnable> looks = List.copyOf(waiting);
        waiting.clear();
        looks.forEach(Runnable::run);
    }

    private static <T> CompletableFuture<T> failed(ErrorCode code, String message) {
        return CompletableFuture.failedFuture(new TaskException(code, message));
    }

    @Override
    public synchronized void close() {
        for (Task task : tasks.values()) {
            if (task.process != null) task.process.destroyForcibly();
        }
    }
}
