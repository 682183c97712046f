package dev.wormhole.server.connection;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.server.task.TaskException;
import dev.wormhole.server.task.TaskService;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * What one connection's client asks about tasks.
 *
 * <p>Owned by the {@code conn-<n>} thread; answers come on others.
 */
final class TaskRequests {

    /** Of one connection, so that none takes the room of the others. */
    private static final int MAX_WAITING = 256;

    private final TaskService tasks;
    private final Announced announced;
    private final Answers answers;

    /** What is waited for, to be given up with the connection. Safe from any thread. */
    private final Map<Long, CompletableFuture<?>> waiting = new ConcurrentHashMap<>();

    private final AtomicLong requests = new AtomicLong();

    TaskRequests(TaskService tasks, Announced announced, Answers answers) {
        this.tasks = tasks;
        this.announced = announced;
        this.answers = answers;
    }

    void start(ClientMessage.TaskStart request, @Nullable String ref) {
        if (!isAllowed(null, ref)) return;
        answer(tasks.start(request), ServerMessage.TaskCreated::new, null, ref);
    }

    void list(@Nullable String ref) {
        if (!isAllowed(null, ref)) return;
        answers.answerLeisurely(new ServerMessage.Tasks(tasks.list()), ref);
    }

    void look(ClientMessage.TaskRequest request, @Nullable String ref) {
        SessionId id = request.sessionId();
        if (!isAllowed(id, ref)) return;
        if (isFull(id, ref)) return;
        answer(noted(tasks.find(id, request.unlike())), ServerMessage.Task::new, id, ref);
    }

    void terminate(SessionId id, @Nullable String ref) {
        if (!isAllowed(id, ref)) return;
        answer(tasks.terminate(id), ServerMessage.Task::new, id, ref);
    }

    void rerun(ClientMessage.TaskRerun request, @Nullable String ref) {
        SessionId id = request.sessionId();
        if (!isAllowed(id, ref)) return;
        answer(tasks.rerun(id, request.createId()), ServerMessage.TaskCreated::new, id, ref);
    }

    void output(ClientMessage.TaskOutputRequest request, @Nullable String ref) {
        SessionId id = request.sessionId();
        if (!isAllowed(id, ref)) return;
        if (isFull(id, ref)) return;
        noted(tasks.output(id, request.offset(), request.count(), request.waits()))
                .whenComplete(
                        (output, failure) -> {
                            if (failure != null) fail(failure, id, ref);
                            else answers.answerLeisurely(output, ref);
                        });
    }

    private boolean isFull(SessionId id, @Nullable String ref) {
        if (waiting.size() < MAX_WAITING) return false;
        answers.fail(
                ErrorCode.LIMIT,
                "more than " + MAX_WAITING + " requests of this connection wait for tasks",
                id,
                ref);
        return true;
    }

    private <T> CompletableFuture<T> noted(CompletableFuture<T> answer) {
        long request = requests.incrementAndGet();
        waiting.put(request, answer);
        answer.whenComplete((_, _) -> waiting.remove(request));
        return answer;
    }

    /** The connection is gone: nobody waits any more. */
    void close() {
        waiting.values().forEach(answer -> answer.cancel(false));
    }

    private boolean isAllowed(@Nullable SessionId id, @Nullable String ref) {
        return announced.allows(Feature.TASKS, id, ref);
    }

    private void answer(
            CompletableFuture<TaskEntry> task,
            Function<TaskEntry, ServerMessage> message,
            @Nullable SessionId id,
            @Nullable String ref) {
        task.whenComplete(
                (entry, failure) -> {
                    if (failure != null) fail(failure, id, ref);
                    else answers.answer(message.apply(entry), ref);
                });
    }

    void fail(Throwable failure, @Nullable SessionId id, @Nullable String ref) {
        // The client is gone.
        if (failure instanceof CancellationException) return;
        Throwable cause =
                failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof TaskException refused) {
            answers.fail(refused.code(), String.valueOf(refused.getMessage()), id, ref);
        } else {
            answers.failed(cause, id, ref);
        }
    }
}
