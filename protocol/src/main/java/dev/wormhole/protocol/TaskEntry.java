package dev.wormhole.protocol;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What the task list says of one task. What it says is durable.
 *
 * <p>Immutable. Times are epoch milliseconds.
 *
 * @param id of its session too
 * @param name given by a person, or null
 * @param repo the directory that its command runs in; absolute
 * @param task what it is for, in a person's words; may be empty
 * @param command empty for the login shell
 * @param exitCode of its command if that ended by itself, else null
 * @param reason why it failed; null unless it did
 * @param message the same in a sentence where there is more to say, else null
 * @param signal that ended its command, such as {@code SIGTERM}; else null
 * @param started when its command began; null if it did not
 * @param ended null until it is over
 * @param timeLimit milliseconds that its command may run; null: as long as it likes
 * @param predecessor the task that this one repeats; null if none
 * @param isEnding its command was told to end, and has not yet
 * @param outputEnd offset behind the newest byte of its output when it changed last
 */
public record TaskEntry(
        SessionId id,
        @Nullable String name,
        String repo,
        String task,
        List<String> command,
        TaskStatus status,
        @Nullable Integer exitCode,
        @Nullable TaskReason reason,
        @Nullable String message,
        @Nullable String signal,
        long created,
        @Nullable Long started,
        @Nullable Long ended,
        @Nullable Long timeLimit,
        @Nullable SessionId predecessor,
        boolean isEnding,
        long outputEnd) {

    public TaskEntry {
        command = List.copyOf(command);
    }
}
