package dev.wormhole.client.cli;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Finds the task that a word means: an id, a unique prefix of one, or a name. Pure.
 *
 * <p>A task that was run again shares its name with the one it repeats; the name then means both
 * and is refused, as it would be of sessions: which one is meant must not depend on when it is
 * asked.
 */
final class TaskChoice {

    private TaskChoice() {}

    /** Refused when no task or more than one is meant; a whole id always means its task. */
    static TaskEntry choose(String word, List<TaskEntry> tasks) throws CliException {
        if (word.isEmpty())
            throw CliException.usage("TASK is empty: give an id, a prefix of one, or a name");
        List<TaskEntry> meant = meant(word, tasks);
        return switch (meant.size()) {
            case 0 ->
                    throw CliException.failed("no task " + word + ": 'wormhole tasks' lists them");
            case 1 -> meant.getFirst();
            default ->
                    throw CliException.failed(
                            word
                                    + " means "
                                    + meant.size()
                                    + " tasks: choose one of "
                                    + meant.stream()
                                            .map(TaskEntry::id)
                                            .map(SessionId::toString)
                                            .collect(Collectors.joining(", ")));
        };
    }

    private static List<TaskEntry> meant(String word, List<TaskEntry> tasks) {
        String prefix = word.toLowerCase(Locale.ROOT);
        for (TaskEntry entry : tasks) {
            if (entry.id().toString().equals(prefix)) return List.of(entry);
        }
        return tasks.stream()
                .filter(
                        entry ->
                                word.equals(entry.name())
                                        || entry.id().toString().startsWith(prefix))
                .toList();
    }
}
