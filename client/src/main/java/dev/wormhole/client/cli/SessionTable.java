package dev.wormhole.client.cli;

import dev.wormhole.protocol.SessionEntry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The session list as a person reads it: aligned columns, the long ones cut to the width of the
 * terminal. Pure.
 */
final class SessionTable {

    private static final List<String> HEAD =
            List.of("ID", "NAME", "STATE", "SIZE", "VIEWERS", "DIRECTORY", "TITLE");
    private static final int NAME = 1;
    private static final int DIRECTORY = 5;
    private static final int TITLE = 6;
    private static final String GAP = "  ";

    /** Below this a column says nothing. */
    private static final int MIN_COLUMN = 8;

    /** A name may have 128 characters; the rest of the row matters too. */
    private static final int MAX_NAME = 32;

    private SessionTable() {}

    /**
     * The lines, without line ends.
     *
     * @param width of the terminal, or 0 to cut nothing
     * @param home written as ~, or null
     */
    static List<String> lines(List<SessionEntry> sessions, int width, @Nullable String home) {
        int idLength = idLength(sessions);
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        for (SessionEntry session : sessions) rows.add(row(session, idLength, home));
        int[] columns = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < columns.length; i++)
                columns[i] = Math.max(columns[i], Words.width(row.get(i)));
        }
        if (width > 0) fit(columns, width);
        return rows.stream().map(row -> line(row, columns)).toList();
    }

    /** As short as every id stays different from the others, but eight characters. */
    private static int idLength(List<SessionEntry> sessions) {
        Function<Integer, Long> different =
                length ->
                        sessions.stream()
                                .map(s -> s.id().toString().substring(0, length))
                                .distinct()
                                .count();
        int length = 8;
        while (length < 36 && different.apply(length) < sessions.size()) length++;
        return length;
    }

    private static List<String> row(SessionEntry session, int idLength, @Nullable String home) {
        return List.of(
                session.id().toString().substring(0, idLength),
                text(session.name()),
                state(session),
                session.size().toString(),
                Integer.toString(session.clientCount()),
                directory(text(session.cwd()), home),
                text(session.title()));
    }

    private static String state(SessionEntry session) {
        String not = session.isStored() ? "" : ", not stored";
        if (!session.isExited()) return "running" + not;
        return (session.exitCode() == null ? "exited" : "exited " + session.exitCode()) + not;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : Words.oneLine(value);
    }

    private static String directory(String cwd, @Nullable String home) {
        if (home == null || home.length() < 2) return cwd;
        if (cwd.equals(home)) return "~";
        return cwd.startsWith(home + "/") ? "~" + cwd.substring(home.length()) : cwd;
    }

    /** Takes what is too much from the title, then from the directory, then from the name. */
    private static void fit(int[] columns, int width) {
        columns[NAME] = Math.min(columns[NAME], MAX_NAME);
        for (int column : new int[] {TITLE, DIRECTORY, NAME}) {
            int total = GAP.length() * (columns.length - 1);
            for (int each : columns) total += each;
            int excess = total - width;
            if (excess <= 0) return;
            columns[column] =
                    Math.max(Math.min(columns[column], MIN_COLUMN), columns[column] - excess);
        }
    }

    private static String line(List<String> row, int[] columns) {
        var line = new StringBuilder();
        for (int i = 0; i < columns.length; i++) {
            String cell =
                    i == DIRECTORY
                            ? Words.tail(row.get(i), columns[i])
                            : Words.head(row.get(i), columns[i]);
            line.append(i == 0 ? "" : GAP).append(Words.padded(cell, columns[i]));
        }
        return line.toString().stripTrailing();
    }
}
