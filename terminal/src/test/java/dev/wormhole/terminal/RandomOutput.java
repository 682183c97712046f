package dev.wormhole.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Makes output out of a seed: text, well-formed and broken sequences, plain noise. The same seed,
 * the same bytes.
 */
public final class RandomOutput {

    private static final String[] PIECES = {
        "hello, world",
        "\r\n",
        "\n",
        "\007",
        "\t",
        "\005",
        "\000",
        "\177",
        "\030",
        "\032",
        "\033",
        "\u00c3\u00a9",
        "\u00e2\u0082\u00ac",
        "\u00f0\u009f\u0098\u0080",
        "\u00ef\u00bf\u00bd",
        "\u00c2\u009b",
        "\u00c2\u009d",
        "\u00c2\u0090",
        "\u00c2\u009c",
        "\u00c2\u0085",
        "\u00c3",
        "\u00e2\u0082",
        "\u00f0\u009f\u0098",
        "\u00c2",
        "\u00ed\u00a0\u0080",
        "\u00ff",
        "\u00e0\u0080",
        "\u009b",
        "\u009c",
        "\033[m",
        "\033[1;31m",
        "\033[38:2::1:2:3m",
        "\033[?1049h",
        "\033[c",
        "c",
        "n",
        "\033[0c",
        "\033[>c",
        "\033[6n",
        "\033[?6n",
        "\033[18t",
        "\033[8;24;80t",
        "\033[?2026$p",
        "\033[>q",
        "\033[ q",
        "\033[",
        "\033[1",
        "\033[1;",
        "\033[?",
        "\033[1$",
        "\033[1?c",
        "\033]",
        "\033]0;",
        "title",
        "\033]52;c;?",
        "\033]11;?\007",
        "\033]0;what;?\033\\",
        "\033\\",
        "\033P",
        "\033P$q",
        "\033P+q544e\033\\",
        "\033Pq#0~\033\\",
        "\033_G",
        "\033_Ga=q\033\\",
        "\033^pm\033\\",
        "\033X",
        "\033(B",
        "\033=",
        "\033Z",
        "\033 #!x",
        "?",
        ";",
        "99999999999",
        "\033c",
        "\033[5\nC",
        "\033[5\005C",
    };

    private final Random random;

    public RandomOutput(long seed) {
        random = new Random(seed);
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    public byte[] bytes() {
        var out = new ByteArrayOutputStream();
        int pieces = 1 + random.nextInt(200);
        for (int i = 0; i < pieces; i++) {
            int choice = random.nextInt(10);
            if (choice == 0) noise(out);
            else out.writeBytes(latin1(PIECES[random.nextInt(PIECES.length)]));
        }
        return out.toByteArray();
    }

    private void noise(ByteArrayOutputStream out) {
        byte[] noise = new byte[random.nextInt(20)];
        random.nextBytes(noise);
        out.writeBytes(noise);
    }

    /** Text, controls and sequences of which none asks anything. */
    byte[] bytesWithoutQueries() {
        String[] harmless = {
            "plain text ",
            "\r\n",
            "\t",
            "\007",
            "\u00c3\u00a9",
            "\u00f0\u009f\u0098\u0080",
            "\u00ef\u00bf\u00bd",
            "\u00c3 ",
            "\u00ff",
            "\u009b",
            "\033[m",
            "\033[38:2::1:2:3m",
            "\033[?1049;2004h",
            "\033[8;24;80t",
            "\033[22;0t",
            "\033[ q",
            "\033[4 q",
            "\033[!p",
            "\033[>4;2m",
            "\033[=1u",
            "\033[>1u",
            "\033[<u",
            "\033]0;why?;?\007",
            "\033]7;file:///tmp\033\\",
            "\033]8;;http://x/?\033\\",
            "\033]52;c;aGk=\007",
            "\033]10;#ffffff\007",
            "\033]133;A\007",
            "\033Pq#0;2;0;0;0~\033\\",
            "\033P=1s\033\\",
            "\033_hello\033\\",
            "\033^pm\033\\",
            "\033Xsos\033\\",
            "\033(B",
            "\033=",
            "\0337",
            "\033c",
            "\033[5\nC",
            "\177",
            "\000",
            "\u00c2\u009bm",
            "\u00c2\u0085",
            "\030",
            "\033]104\u00c2\u009c",
        };
        var out = new ByteArrayOutputStream();
        int pieces = 1 + random.nextInt(200);
        for (int i = 0; i < pieces; i++)
            out.writeBytes(latin1(harmless[random.nextInt(harmless.length)]));
        return out.toByteArray();
    }

    /** The same bytes in pieces of random sizes, sometimes one by one. */
    public List<byte[]> split(byte[] bytes) {
        int largest = random.nextBoolean() ? 1 : 1 + random.nextInt(40);
        var pieces = new ArrayList<byte[]>();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(largest));
            pieces.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return pieces;
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
