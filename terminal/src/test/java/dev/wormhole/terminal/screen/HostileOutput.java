package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.RandomOutput;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes output that programs might write and output that only an enemy would, out of a seed: the
 * corpus, whole, spliced and damaged; sequences of every shape; text of many scripts; noise. The
 * same seed, the same bytes.
 */
final class HostileOutput {

    /** In every text that a program could want to see typed; no reply may hold it. */
    static final String BAIT = "BAIT";

    private static final String[] WORDS = {
        "plain text ",
        "日本語のテキスト",
        "é e\u0301 a\u0300\u0323 ",
        "한글 \u1112\u1161\u11ab",
        "👨‍👩‍👧 👍🏽 🇩🇪🇫🇷 ❤️ 1️⃣ ",
        "क्षत्रिय ",
        "שלום עולם ",
        "\u202e\u200b\u200d\ufe0f\u00ad",
        "─│┌┐ α°× ｱｲ ＡＢ",
        "\t\t",
        "\r\n",
        "\n\n\n",
        "\r",
        "\b\b\b",
        "\u000e",
        "\u000f",
        "\u0085",
        "\u008d",
    };

    private static final String MARKERS = "<=>?";
    private static final String INTERMEDIATES = " !\"#$%&'()*+,-./";

    /** Numbers at which something begins or ends. */
    private static final int[] NUMBERS = {
        0,
        1,
        2,
        3,
        4,
        5,
        7,
        8,
        9,
        10,
        20,
        31,
        38,
        47,
        48,
        58,
        80,
        255,
        256,
        1000,
        1049,
        2004,
        2026,
        2027,
        9999,
        65_535,
        65_536,
        Integer.MAX_VALUE
    };

    private static final String[] MODES = {
        "1", "3", "4", "5", "6", "7", "9", "12", "20", "25", "40", "42", "45", "47", "66", "69",
        "1000", "1002", "1003", "1004", "1005", "1006", "1007", "1015", "1016", "1047", "1048",
        "1049", "2004", "2026", "2027", "2031", "2048"
    };

    private static final String[] STRINGS = {
        "\033]0;",
        "\033]2;",
        "\033]1;",
        "\033]4;",
        "\033]7;",
        "\033]8;;",
        "\033]8;id=a;",
        "\033]9;",
        "\033]10;",
        "\033]11;",
        "\033]52;c;",
        "\033]104;",
        "\033]133;",
        "\033]777;notify;",
        "\033P$q",
        "\033P+q",
        "\033Pq",
        "\033P1$t",
        "\033P2$t",
        "\033_G",
        "\033^",
        "\033X",
        "\033P"
    };

    private static final String[] ENDS = {"\007", "\033\\", "\u009c", "\030", "\033", ""};

    private final Random random;
    private final List<byte[]> corpus;
    private final RandomOutput other;

    HostileOutput(long seed, List<byte[]> corpus) {
        random = new Random(seed);
        this.corpus = corpus;
        other = new RandomOutput(seed);
    }

    /** Some hundreds of bytes, sometimes many more. */
    byte[] next() {
        var out = new ByteArrayOutputStream();
        int pieces = 1 + random.nextInt(20);
        for (int i = 0; i < pieces; i++) out.writeBytes(piece());
        return out.toByteArray();
    }

    /** The same bytes in pieces of random sizes. */
    List<byte[]> split(byte[] bytes) {
        return other.split(bytes);
    }

    /** A size a window might have, or a very small one. */
    int[] size() {
        int columns = random.nextInt(4) == 0 ? 2 + random.nextInt(5) : 2 + random.nextInt(100);
        int rows = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1 + random.nextInt(40);
        return new int[] {columns, rows};
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    int below(int n) {
        return random.nextInt(n);
    }

    private byte[] piece() {
        return switch (random.nextInt(16)) {
            case 0, 1 -> corpus.get(random.nextInt(corpus.size()));
            case 2, 3 -> damaged(corpus.get(random.nextInt(corpus.size())));
            case 4 -> spliced();
            case 5 -> other.bytes();
            case 6, 7, 8 -> utf8(text());
            case 9 -> utf8(string());
            case 10 -> utf8(mode());
            case 11 -> utf8(rendition());
            case 12 -> noise();
            case 13 -> utf8("\033" + (char) (0x20 + random.nextInt(0x5f)));
            case 14 -> oneIn(8) ? utf8(oneIn(2) ? rainbow() : marks()) : utf8(sequence());
            default -> utf8(sequence());
        };
    }

    private String text() {
        var text = new StringBuilder();
        int words = 1 + random.nextInt(30);
        for (int i = 0; i < words; i++) text.append(WORDS[random.nextInt(WORDS.length)]);
        return text.toString();
    }

    private String sequence() {
        var text = new StringBuilder("\033[");
        if (oneIn(5)) text.append(MARKERS.charAt(random.nextInt(MARKERS.length())));
        int parameters = random.nextInt(oneIn(20) ? 40 : 6);
        for (int i = 0; i < parameters; i++) {
            if (i > 0) text.append(oneIn(8) ? ':' : ';');
            if (!oneIn(6)) text.append(number());
        }
        if (oneIn(4)) text.append(INTERMEDIATES.charAt(random.nextInt(INTERMEDIATES.length())));
        return text.append((char) (0x40 + random.nextInt(0x3f))).toString();
    }

    private int number() {
        return oneIn(3) ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextInt(30);
    }

    private String mode() {
        String actions = "hlsr";
        var text = new StringBuilder(oneIn(6) ? "\033[" : "\033[?");
        text.append(MODES[random.nextInt(MODES.length)]);
        if (oneIn(3)) text.append(';').append(MODES[random.nextInt(MODES.length)]);
        return text.append(actions.charAt(random.nextInt(actions.length()))).toString();
    }

    private String rendition() {
        return switch (random.nextInt(4)) {
            case 0 -> "\033[%d;%dm".formatted(random.nextInt(110), random.nextInt(110));
            case 1 -> "\033[38;5;%dm".formatted(random.nextInt(260));
            case 2 ->
                    "\033[48:2::%d:%d:%dm"
                            .formatted(
                                    random.nextInt(256), random.nextInt(256), random.nextInt(256));
            default -> "\033[4:%d;58:5:%dm".formatted(random.nextInt(7), random.nextInt(256));
        };
    }

    /** So many styles that no table keeps them all, some of them in the background. */
    private String rainbow() {
        var text = new StringBuilder();
        int characters = random.nextInt(6000);
        for (int i = 0; i < characters; i++) {
            int colour = random.nextInt(1 << 24);
            text.append(oneIn(3) ? "\033[48;2;" : "\033[38;2;").append(colour >> 16).append(';');
            text.append(colour >> 8 & 0xff).append(';').append(colour & 0xff).append('m');
            text.append(oneIn(20) ? "\r\n" : oneIn(10) ? "x日" : "x");
        }
        return text.toString();
    }

    /** So many clusters that no table keeps them all. */
    private String marks() {
        var text = new StringBuilder();
        int characters = random.nextInt(6000);
        for (int i = 0; i < characters; i++) {
            text.append((char) ('a' + random.nextInt(26)));
            int marks = 1 + random.nextInt(4);
            for (int k = 0; k < marks; k++) text.append((char) (0x300 + random.nextInt(0x70)));
        }
        return text.toString();
    }

    private String string() {
        var text = new StringBuilder(STRINGS[random.nextInt(STRINGS.length)]);
        int length = oneIn(40) ? 100_000 : random.nextInt(60);
        if (oneIn(3)) text.append(number()).append(';');
        if (oneIn(6)) text.append('?');
        text.append(BAIT);
        while (text.length() < length) text.append((char) (0x20 + random.nextInt(0x5f)));
        return text.append(ENDS[random.nextInt(ENDS.length)]).toString();
    }

    private byte[] damaged(byte[] bytes) {
        if (bytes.length == 0) return bytes;
        byte[] copy = bytes.clone();
        int at = random.nextInt(copy.length);
        switch (random.nextInt(4)) {
            case 0 -> copy[at] = (byte) random.nextInt(256);
            case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> copy = Arrays.copyOf(copy, at);
            default -> copy = Arrays.copyOfRange(copy, at, copy.length);
        }
        return copy;
    }

    private byte[] spliced() {
        byte[] first = corpus.get(random.nextInt(corpus.size()));
        byte[] second = corpus.get(random.nextInt(corpus.size()));
        var out = new ByteArrayOutputStream();
        out.write(first, 0, random.nextInt(first.length + 1));
        int from = random.nextInt(second.length + 1);
        out.write(second, from, second.length - from);
        return out.toByteArray();
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(60)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
