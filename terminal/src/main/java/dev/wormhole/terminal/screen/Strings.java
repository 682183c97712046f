package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.DirectoryReport;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Operating system commands (ctlseqs, "Operating System Commands"; the semantic prompts of OSC 133;
 * OSC 8 as in its specification by Egmont Koblinger).
 *
 * <p>Owned by the screen's thread.
 */
final class Strings {

    private static final int MAX_LINK = 2083 + 250;
    private static final int MAX_NOTE_TITLE = 256;
    private static final int MAX_NOTE_BODY = 1024;
    private static final int MAX_CLIPBOARD = 48 << 10;

    private final State s;
    private final Reports reports;

    Strings(State state, Reports reports) {
        s = state;
        this.reports = reports;
    }

    /**
     * @param bell whether BEL ended it: so does an answer then
     */
    void osc(byte[] data, int length, boolean bell) {
        int number = 0;
        int at = 0;
        while (at < length && data[at] >= '0' && data[at] <= '9') {
            number = Math.min(number * 10 + data[at++] - '0', 100_000);
        }
        if (at == 0) return;
        boolean hasText = at < length && data[at] == ';';
        if (at < length && !hasText) return;
        int from = hasText ? at + 1 : length;
        switch (number) {
            case 0 -> {
                icon(data, from, length);
                title(data, from, length);
            }
            case 1 -> icon(data, from, length);
            case 2 -> title(data, from, length);
            case 4 -> indexed(text(data, from, length), bell);
            case 7 -> directory(data, from, length);
            case 8 -> link(text(data, from, length));
            case 9 -> notification(text(data, from, length));
            case 52 -> clipboard(data, from, length);
            case 104 -> resetIndexed(text(data, from, length));
            case 133 -> mark(text(data, from, length));
            case 777 -> notify777(text(data, from, length));
            default -> {
                if (number >= 10 && number <= Palette.LAST_DYNAMIC) {
                    dynamic(number, text(data, from, length), bell);
                } else if (number >= 110 && number <= 100 + Palette.LAST_DYNAMIC) {
                    s.palette.reset(number - 100);
                }
            }
        }
    }

    private static String text(byte[] data, int from, int to) {
        return new String(data, from, to - from, StandardCharsets.UTF_8);
    }

    private void title(byte[] data, int from, int to) {
        title(Texts.tame(text(data, from, to), Titles.MAX_LENGTH));
    }

    void title(String title) {
        s.titles.title = title;
        if (!s.restoring) s.listener.title(title);
    }

    private void icon(byte[] data, int from, int to) {
        s.titles.icon = Texts.tame(text(data, from, to), Titles.MAX_LENGTH);
    }

    private void directory(byte[] data, int from, int to) {
        if (s.restoring) return;
        DirectoryReport.parse(data, from, to)
                .ifPresent(report -> s.listener.directory(report.host(), report.path()));
    }

    /** {@code params;URI}; an empty URI ends the link. A URI must be printable ASCII. */
    private void link(String text) {
        int semicolon = text.indexOf(';');
        if (semicolon < 0) return;
        String uri = text.substring(semicolon + 1);
        String id = "";
        for (String parameter : text.substring(0, semicolon).split(":", -1)) {
            if (parameter.startsWith("id=")) id = parameter.substring(3);
        }
        boolean usable =
                uri.length() <= MAX_LINK
                        && id.length() <= MAX_LINK
                        && (uri + id).chars().allMatch(c -> c > 0x20 && c < 0x7f);
        s.pen.link = uri.isEmpty() || !usable ? null : new Hyperlink(id, uri);
        s.penChanged();
    }

    /** iTerm2's and ConEmu's: a text is a notification, a number before a semicolon is not. */
    private void notification(String text) {
        if (text.matches("(?s)\\d{1,2}(;.*)?") || s.restoring) return;
        s.listener.notification("", Texts.tame(text, MAX_NOTE_BODY));
    }

    private void notify777(String text) {
        String[] parts = text.split(";", 3);
        if (!parts[0].equals("notify") || parts.length < 2 || s.restoring) return;
        s.listener.notification(
                Texts.tame(parts[1], MAX_NOTE_TITLE),
                Texts.tame(parts.length > 2 ? parts[2] : "", MAX_NOTE_BODY));
    }

    private void clipboard(byte[] data, int from, int to) {
        String text = new String(data, from, to - from, StandardCharsets.ISO_8859_1);
        int semicolon = text.indexOf(';');
        if (semicolon < 0 || s.restoring) return;
        String selection = text.substring(0, semicolon);
        String encoded = text.substring(semicolon + 1);
        // Asking for the clipboard is never answered: whoever can print could read it.
        if (encoded.equals("?") || !selection.matches("[cpqs0-7]{0,16}")) return;
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            // xterm clears the selection then; keeping a person's clipboard is kinder.
            return;
        }
        if (decoded.length > MAX_CLIPBOARD) return;
        s.listener.clipboard(selection.isEmpty() ? "c" : selection, decoded);
    }

    // ---- colours

    /** {@code index;spec} in pairs; {@code ?} asks. */
    private void indexed(String text, boolean bell) {
        String[] parts = text.split(";", -1);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            int index = number(parts[i]);
            if (index < 0 || index > 255) continue;
            if (parts[i + 1].equals("?")) {
                int colour = s.palette.get(Palette.INDEXED + index, s.facts);
                reports.colour("4;" + index, colour, bell);
            } else {
                int colour = Colours.parse(parts[i + 1]);
                if (colour >= 0) s.palette.set(Palette.INDEXED + index, colour);
            }
        }
    }

    private void resetIndexed(String text) {
        if (text.isEmpty()) {
            s.palette.resetIndexed();
            return;
        }
        for (String part : text.split(";", -1)) {
            int index = number(part);
            if (index >= 0 && index <= 255) s.palette.reset(Palette.INDEXED + index);
        }
    }

    /** OSC 10 to 19: each further specification is for the next number. */
    private void dynamic(int first, String text, boolean bell) {
        int which = first;
        for (String spec : text.split(";", -1)) {
            if (which > Palette.LAST_DYNAMIC) return;
            if (spec.equals("?")) {
                reports.colour(Integer.toString(which), s.palette.get(which, s.facts), bell);
            } else {
                int colour = Colours.parse(spec);
                if (colour >= 0) s.palette.set(which, colour);
            }
            which++;
        }
    }

    private static int number(String text) {
        if (text.isEmpty() || text.length() > 3) return -1;
        return text.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(text) : -1;
    }

    // ---- marks

    private void mark(String text) {
        if (text.isEmpty() || (text.length() > 1 && text.charAt(1) != ';')) return;
        switch (text.charAt(0)) {
            case 'A' -> mark(MarkKind.PROMPT, LineMarks.NO_STATUS);
            case 'B' -> mark(MarkKind.COMMAND, LineMarks.NO_STATUS);
            case 'C' -> mark(MarkKind.OUTPUT, LineMarks.NO_STATUS);
            case 'D' -> {
                String[] parts = text.split(";", 3);
                int status = parts.length > 1 ? number(parts[1]) : -1;
                mark(MarkKind.END, status > 255 ? LineMarks.NO_STATUS : status);
            }
            default -> {}
        }
    }

    void mark(MarkKind kind, int exitCode) {
        LineRecorder recorder = s.recorder;
        if (recorder != null) {
            recorder.mark(kind, exitCode);
            return;
        }
        s.grid.row(s.y).addMark(LineMarks.pack(s.x, kind, exitCode));
        if (!s.restoring) s.listener.mark(kind, exitCode);
    }

    /** CSI 22 and 23 t: which is 0 for both, 1 for the icon, 2 for the title. */
    void pushTitle(int which) {
        if (which == 0 || which == 1) Titles.push(s.titles.iconStack, s.titles.icon);
        if (which == 0 || which == 2) Titles.push(s.titles.titleStack, s.titles.title);
    }

    void popTitle(int which) {
        if (which == 0 || which == 1) {
            @Nullable String icon = s.titles.iconStack.poll();
            if (icon != null) s.titles.icon = icon;
        }
        if (which == 0 || which == 2) {
            @Nullable String title = s.titles.titleStack.poll();
            if (title != null) title(title);
        }
    }

    /** Colours as XParseColor takes them, as far as programs use them. */
    static final class Colours {

        private Colours() {}

        /** 0xRRGGBB, or -1. */
        static int parse(String spec) {
            String text = spec.toLowerCase(Locale.ROOT);
            if (text.startsWith("rgb:")) return parts(text.substring(4).split("/", -1));
            if (text.startsWith("rgba:")) return parts(text.substring(5).split("/", -1));
            if (text.startsWith("#") && text.length() % 3 == 1) {
                int digits = text.length() / 3;
                if (digits < 1 || digits > 4) return -1;
                // Here fewer digits are the upper ones (XParseColor), unlike in rgb:.
                int red = upper(text.substring(1, 1 + digits));
                int green = upper(text.substring(1 + digits, 1 + 2 * digits));
                int blue = upper(text.substring(1 + 2 * digits));
                return red < 0 || green < 0 || blue < 0 ? -1 : red << 16 | green << 8 | blue;
            }
            return ColourNames.of(text);
        }

        private static int parts(String[] parts) {
            if (parts.length < 3 || parts.length > 4) return -1;
            int colour = 0;
            for (int i = 0; i < 3; i++) {
                int value = hex(parts[i]);
                if (value < 0) return -1;
                int max = (1 << (4 * parts[i].length())) - 1;
                colour = colour << 8 | (value * 255 + max / 2) / max;
            }
            return colour;
        }

        private static int upper(String digits) {
            int value = hex(digits);
            if (value < 0) return -1;
            return digits.length() == 1 ? value << 4 : value >> (4 * (digits.length() - 2));
        }

        private static int hex(String digits) {
            if (digits.isEmpty() || digits.length() > 4) return -1;
            int value = 0;
            for (int i = 0; i < digits.length(); i++) {
                int digit = Character.digit(digits.charAt(i), 16);
                if (digit < 0 || digits.charAt(i) > 'f') return -1;
                value = value << 4 | digit;
            }
            return value;
        }
    }
}
