package dev.wormhole.client.cli;

import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a task ended, in words and as an exit status. Pure. */
final class TaskWords {

    /** What {@code timeout} of the coreutils says, too. */
    private static final int TIMED_OUT = 124;

    private static final int SIGNALS = 128;

    /** By number from 1 on, as Linux counts. */
    private static final List<String> SIGNAL_NAMES =
            List.of(
                    ("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT"
                                    + " CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF"
                                    + " WINCH IO PWR SYS")
                            .split(" "));

    private TaskWords() {}

    /** Whether its command never ran, and never will. */
    static boolean isStillborn(TaskEntry entry) {
        return entry.status() == TaskStatus.FAILED
                && (entry.started() == null
                        || entry.reason() == TaskReason.SPAWN_FAILED
                        || entry.reason() == TaskReason.NEVER_STARTED);
    }

    /** The exit status of who waited for a task that is over. */
    static int status(TaskEntry entry) {
        TaskReason reason = entry.reason();
        if (entry.status() == TaskStatus.COMPLETED) return 0;
        if (isStillborn(entry) || reason == TaskReason.LOST) return RunCommand.NOT_RUN;
        if (reason == TaskReason.TIMEOUT) return TIMED_OUT;
        Integer code = entry.exitCode();
        if (reason == TaskReason.EXITED && code != null && code > 0 && code < 256) return code;
        int signal = number(entry.signal());
        return signal > 0 ? SIGNALS + signal : CliException.FAILED;
    }

    /** What a person has to be told of its end; empty where its command ended by itself. */
    static Optional<String> line(TaskEntry entry) {
        TaskReason reason = entry.reason();
        if (reason == null || reason == TaskReason.EXITED) return Optional.empty();
        String what = "task " + entry.id().shortForm() + " " + predicate(entry, reason);
        return Optional.of(entry.message() == null ? what : what + ": " + entry.message());
    }

    private static String predicate(TaskEntry entry, TaskReason reason) {
        return switch (reason) {
            case EXITED -> "exited";
            case SIGNAL -> "was ended by " + (entry.signal() == null ? "a signal" : entry.signal());
            case SPAWN_FAILED -> "could not be started";
            case NEVER_STARTED -> "never started: its server ended before";
            case LOST -> "is lost: its process was gone when its server came back";
            case TERMINATED ->
                    entry.started() == null ? "was terminated before it started" : "was terminated";
            case TIMEOUT -> "was ended: it ran longer than " + limit(entry.timeLimit());
            case STOPPED -> "was ended when its server stopped";
        };
    }

    private static String limit(@Nullable Long millis) {
        if (millis == null) return "it was given";
        return millis < 1000 ? millis + " ms" : Words.duration(Duration.ofMillis(millis));
    }

    /** One word for a table. */
    static String result(TaskEntry entry) {
        TaskReason reason = entry.reason();
        Integer code = entry.exitCode();
        if (!entry.status().isOver()) return entry.isEnding() ? "ending" : "";
        if (reason == TaskReason.SIGNAL && entry.signal() != null)
            return Words.oneLine(entry.signal());
        if (reason == null || reason == TaskReason.EXITED)
            return code == null ? "" : "exit " + code;
        return reason.wireName();
    }

    /** Of SIGTERM and the like, also of a bare number; 0 where it is not known. */
    private static int number(@Nullable String signal) {
        if (signal == null) return 0;
        String digits = signal.replaceFirst("^\\D*", "");
        if (digits.matches("[1-9][0-9]?") && !signal.startsWith("SIGUSR")) {
            return Integer.parseInt(digits);
        }
        return 1 + SIGNAL_NAMES.indexOf(signal.replaceFirst("^SIG", ""));
    }
}
