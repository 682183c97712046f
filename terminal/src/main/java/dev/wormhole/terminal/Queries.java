package dev.wormhole.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Which complete sequences make some terminal answer. The numbers are those of ctlseqs unless a
 * comment names another terminal; where a terminal answers only sometimes, it is a query.
 *
 * <p>Pure.
 */
final class Queries {

    /** A question is short: a megabyte of clipboard need not become a string. */
    private static final int MAX_FIELD = 1024;

    /**
     * CSI t: state, positions, sizes, icon label and title of the window. 22 and 23 only push and
     * pop.
     */
    private static final Set<Integer> WINDOW_REPORTS = Set.of(11, 13, 14, 15, 16, 18, 19, 20, 21);

    /**
     * OSC whose fields are free text, where a lone {@code ?} is no question: titles, property,
     * directory, link, notification, shell marks (133, 633), urxvt's perl hook (777).
     */
    private static final Set<Integer> TEXTUAL = Set.of(0, 1, 2, 3, 7, 8, 9, 133, 633, 777);

    private Queries() {}

    /** DECID: an old way to write DA1. */
    static boolean isEscapeQuery(int id) {
        return id == 'Z';
    }

    static boolean isQuery(Csi csi) {
        return switch (csi.id()) {
            // DA1, DA2, DA3
            case 'c', '>' << 24 | 'c', '=' << 24 | 'c' -> true;
            // DSR, CPR and their DEC forms
            case 'n', '?' << 24 | 'n' -> true;
            // DECRQM, ANSI and DEC
            case '$' << 8 | 'p', '?' << 24 | '$' << 8 | 'p' -> true;
            // XTVERSION, DECREQTPARM, kitty's keyboard flags, XTQMODKEYS, XTSMGRAPHICS
            case '>' << 24 | 'q', 'x', '?' << 24 | 'u', '?' << 24 | 'm', '?' << 24 | 'S' -> true;
            // DECRQCRA, DECRQPSR, DECRQTSR, DECRQUPSS, DECRQDE, DECRQPKFM, DECRQLP
            case '*' << 8 | 'y', '$' << 8 | 'w', '$' << 8 | 'u', '&' << 8 | 'u' -> true;
            case '"' << 8 | 'v', '+' << 8 | 'x', '\'' << 8 | '|' -> true;
            // XTREPORTCOLORS, XTREPORTSGR
            case '#' << 8 | 'R', '#' << 8 | '|' -> true;
            case 't' -> isWindowReport(csi.param(0, 0));
            default -> false;
        };
    }

    /**
     * The cap stands for every larger number, which a terminal that wraps around could read as a
     * report.
     */
    private static boolean isWindowReport(int number) {
        return number == Csi.MAX_VALUE || WINDOW_REPORTS.contains(number);
    }

    /** DECRQSS, XTGETTCAP, XTGETXRES. */
    static boolean isDcsQuery(Csi head) {
        return switch (head.id()) {
            case '$' << 8 | 'q', '+' << 8 | 'q', '+' << 8 | 'Q' -> true;
            default -> false;
        };
    }

    /** Kitty's graphics: it answers to transmissions as to questions unless told to be quiet. */
    static boolean isStringQuery(StringKind kind, byte[] data, int length) {
        return kind == StringKind.APC && length > 0 && data[0] == 'G';
    }

    static boolean isOscQuery(byte[] data, int length) {
        int numberEnd = 0;
        int number = 0;
        while (numberEnd < length && data[numberEnd] >= '0' && data[numberEnd] <= '9') {
            number = Math.min(number * 10 + data[numberEnd++] - '0', Csi.MAX_VALUE);
        }
        if (numberEnd == 0) return false;
        return switch (number) {
            // XTQALLOWED, XTQDISALLOWED, kitty's clipboard
            case 60, 61, 5522 -> true;
            // kitty's colours (key=?), pointer shapes (?name,...), xterm's font (?, ?+1)
            case 21 -> anyField(data, numberEnd, length, field -> field.endsWith("=?"));
            case 22, 50 -> anyField(data, numberEnd, length, field -> field.startsWith("?"));
            // kitty's notifications: does the terminal have them, which are alive
            case 99 -> anyField(data, numberEnd, length, Queries::isNotificationQuery);
            case 1337 -> anyField(data, numberEnd, length, Queries::isItermQuery);
            default -> !TEXTUAL.contains(number) && anyField(data, numberEnd, length, "?"::equals);
        };
    }

    private static boolean isNotificationQuery(String field) {
        String metadata = ":" + field + ":";
        return metadata.contains(":p=?:") || metadata.contains(":p=alive:");
    }

    /** iTerm2: ReportCellSize, ReportVariable=…, Capabilities, RequestUpload=…. */
    private static boolean isItermQuery(String field) {
        return field.startsWith("Report")
                || field.startsWith("Request")
                || field.equals("Capabilities");
    }

    private interface Question {
        boolean isAsked(String field);
    }

    /**
     * Whether the question is asked in any of the fields after the number, which semicolons part.
     */
    private static boolean anyField(byte[] data, int from, int length, Question question) {
        int start = from;
        for (int i = from; i <= length; i++) {
            if (i < length && data[i] != ';') continue;
            int end = Math.min(i, start + MAX_FIELD);
            if (question.isAsked(
                    new String(data, start, end - start, StandardCharsets.ISO_8859_1))) {
                return true;
            }
            start = i + 1;
        }
        return false;
    }
}
