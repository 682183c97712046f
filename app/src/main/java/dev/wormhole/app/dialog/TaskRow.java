package dev.wormhole.app.dialog;

import dev.wormhole.app.workspace.TaskWords;
import dev.wormhole.protocol.TaskEntry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;

/**
 * One row of the list of tasks.
 *
 * <p>Immutable.
 */
sealed interface TaskRow {

    /** Names the rows below it. */
    record Caption(String words) implements TaskRow {}

    /**
     * What the list says of one task.
     *
     * @param duration how long it took, or takes; empty where it never ran
     * @param ago when it ended; empty where it has not
     */
    record Line(TaskEntry entry, boolean isShown, String duration, String ago) implements TaskRow {

        static Line of(TaskEntry entry, boolean isShown, Instant now) {
            Long ended = entry.ended();
            String ago =
                    ended == null ? "" : ago(Duration.between(Instant.ofEpochMilli(ended), now));
            return new Line(entry, isShown, TaskWords.duration(entry, now), ago);
        }

        boolean isOver() {
            return entry.status().isOver();
        }

        String headline() {
            return TaskWords.title(entry);
        }

        /** What runs where, and why it failed. */
        String detail() {
            var parts = new ArrayList<String>();
            String command = TaskWords.line(entry.command());
            if (!command.equals(headline())) parts.add(command.lines().findFirst().orElse(""));
            parts.add(entry.repo());
            String message = entry.message();
            if (message != null) parts.add(message);
            return String.join("  ·  ", parts);
        }

        String state() {
            return TaskWords.status(entry);
        }

        /** How long, and when. */
        String times() {
            if (ago.isEmpty()) return duration;
            return duration.isEmpty() ? ago : duration + "  ·  " + ago;
        }

        /** Whether every word of the search stands somewhere in what is known of the task. */
        boolean matches(String search) {
            String known =
                    String.join("\n", entry.id().toString(), headline(), detail(), state())
                            .toLowerCase(Locale.ROOT);
            for (String word : search.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                if (!known.contains(word)) return false;
            return true;
        }

        private static String ago(Duration ago) {
            if (ago.toMinutes() < 1) return "just now";
            if (ago.toHours() < 1) return ago.toMinutes() + " min ago";
            if (ago.toDays() < 1) return ago.toHours() + " h ago";
            return ago.toDays() == 1 ? "yesterday" : ago.toDays() + " days ago";
        }
    }
}
