package dev.wormhole.server;

import dev.wormhole.terminal.screen.Screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Every setting of the server, declared once: name, default, range, unit, sentence. Parser,
 * messages and {@code docs/settings.md} come from here. Pure.
 */
public enum SettingsTable {
    CHECKPOINT_INTERVAL(
            "checkpoint.interval",
            250,
            10,
            3_600_000,
            "ms",
            "How long new output may be unwritten."),
    RING_BYTES(
            "ring.bytes",
            2 << 20,
            1024,
            256 << 20,
            "bytes",
            "Newest output kept verbatim for each session."),
    RING_ENTRIES(
            "ring.entries",
            10_000,
            2,
            1_000_000,
            "entries",
            "Blocks of output, of up to 8 KiB, kept for each session."),
    HISTORY_LINES(
            "history.lines",
            Screen.DEFAULT_HISTORY,
            0,
            1_000_000,
            "lines",
            "Lines of scrollback kept for each session."),
    EXITED_DAYS(
            "exited.days",
            30,
            0,
            36_500,
            "days",
            "Age from which a session that has exited, has no name and nobody looks at is removed;"
                    + " 0: never. Others are removed by people alone."),
    STORE_BYTES(
            "store.bytes",
            2L << 30,
            1 << 20,
            1L << 40,
            "bytes",
            "Size of the database from which status and doctor say that it is large; nothing is"
                    + " removed for it."),
    KEEPER_SPILL(
            "keeper.spill",
            256 << 20,
            0,
            1L << 40,
            "bytes",
            "Output of one process that its keeper may write to the disk while there is no"
                    + " server."),
    KEEPER_RESTART(
            "keeper.restart",
            1,
            0,
            1,
            "1 or 0",
            "Whether a keeper starts the server again when it vanished."),
    TASKS_OUTPUT_BYTES(
            "tasks.output.bytes",
            16 << 20,
            128 << 10,
            1L << 30,
            "bytes",
            "Output of a task that its history keeps: the first and the last half of it."),
    TASKS_GRACE(
            "tasks.grace",
            10_000,
            0,
            3_600_000,
            "ms",
            "What a task's command gets to end, after SIGTERM and before SIGKILL."),
    TASKS_STOP(
            "tasks.stop",
            0,
            0,
            1,
            "1 or 0",
            "Whether an ordered stop of the server ends tasks, for which it waits 18 s at most; 0:"
                    + " they go on."),
    TASKS_DAYS(
            "tasks.days",
            90,
            0,
            36_500,
            "days",
            "Age from which tasks that are over are removed from the history; 0: never."),
    TASKS_COUNT("tasks.count", 1000, 1, 100_000, "tasks", "Tasks that are over and are kept."),
    TASKS_BYTES(
            "tasks.bytes",
            1L << 30,
            1 << 20,
            1L << 40,
            "bytes",
            "Output of all tasks that are over, as it was printed; the oldest go."),
    HTTP_ENABLED(
            "http.enabled",
            1,
            0,
            1,
            "1 or 0",
            "Whether tasks are served over HTTP on 127.0.0.1 as well; see docs/http.md."),
    HTTP_PORT("http.port", 0, 0, 65_535, "port", "Where that listens; 0: any port that is free."),
    SESSIONS_MAX("sessions.max", 1000, 1, 10_000, "sessions", "Sessions the server keeps."),
    CONNECTIONS_MAX(
            "connections.max", 1000, 1, 10_000, "connections", "Connections the server takes.");

    private static final String WINDOW_SETTINGS = "keys.";

    private final String key;
    private final long fallback;
    private final long min;
    private final long max;
    private final String unit;
    private final String sentence;

    SettingsTable(String key, long fallback, long min, long max, String unit, String sentence) {
        this.key = key;
        this.fallback = fallback;
        this.min = min;
        this.max = max;
        this.unit = unit;
        this.sentence = sentence;
    }

    public String key() {
        return key;
    }

    /** The value in force; {@code problems} gets a sentence for one that cannot be used. */
    private long read(Map<String, String> given, List<String> problems) {
        String text = given.get(key);
        if (text == null) return fallback;
        try {
            long value = Long.parseLong(text.strip());
            if (value >= min && value <= max) return value;
        } catch (NumberFormatException e) {
            // Said below, with the range.
        }
        problems.add(key + ": expected a number of " + unit + " from " + min + " to " + max);
        return fallback;
    }

    /**
     * Reads all settings by name.
     *
     * @throws IllegalArgumentException with every problem in one line
     */
    static Map<SettingsTable, Long> readAll(Map<String, String> given) {
        var problems = new ArrayList<String>();
        var values = new LinkedHashMap<SettingsTable, Long>();
        for (SettingsTable setting : values()) values.put(setting, setting.read(given, problems));
        for (String name : given.keySet()) {
            boolean known = Arrays.stream(values()).anyMatch(setting -> setting.key.equals(name));
            // The preferences hold the window's settings beside the server's.
            if (!known && !name.startsWith(WINDOW_SETTINGS))
                problems.add("no setting is called " + name);
        }
        if (!problems.isEmpty()) throw new IllegalArgumentException(String.join("; ", problems));
        return values;
    }

    static long valueOf(Map<SettingsTable, Long> values, SettingsTable setting) {
        return Objects.requireNonNull(values.get(setting));
    }

    /** The page of docs/settings.md. */
    public static String document() {
        var page =
                new StringBuilder(
                        """
                        # Settings of the session server

                        Given as `wormhole serve --set NAME=VALUE` or under `settings` in `preferences.json`. Made from
                        `SettingsTable`; do not edit.

                        | name | default | range | unit | what |
                        | --- | --- | --- | --- | --- |
                        """);
        for (SettingsTable s : values()) {
            page.append(
                    "| `%s` | %d | %d–%d | %s | %s |\n"
                            .formatted(s.key, s.fallback, s.min, s.max, s.unit, s.sentence));
        }
        return page.toString();
    }
}
