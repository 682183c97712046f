package dev.wormhole.server.session;

import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;

import org.jspecify.annotations.Nullable;

/**
 * Where a task stands. Each is durable before anybody hears of it.
 *
 * <pre>
 *   (created) → Pending     its record is being made durable; then its command is started
 *   Pending   → Running     its command runs
 *   Pending   → Failed      spawn_failed: it could not be started; never_started: its server ended
 *                           before that
 *   Running   → Completed   its command ended with status 0, and nobody had told it to end
 *   Running   → Failed      exited, signal: it ended otherwise; terminated, timeout, stopped: it was
 *                           told to end, and has; lost: its process was gone when its server came
 *                           back
 * </pre>
 *
 * Nothing follows the last two.
 *
 * <p>Immutable. Times are epoch milliseconds.
 */
public sealed interface TaskState {

    /** The word for it on the wire. */
    TaskStatus status();

    record Pending() implements TaskState {
        @Override
        public TaskStatus status() {
            return TaskStatus.PENDING;
        }
    }

    record Running(long started) implements TaskState {
        @Override
        public TaskStatus status() {
            return TaskStatus.RUNNING;
        }
    }

    record Completed(long started, long ended) implements TaskState {
        @Override
        public TaskStatus status() {
            return TaskStatus.COMPLETED;
        }
    }

    /**
     * @param started null if its command never ran
     * @param exitCode null unless its command ended by itself
     * @param signal that ended it; else null
     * @param message more than the reason says, for a person; else null
     */
    record Failed(
            @Nullable Long started,
            long ended,
            TaskReason reason,
            @Nullable Integer exitCode,
            @Nullable String signal,
            @Nullable String message)
            implements TaskState {
        @Override
        public TaskStatus status() {
            return TaskStatus.FAILED;
        }
    }

    /** Whether nothing follows. */
    default boolean isOver() {
        return status().isOver();
    }
}
