package dev.wormhole.server.testkit;

import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a {@link TestClient} asks about tasks. */
public record TaskClient(TestClient client) {

    /** The kept output of a task, and how many bytes of it are not. */
    public record Kept(String text, long missing) {}

    /** A script for sh. */
    public TaskEntry start(String script) {
        return start(List.of("/bin/sh", "-c", script), null);
    }

    public TaskEntry start(List<String> command, @Nullable Long timeLimit) {
        var request =
                new ClientMessage.TaskStart(
                        "/", "a test", command, null, Map.of(), null, timeLimit, null);
        return ((ServerMessage.TaskCreated) client.ask(request)).task();
    }

    public List<TaskEntry> list() {
        return ((ServerMessage.Tasks) client.ask(new ClientMessage.TaskListRequest())).tasks();
    }

    public TaskEntry find(SessionId id) {
        return ((ServerMessage.Task) client.ask(new ClientMessage.TaskRequest(id, null))).task();
    }

    public TaskEntry awaitRunning(SessionId id) {
        return unlike(id, TaskStatus.PENDING);
    }

    public TaskEntry awaitOver(SessionId id) {
        TaskEntry entry = unlike(id, TaskStatus.PENDING);
        return entry.status().isOver() ? entry : unlike(id, TaskStatus.RUNNING);
    }

    private TaskEntry unlike(SessionId id, TaskStatus status) {
        return ((ServerMessage.Task) client.ask(new ClientMessage.TaskRequest(id, status))).task();
    }

    /** What was announced of a task so far, in order. */
    public List<TaskStatus> told(SessionId id) {
        return client.rest().stream()
                .map(TestClient.Heard::message)
                .filter(ServerMessage.TaskChanged.class::isInstance)
                .map(message -> ((ServerMessage.TaskChanged) message).task())
                .filter(task -> task.id().equals(id))
                .map(TaskEntry::status)
                .toList();
    }

    /** All output, by offset, until the task is over. Fails where something is missing. */
    public String text(SessionId id) {
        Kept kept = kept(id);
        if (kept.missing() > 0) throw new AssertionError(kept.missing() + " bytes are missing");
        return kept.text();
    }

    public Kept kept(SessionId id) {
        return read(id, true);
    }

    public String textSoFar(SessionId id) {
        return read(id, false).text();
    }

    public void awaitText(SessionId id, String text) {
        await().atMost(TestClient.PATIENCE).until(() -> textSoFar(id).contains(text));
    }

    private Kept read(SessionId id, boolean waits) {
        var bytes = new ByteArrayOutputStream();
        long offset = 0;
        long missing = 0;
        while (true) {
            var output =
                    (ServerMessage.TaskOutput)
                            client.ask(
                                    new ClientMessage.TaskOutputRequest(
                                            id, offset, Limits.TASK_OUTPUT_BYTES, waits));
            missing += output.offset() - offset;
            bytes.writeBytes(output.data().toArray());
            offset = output.offset() + output.data().length();
            boolean hasAll = offset >= output.end() && (output.isComplete() || !waits);
            if (hasAll) return new Kept(bytes.toString(StandardCharsets.UTF_8), missing);
        }
    }
}
