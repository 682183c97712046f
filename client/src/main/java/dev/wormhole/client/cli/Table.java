package dev.wormhole.client.cli;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Rows as a person reads them: aligned columns, the long ones cut to the width of the terminal.
 * Pure.
 *
 * @param head the names of the columns
 * @param shrinking the columns that give way where there is too much, in this order
 * @param paths the columns of which the end tells most
 */
record Table(List<String> head, List<Integer> shrinking, Set<Integer> paths) {

    private static final String GAP = "  ";

    /** Below this a column says nothing. */
    private static final int MIN_COLUMN = 8;

    /** A name may have 128 characters; the rest of the row matters too. */
    private static final int MAX_NAME = 32;

    Table {
        head = List.copyOf(head);
        shrinking = List.copyOf(shrinking);
        paths = Set.copyOf(paths);
    }

    /**
     * The lines, without line ends.
     *
     * @param width of the terminal, or 0 to cut nothing
     */
    List<String> lines(List<List<String>> rows, int width) {
        var all = new ArrayList<List<String>>();
        all.add(head);
        all.addAll(rows);
        int[] columns = new int[head.size()];
        for (List<String> row : all) {
            for (int i = 0; i < columns.length; i++)
                columns[i] = Math.max(columns[i], Words.width(row.get(i)));
        }
        if (width > 0) fit(columns, width);
        return all.stream().map(row -> line(row, columns)).toList();
    }

    private void fit(int[] columns, int width) {
        for (int column : shrinking) {
            int total = GAP.length() * (columns.length - 1);
            for (int each : columns) total += each;
            int excess = total - width;
            if (excess <= 0) return;
            columns[column] =
                    Math.max(Math.min(columns[column], MIN_COLUMN), columns[column] - excess);
        }
    }

    private String line(List<String> row, int[] columns) {
        var line = new StringBuilder();
        for (int i = 0; i < columns.length; i++) {
            String cell =
                    paths.contains(i)
                            ? Words.tail(row.get(i), columns[i])
                            : Words.head(row.get(i), columns[i]);
            line.append(i == 0 ? "" : GAP).append(Words.padded(cell, columns[i]));
        }
        return line.toString().stripTrailing();
    }

    /** As short as every id stays different from the others, but eight characters. */
    static int idLength(List<String> ids) {
        Function<Integer, Long> different =
                length -> ids.stream().map(id -> id.substring(0, length)).distinct().count();
        int length = 8;
        while (length < 36 && different.apply(length) < ids.size()) length++;
        return length;
    }

    /** What somebody else chose, made harmless. */
    static String text(@Nullable String value) {
        return value == null ? "" : Words.oneLine(value);
    }

    /** A name, cut where the table is. */
    static String name(@Nullable String value, int width) {
        return width > 0 ? Words.head(text(value), MAX_NAME) : text(value);
    }

    /**
     * @param home written as ~, or null
     */
    static String directory(String directory, @Nullable String home) {
        String text = text(directory);
        if (home == null || home.length() < 2) return text;
        if (text.equals(home)) return "~";
        return text.startsWith(home + "/") ? "~" + text.substring(home.length()) : text;
    }
}
