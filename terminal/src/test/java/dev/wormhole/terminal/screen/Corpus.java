package dev.wormhole.terminal.screen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The cases under {@code corpus/} in the test resources; its README says how they are written. */
final class Corpus {

    private static final List<String> GROUPS =
            List.of(
                    "charsets",
                    "cursor",
                    "edit",
                    "erase",
                    "history",
                    "kitty",
                    "lines",
                    "malformed",
                    "modes",
                    "osc",
                    "rectangles",
                    "reports",
                    "reset",
                    "saved",
                    "scroll",
                    "sgr",
                    "tabs",
                    "titles",
                    "unicode",
                    "window",
                    "wrap");

    private Corpus() {}

    static List<ScreenCase> cases() {
        var cases = new ArrayList<ScreenCase>();
        for (String group : GROUPS) cases.addAll(parse(group, read(group + ".txt")));
        return cases;
    }

    /** The text of a file beside the cases. */
    static String read(String name) {
        try (InputStream in = Corpus.class.getResourceAsStream("/corpus/" + name)) {
            if (in == null) throw new IllegalArgumentException("no corpus/" + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ScreenCase> parse(String group, String text) {
        var cases = new ArrayList<ScreenCase>();
        CaseReader reader = null;
        String citation = "";
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String where = group + ".txt:" + number;
            if (line.startsWith("= ")) {
                if (reader != null) cases.add(reader.end());
                reader = new CaseReader(group, line.substring(2), citation);
            } else if (line.startsWith("cite ")) {
                citation = line.substring(5);
                // Between cases it holds for all that follow, inside of one also for itself.
                if (reader != null && !reader.isComplete()) reader.cite(citation);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                if (reader == null) throw new IllegalArgumentException(where + ": no case yet");
                reader.line(line, where);
            }
        }
        if (reader != null) cases.add(reader.end());
        return cases;
    }

    /**
     * The bytes that a text means: UTF-8, with {@code \e \r \n \t \b \a \\} and {@code \xNN} for
     * bytes.
     */
    static byte[] unescape(String text) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c != '\\') {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            char escape = text.charAt(i++);
            switch (escape) {
                case 'e' -> out.write(0x1b);
                case 'r' -> out.write('\r');
                case 'n' -> out.write('\n');
                case 't' -> out.write('\t');
                case 'b' -> out.write('\b');
                case 'a' -> out.write(7);
                case '\\' -> out.write('\\');
                case 'x' -> {
                    out.write(Integer.parseInt(text.substring(i, i + 2), 16));
                    i += 2;
                }
                default -> throw new IllegalArgumentException("\\" + escape + " in " + text);
            }
        }
        return out.toByteArray();
    }

    /** Bytes as {@link #unescape} takes them, for messages. */
    static String escape(byte[] bytes) {
        var text = new StringBuilder();
        for (byte b : bytes) {
            switch (b) {
                case 0x1b -> text.append("\\e");
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (b >= 0x20 && b < 0x7f) text.append((char) b);
                    else text.append("\\x%02x".formatted(b & 0xff));
                }
            }
        }
        return text.toString();
    }
}
