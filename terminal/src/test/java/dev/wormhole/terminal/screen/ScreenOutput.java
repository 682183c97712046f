package dev.wormhole.terminal.screen;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Random output that makes much of a small screen: every control function with small numbers. */
final class ScreenOutput {

    private static final String[] TEXTS = {
        "hello",
        "a",
        "the quick brown fox jumps over it",
        " ",
        "é",
        "漢字",
        "日本語のテキスト",
        "e\u0301",
        "👩‍👩‍👧",
        "🇫🇷🇩🇪",
        "☺\ufe0f",
        "👍🏽",
        "각",
        "\u0301",
        "\u200d",
        "\ufe0f",
        "🇫",
        "नि",
        "क्ष",
        "\u0600a",
        "ｗ",
    };

    private static final String FINALS = "@ABCDEFGHIJKLMPSTXZ`abdefghlrsu";
    private static final int[] PRIVATE = {
        1, 3, 5, 6, 7, 25, 40, 45, 47, 66, 69, 95, 1000, 1002, 1004, 1006, 1045, 1047, 1048, 1049,
        2004, 2026, 2027, 2048
    };
    private static final String[] OTHER = {
        "\r\n",
        "\n",
        "\r",
        "\b",
        "\t",
        "\033D",
        "\033M",
        "\033E",
        "\0337",
        "\0338",
        "\033H",
        "\033c",
        "\033#8",
        "\033#6",
        "\033#3",
        "\033#5",
        "\033(0",
        "\033(B",
        "\033)0",
        "\016",
        "\017",
        "\033N",
        "\033=",
        "\033>",
        "\033V",
        "\033W",
        "\0336",
        "\0339",
        "\033[!p",
        "\033[?5W",
        "\033[3J",
        "\033[2J",
        "\033]0;title\007",
        "\033]2;other\033\\",
        "\033]8;;http://x.org/\007",
        "\033]8;id=1;http://y.org/\007",
        "\033]8;;\007",
        "\033]133;A\007",
        "\033]133;C\007",
        "\033]133;D;1\007",
        "\033]4;1;#ff0000\007",
        "\033]11;rgb:11/22/33\007",
        "\033]104\007",
        "\033]111\007",
        "\033[22t",
        "\033[23t",
        "\033[>5u",
        "\033[<u",
        "\033[=3;2u",
        "\033[>4;2m",
        "\033[4h",
        "\033[4l",
        "\033[20h",
        "\033[3 q",
        "\033[1\"q",
        "\033[0\"q",
        "\033[2*x",
        "\033[1*x",
        "\033P>1w9;9\033\\",
        "\033P>7wAAAA\033\\",
        "\033P>5;3;1w\033\\",
        "\033[38;2;1;2;3m",
        "\033[4:3m",
        "\033[58:5:9m",
        "\033[48;5;200m",
        "\033[44m",
        "\033[m",
        "\033[1;3;9m",
        "\033[7;53m",
        "\033[2;3;5;9$x",
        "\033[65;1;1;3;5$x",
        "\033[1;1;3;5$z",
        "\033[1;1;3;9${",
        "\033[1;1;2;5;1;2;3;1$v",
        "\033[1;1;3;9;1;4$r",
        "\033[1;1;3;9;7$t",
        "\033[3'}",
        "\033[2'~",
        "\033[2 @",
        "\033[2 A",
    };

    private ScreenOutput() {}

    static byte[] piece(Random random) {
        return text(random).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Random random) {
        int small = random.nextInt(9);
        int other = random.nextInt(9);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> TEXTS[random.nextInt(TEXTS.length)];
            case 3 -> OTHER[random.nextInt(OTHER.length)];
            case 4 ->
                    "\033[" + small + ";" + other + FINALS.charAt(random.nextInt(FINALS.length()));
            case 5 -> "\033[" + small + FINALS.charAt(random.nextInt(FINALS.length()));
            case 6 ->
                    "\033[?"
                            + PRIVATE[random.nextInt(PRIVATE.length)]
                            + "hlsr".charAt(random.nextInt(4));
            default -> random.nextBoolean() ? "\r\n" : "\033[3" + random.nextInt(8) + "m";
        };
    }
}
