package dev.wormhole.client.cli;

import dev.wormhole.protocol.TaskEntry;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The list of tasks as a person reads it. Pure. */
final class TaskTable {

    private static final int NAME = 5;
    private static final int TASK = 6;
    private static final int REPO = 7;

    private static final Table TABLE =
            new Table(
                    List.of("ID", "STATUS", "RESULT", "AGE", "TOOK", "NAME", "TASK", "REPO"),
                    List.of(TASK, REPO, NAME),
                    Set.of(REPO));

    private TaskTable() {}

    /**
     * The lines, without line ends.
     *
     * @param width of the terminal, or 0 to cut nothing
     * @param home written as ~, or null
     */
    static List<String> lines(
            List<TaskEntry> tasks, Instant now, int width, @Nullable String home) {
        int idLength = Table.idLength(tasks.stream().map(t -> t.id().toString()).toList());
        return TABLE.lines(
                tasks.stream().map(entry -> row(entry, idLength, now, width, home)).toList(),
                width);
    }

    private static List<String> row(
            TaskEntry entry, int idLength, Instant now, int width, @Nullable String home) {
        Long started = entry.started();
        Long ended = entry.ended();
        long until = ended == null ? now.toEpochMilli() : ended;
        return List.of(
                entry.id().toString().substring(0, idLength),
                entry.status().wireName(),
                TaskWords.result(entry),
                duration(entry.created(), now.toEpochMilli()),
                started == null ? "" : duration(started, until),
                Table.name(entry.name(), width),
                Table.text(entry.task()),
                Table.directory(entry.repo(), home));
    }

    private static String duration(long from, long to) {
        return Words.duration(Duration.ofMillis(to - from));
    }
}
