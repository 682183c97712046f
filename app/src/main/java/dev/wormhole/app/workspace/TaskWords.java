package dev.wormhole.app.workspace;

import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Tasks in words for a person. Pure. */
public final class TaskWords {

    /** How it stands, as colour and icon say it. */
    public enum Tone {
        WAITING,
        BUSY,
        GOOD,
        BAD,
        /** It ended because somebody wanted that: neither good nor bad. */
        ENDED
    }

    private static final List<String> SHELL = List.of("sh", "-c");
    private static final int TITLE_CHARS = 120;

    private TaskWords() {}

    /** The words that run a line as a person types it: it means the same as in a shell. */
    public static List<String> words(String line) {
        var words = new ArrayList<>(SHELL);
        words.add(line);
        return List.copyOf(words);
    }

    /** The command as a person would type it. */
    public static String line(List<String> command) {
        if (command.isEmpty()) return "login shell";
        if (command.size() == SHELL.size() + 1 && command.subList(0, SHELL.size()).equals(SHELL))
            return command.getLast();
        return command.stream().map(TaskWords::quoted).collect(Collectors.joining(" "));
    }

    /** What to call it: its name, else what it is for, else its command; one line. */
    public static String title(TaskEntry entry) {
        String name = entry.name();
        if (name != null && !name.isBlank()) return name;
        String words = entry.task().isBlank() ? line(entry.command()) : entry.task();
        String first = words.strip().lines().findFirst().orElse("");
        return first.length() <= TITLE_CHARS ? first : first.substring(0, TITLE_CHARS - 1) + "…";
    }

    public static Tone tone(TaskEntry entry) {
        return switch (entry.status()) {
            case PENDING -> Tone.WAITING;
            case RUNNING -> Tone.BUSY;
            case COMPLETED -> Tone.GOOD;
            case FAILED -> entry.reason() == TaskReason.TERMINATED ? Tone.ENDED : Tone.BAD;
        };
    }

    /** How it stands or ended, in a word or two: {@code failed: exit status 2}. */
    public static String status(TaskEntry entry) {
        return switch (entry.status()) {
            case PENDING -> "pending";
            case RUNNING -> entry.isEnding() ? "ending…" : "running";
            case COMPLETED -> "completed";
            case FAILED -> failure(entry);
        };
    }

    private static String failure(TaskEntry entry) {
        Integer code = entry.exitCode();
        String signal = entry.signal();
        return switch (entry.reason()) {
            case EXITED -> code == null ? "failed" : "failed: exit status " + code;
            case SIGNAL -> "failed: " + (signal == null ? "a signal" : signal);
            case SPAWN_FAILED -> "failed: not started";
            case NEVER_STARTED -> "never started";
            case LOST -> "lost with its server";
            case TERMINATED -> "terminated";
            case TIMEOUT -> "timed out";
            case STOPPED -> "stopped with its server";
            case null -> "failed";
        };
    }

    /** The same with how long it took: {@code completed · 12 s}. */
    public static String outcome(TaskEntry entry, Instant now) {
        String took = duration(entry, now);
        return took.isEmpty() ? status(entry) : status(entry) + " · " + took;
    }

    /** How long its command ran, or runs; empty where it never did. */
    public static String duration(TaskEntry entry, Instant now) {
        @Nullable Long started = entry.started();
        if (started == null) return "";
        @Nullable Long ended = entry.ended();
        if (ended == null && entry.status().isOver()) return "";
        long until = ended == null ? now.toEpochMilli() : ended;
        return time(Duration.ofMillis(Math.max(0, until - started)));
    }

    /** A length of time with as much of it as one wants to know. */
    public static String time(Duration length) {
        if (length.toMinutes() < 1) return length.toSeconds() + " s";
        if (length.toHours() < 1)
            return length.toMinutes() + " min " + length.toSecondsPart() + " s";
        if (length.toDays() < 1) return length.toHours() + " h " + length.toMinutesPart() + " min";
        return length.toDays() + " d " + length.toHoursPart() + " h";
    }

    private static String quoted(String word) {
        boolean isPlain = !word.isEmpty() && word.matches("[\\p{Alnum}_@%+=:,./-]+");
        return isPlain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
