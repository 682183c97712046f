package dev.wormhole.server.session;

import dev.wormhole.protocol.SessionId;

import org.jspecify.annotations.Nullable;

/**
 * What is durable of a task beside its session.
 *
 * <p>Immutable.
 *
 * @param repo the directory that its command runs in, absolute
 * @param task what it is for, in a person's words; may be empty
 * @param timeLimit milliseconds; null without one
 * @param predecessor the task that it repeats; null if none
 */
public record TaskRecord(
        String repo,
        String task,
        @Nullable Long timeLimit,
        @Nullable SessionId predecessor,
        TaskState state) {

    TaskRecord with(TaskState next) {
        return new TaskRecord(repo, task, timeLimit, predecessor, next);
    }
}
