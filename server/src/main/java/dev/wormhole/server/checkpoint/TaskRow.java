package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.server.session.SessionRecord;
import dev.wormhole.server.session.TaskRecord;
import dev.wormhole.server.session.TaskState;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/**
 * What a row of {@code task} says, whatever it is.
 *
 * <p>Immutable.
 */
record TaskRow(
        @Nullable String repo,
        @Nullable String words,
        @Nullable Long timeLimit,
        @Nullable String predecessor,
        @Nullable String status,
        @Nullable String reason,
        @Nullable Integer exitCode,
        @Nullable String signal,
        @Nullable String message,
        @Nullable Long started,
        @Nullable Long ended) {

    /** Of a session whose row is lost. */
    static final TaskRow NONE =
            new TaskRow(null, null, null, null, null, null, null, null, null, null, null);

    static TaskRow of(TaskRecord task) {
        return switch (task.state()) {
            case TaskState.Pending _ -> of(task, null, null, null);
            case TaskState.Running(long started) -> of(task, null, started, null);
            case TaskState.Completed(long started, long ended) -> of(task, null, started, ended);
            case TaskState.Failed failed -> of(task, failed, failed.started(), failed.ended());
        };
    }

    private static TaskRow of(
            TaskRecord task,
            TaskState.@Nullable Failed failed,
            @Nullable Long started,
            @Nullable Long ended) {
        SessionId predecessor = task.predecessor();
        return new TaskRow(
                task.repo(),
                task.task(),
                task.timeLimit(),
                predecessor == null ? null : predecessor.toString(),
                task.state().status().wireName(),
                failed == null ? null : failed.reason().wireName(),
                failed == null ? null : failed.exitCode(),
                failed == null ? null : failed.signal(),
                failed == null ? null : failed.message(),
                started,
                ended);
    }

    static TaskRow of(ResultSet row) throws SQLException {
        Long exitCode = number(row, "exit_code");
        return new TaskRow(
                row.getString("repo"),
                row.getString("task"),
                number(row, "time_limit"),
                row.getString("predecessor"),
                row.getString("status"),
                row.getString("reason"),
                exitCode == null ? null : exitCode.intValue(),
                row.getString("signal"),
                row.getString("message"),
                number(row, "started_at"),
                number(row, "ended_at"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** In the order of the columns. */
    @Nullable Object[] values() {
        return new @Nullable Object[] {
            repo,
            words,
            timeLimit,
            predecessor,
            status,
            reason,
            exitCode,
            signal,
            message,
            started,
            ended
        };
    }

    /** The record, or nothing if the row is damaged. */
    Optional<TaskRecord> decode() {
        if (repo == null || words == null || status == null) return Optional.empty();
        try {
            TaskState state = state(TaskStatus.valueOf(status.toUpperCase(Locale.ROOT)));
            return state == null
                    ? Optional.empty()
                    : Optional.of(new TaskRecord(repo, words, timeLimit, before(), state));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** A task is not lost for the one that it repeats. */
    private @Nullable SessionId before() {
        try {
            return predecessor == null ? null : SessionId.parse(predecessor);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** Null where something is missing that it needs. */
    private @Nullable TaskState state(TaskStatus which) {
        return switch (which) {
            case PENDING -> new TaskState.Pending();
            case RUNNING -> started == null ? null : new TaskState.Running(started);
            case COMPLETED ->
                    started == null || ended == null
                            ? null
                            : new TaskState.Completed(started, ended);
            case FAILED ->
                    reason == null || ended == null
                            ? null
                            : new TaskState.Failed(
                                    started,
                                    ended,
                                    TaskReason.valueOf(reason.toUpperCase(Locale.ROOT)),
                                    exitCode,
                                    signal,
                                    message);
        };
    }

    /** What is left where it is damaged: nobody knows how it ended, and nothing goes on with it. */
    TaskRecord lost(SessionRecord session) {
        String cwd = session.cwd() == null ? "/" : session.cwd();
        return new TaskRecord(
                repo == null ? cwd : repo,
                words == null ? "" : words,
                timeLimit,
                before(),
                new TaskState.Failed(
                        started,
                        ended == null ? session.lastActiveAt() : ended,
                        TaskReason.LOST,
                        null,
                        null,
                        "What was stored of this task is damaged."));
    }
}
