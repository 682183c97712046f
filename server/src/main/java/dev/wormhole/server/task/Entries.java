package dev.wormhole.server.task;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.server.session.SessionRecord;
import dev.wormhole.server.session.TaskRecord;
import dev.wormhole.server.session.TaskState;

import org.jspecify.annotations.Nullable;

/** What the wire says of a task, from its record. Pure. */
final class Entries {

    private Entries() {}

    static TaskEntry of(SessionRecord record, boolean isEnding) {
        TaskRecord task = record.task();
        if (task == null) throw new IllegalArgumentException("no task: " + record.id());
        return switch (task.state()) {
            case TaskState.Pending() ->
                    entry(record, task, null, null, null, null, null, null, isEnding);
            case TaskState.Running(long started) ->
                    entry(record, task, null, null, null, null, started, null, isEnding);
            case TaskState.Completed(long started, long ended) ->
                    entry(record, task, 0, null, null, null, started, ended, false);
            case TaskState.Failed failed ->
                    entry(
                            record,
                            task,
                            failed.exitCode(),
                            failed.reason(),
                            failed.message(),
                            failed.signal(),
                            failed.started(),
                            failed.ended(),
                            false);
        };
    }

    private static TaskEntry entry(
            SessionRecord record,
            TaskRecord task,
            @Nullable Integer exitCode,
            @Nullable TaskReason reason,
            @Nullable String message,
            @Nullable String signal,
            @Nullable Long started,
            @Nullable Long ended,
            boolean isEnding) {
        SessionId predecessor = task.predecessor();
        return new TaskEntry(
                record.id(),
                record.name(),
                task.repo(),
                task.task(),
                record.command(),
                task.state().status(),
                exitCode,
                reason,
                message,
                signal,
                record.createdAt(),
                started,
                ended,
                task.timeLimit(),
                predecessor,
                isEnding,
                record.nextOffset());
    }
}
