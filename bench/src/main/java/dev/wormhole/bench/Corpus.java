package dev.wormhole.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Kinds of program output, the same bytes at every run. Pure. */
public enum Corpus {

    /**
     * What a day in a terminal looks like: lines of words, one in seven coloured, some accented,
     * wide or emoji. About 96 bytes a line, none longer than 80 columns.
     */
    MIXED {
        @Override
        void line(Appender out, Random random, int number) {
            int columns = 62 + random.nextInt(18);
            String word = word(random);
            for (int used = 0; used + columns(word) < columns; word = word(random)) {
                int colour = random.nextInt(13);
                if (colour == 0)
                    out.text("\033[1;3%dm%s\033[0m".formatted(random.nextInt(8), word));
                else if (colour == 1)
                    out.text("\033[38;5;%dm%s\033[m".formatted(random.nextInt(256), word));
                else out.text(word);
                out.text(" ");
                used += columns(word) + 1;
            }
            out.text("\r\n");
        }
    },

    /** Plain text of 80 columns, as of a log. */
    ASCII {
        @Override
        void line(Appender out, Random random, int number) {
            var line = new StringBuilder();
            while (line.length() < 78) line.append(WORDS[random.nextInt(PLAIN)]).append(' ');
            line.setLength(78);
            out.text(line.append("\r\n").toString());
        }
    },

    /** {@code seq}: many short lines. */
    SEQ {
        @Override
        void line(Appender out, Random random, int number) {
            out.text(number + "\r\n");
        }
    },

    /** Chinese, Japanese and Korean: three bytes and two columns a character. */
    CJK {
        @Override
        void line(Appender out, Random random, int number) {
            var line = new StringBuilder();
            for (int i = 0; i < 38; i++) {
                int block = random.nextInt(3);
                int character =
                        block == 0
                                ? 0x4e00 + random.nextInt(0x5000)
                                : block == 1
                                        ? 0x3041 + random.nextInt(80)
                                        : 0xac00 + random.nextInt(0x2b00);
                line.appendCodePoint(character);
            }
            out.text(line.append("\r\n").toString());
        }
    },

    /** A picture in half blocks: two 24-bit colours a cell. */
    TRUE_COLOUR {
        @Override
        void line(Appender out, Random random, int number) {
            for (int x = 0; x < 78; x++) {
                out.text(
                        "\033[38;2;%d;%d;%dm\033[48;2;%d;%d;%dm▀"
                                .formatted(
                                        (x * 3) & 255,
                                        (number * 5) & 255,
                                        random.nextInt(256),
                                        (x * 7) & 255,
                                        (number * 3) & 255,
                                        random.nextInt(256)));
            }
            out.text("\033[m\r\n");
        }
    },

    /** A program on the alternate screen that paints all its 24 rows over and over. */
    TUI {
        @Override
        void line(Appender out, Random random, int number) {
            int row = number % 24;
            if (number == 0) out.text("\033[?1049h\033[?25l");
            if (row == 0) out.text("\033[H");
            out.text("\033[%d;1H\033[%dm".formatted(row + 1, row == 0 || row == 23 ? 7 : 0));
            out.text("\033[36m│\033[39m ");
            int columns = 0;
            while (columns < 60) {
                String word = WORDS[random.nextInt(PLAIN)];
                if (random.nextInt(4) == 0) out.text("\033[32m" + word + "\033[39m ");
                else out.text(word + " ");
                columns += word.length() + 1;
            }
            out.text("\033[K\033[%d;80H\033[36m│\033[m".formatted(row + 1));
        }
    };

    private static final String[] WORDS = {
        "the",
        "terminal",
        "of",
        "a",
        "session",
        "lives",
        "on",
        "when",
        "its",
        "window",
        "has",
        "closed",
        "and",
        "output",
        "comes",
        "from",
        "/usr/lib/x86_64-linux-gnu",
        "drwxr-xr-x",
        "4096",
        "Nov",
        "21",
        "root",
        "INFO",
        "WARN",
        "compiled",
        "0x7ffd",
        "--verbose",
        "{",
        "}",
        "return",
        "static",
        "1.0.3",
        "élan",
        "façade",
        "größer",
        "→",
        "…",
        "«là»",
        "漢字",
        "日本語",
        "한국어",
        "✓",
        "🚀",
        "Ωμέγα",
        "Привет"
    };

    /** The words before the first that is not ASCII. */
    private static final int PLAIN = 32;

    abstract void line(Appender out, Random random, int number);

    /** Exactly so many bytes of it; the last line may be cut. */
    public byte[] bytes(int count) {
        var out = new Appender();
        var random = new Random(name().hashCode());
        for (int number = 0; out.size() < count; number++) line(out, random, number);
        return out.first(count);
    }

    /** Exactly so many lines of it. */
    public byte[] lines(int count) {
        var out = new Appender();
        var random = new Random(name().hashCode());
        for (int number = 0; number < count; number++) line(out, random, number);
        return out.first(out.size());
    }

    /** As wide as it is shown: none of these words holds anything but single and double cells. */
    private static int columns(String word) {
        return word.codePoints().map(c -> c >= 0x2e80 ? 2 : 1).sum();
    }

    private static String word(Random random) {
        // One in eight is not ASCII.
        int from = random.nextInt(8) == 0 ? PLAIN : 0;
        int to = from == 0 ? PLAIN : WORDS.length;
        return WORDS[from + random.nextInt(to - from)];
    }

    /** Grows without copying what it holds at each question. */
    static final class Appender {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void text(String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }

        int size() {
            return bytes.size();
        }

        byte[] first(int count) {
            return java.util.Arrays.copyOf(bytes.toByteArray(), count);
        }
    }
}
