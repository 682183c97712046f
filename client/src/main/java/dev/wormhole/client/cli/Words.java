package dev.wormhole.client.cli;

import java.time.Duration;
import java.util.Locale;

/** Small texts for people: made harmless, cut to a width, durations and amounts in words. Pure. */
final class Words {

    /** Where the wide characters of Unicode's East Asian Width are, in blocks. */
    private static final int[][] WIDE = {
        {0x1100, 0x115f},
        {0x2e80, 0xa4cf},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe30, 0xfe6f},
        {0xff00, 0xff60},
        {0xffe0, 0xffe6},
        {0x1f300, 0x1faff},
        {0x20000, 0x3fffd},
    };

    private Words() {}

    /**
     * Without control characters and without those that reorder or break lines: names, titles and
     * messages come from programs and from other machines, and a terminal would obey them.
     */
    static String oneLine(String text) {
        var line = new StringBuilder(text.length());
        text.codePoints().map(c -> isHarmless(c) ? c : ' ').forEach(line::appendCodePoint);
        return line.toString().strip();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    c == 0x200d;
            default -> true;
        };
    }

    /**
     * Columns that a terminal gives the text: wide East Asian characters and emoji two, combining
     * marks none.
     */
    static int width(String text) {
        return text.codePoints().map(Words::width).sum();
    }

    private static int width(int c) {
        switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> {
                return 0;
            }
            default -> {}
        }
        for (int[] range : WIDE) {
            if (c >= range[0] && c <= range[1]) return 2;
        }
        return 1;
    }

    /**
     * The beginning of the text within so many columns, with an ellipsis where something is left
     * out.
     */
    static String head(String text, int columns) {
        if (width(text) <= columns) return text;
        var kept = new StringBuilder();
        int used = 1;
        for (int c : text.codePoints().toArray()) {
            used += width(c);
            if (used > columns) break;
            kept.appendCodePoint(c);
        }
        return columns <= 0 ? "" : kept + "…";
    }

    /** The end of the text within so many columns: of a directory the last names tell most. */
    static String tail(String text, int columns) {
        if (width(text) <= columns) return text;
        int[] codePoints = text.codePoints().toArray();
        int from = codePoints.length;
        int used = 1;
        while (from > 0 && used + width(codePoints[from - 1]) <= columns)
            used += width(codePoints[--from]);
        return columns <= 0 ? "" : "…" + new String(codePoints, from, codePoints.length - from);
    }

    static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    /** The two largest units: "3 d 4 h", "12 min 5 s". */
    static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) return seconds + " s";
        if (seconds < 3600) return seconds / 60 + " min " + seconds % 60 + " s";
        if (seconds < 86_400) return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
        return seconds / 86_400 + " d " + seconds / 3600 % 24 + " h";
    }

    /** "3 sessions", "1 session". */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
