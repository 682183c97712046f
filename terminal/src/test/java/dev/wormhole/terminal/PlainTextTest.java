package dev.wormhole.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlainTextTest {

    private static String text(String output) {
        return text(output.getBytes(UTF_8));
    }

    private static String text(byte[] bytes) {
        var plain = new PlainText();
        return plain.feed(bytes, 0, bytes.length) + plain.finish();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            textBlock =
                    """
                    plain\\r\\nlines\\r\\n|plain\\nlines\\n
                    unfinished|unfinished
                    10%\\r50%\\r100%\\r\\n|100%\\n
                    long text\\rshort\\n|shorttext\\n
                    long text\\r\\e[Kshort\\n|short\\n
                    long text\\rshort\\e[K\\n|short\\n
                    long text\\rshort\\e[J\\n|short\\n
                    gone\\e[2K\\rthere\\n|there\\n
                    abcdef\\e[3D\\e[1K\\n|\\x20\\x20\\x20\\x20ef\\n
                    abc\\b\\bX\\n|aXc\\n
                    a\\tb\\t\\tc\\n|a\\x20\\x20\\x20\\x20\\x20\\x20\\x20b\\x20\\x20\\x20\\x20\\x20\\x20\\x20\\x20\\x20\\x20\\x20\\x20\\x20\\x20\\x20c\\n
                    abc\\e[2GX\\e[CY\\e[3DZ\\n|aZcY\\n
                    a\\e[5Gb\\n|a\\x20\\x20\\x20b\\n
                    \\e[1;31mred\\e[0m\\e[38:2::1:2:3m!\\n|red!\\n
                    \\e]0;title\\x07a\\e]8;;http://x/\\e\\\\link\\e]8;;\\e\\\\\\n|alink\\n
                    a\\ePq#0~\\e\\\\b\\e_apc\\e\\\\c\\e^pm\\e\\\\d\\eXsos\\e\\\\e\\n|abcde\\n
                    one\\e[A\\e[5;5H\\e[2Jtwo\\n|onetwo\\n
                    a\\x00\\x07\\x0e\\x0f\\x7fb\\n|ab\\n
                    a\\eEb\\eDc\\fd|a\\nb\\nc\\nd
                    été 日本 😀\\n|été\\x20日本\\x20😀\\n
                    日本\\rX\\n|X\\x20本\\n
                    日本\\e[2GX\\n|\\x20X本\\n
                    e\\u0301\\rx\\n|x\\n
                    ae\\u0301\\rx\\n|xe\\u0301\\n
                    \\ufeffa\\n|\\ufeffa\\n
                    """)
    void aLineIsWhatAPersonWouldHaveRead(String output, String expected) {
        assertThat(text(unescaped(output))).isEqualTo(unescaped(expected));
    }

    /** \r \n \b \t \f \e \\ \xNN and \\uNNNN, so that the table above can be read. */
    private static String unescaped(String text) {
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 0;
            switch (kind) {
                case 'r' -> plain.append('\r');
                case 'n' -> plain.append('\n');
                case 'b' -> plain.append('\b');
                case 't' -> plain.append('\t');
                case 'f' -> plain.append('\f');
                case 'e' -> plain.append('\033');
                case 'x', 'u' ->
                        plain.append(
                                (char) Integer.parseInt(text.substring(i + 1, i + 1 + digits), 16));
                default -> plain.append(kind);
            }
            i += digits;
        }
        return plain.toString();
    }

    @Test
    void aLineIsGivenWhenItEndsAndNotBefore() {
        var plain = new PlainText();
        assertThat(plain.feed("one\ntw".getBytes(UTF_8), 0, 6)).isEqualTo("one\n");
        assertThat(plain.feed("o".getBytes(UTF_8), 0, 1)).isEmpty();
        assertThat(plain.feed("\n".getBytes(UTF_8), 0, 1)).isEqualTo("two\n");
        assertThat(plain.finish()).isEmpty();
    }

    @Test
    void afterFinishItIsAsNew() {
        var plain = new PlainText();
        byte[] broken = "a\033]0;ti".getBytes(UTF_8);
        assertThat(plain.feed(broken, 0, broken.length)).isEmpty();
        assertThat(plain.finish()).isEqualTo("a");
        assertThat(plain.feed("b\n".getBytes(UTF_8), 0, 2)).isEqualTo("b\n");
    }

    @Test
    void aPartOfAnArrayIsRead() {
        assertThat(new PlainText().feed("xxab\nxx".getBytes(UTF_8), 2, 3)).isEqualTo("ab\n");
    }

    @Test
    void aLongLineLosesNothingAndIsNotHeldBackForEver() {
        String line = "0123456789".repeat(30_000);
        var plain = new PlainText();
        byte[] bytes = line.getBytes(UTF_8);

        String early = plain.feed(bytes, 0, bytes.length);

        assertThat(early.length()).isGreaterThan(bytes.length - PlainText.MAX_LINE - 1);
        assertThat(early + plain.finish()).isEqualTo(line);
    }

    @Test
    void aLongLineOfWideCharactersLosesNothing() {
        String line = "x" + "日".repeat(100_000);
        assertThat(text(line)).isEqualTo(line);
    }

    @Test
    void hostileOutputStaysBounded() {
        assertThat(text("\033[65535Gx\n".repeat(1000)).length()).isLessThan(520_000);
        assertThat(text("\033[65535C".repeat(1000) + "x\n").length()).isLessThan(520);
        assertThat(text("a" + "\u0301".repeat(1_000_000) + "\n").length()).isLessThan(40);
        assertThat(text("\t".repeat(1_000_000) + "x\n").length())
                .isLessThanOrEqualTo(PlainText.MAX_LINE + 2);
    }

    @ParameterizedTest
    @MethodSource("dev.wormhole.terminal.RandomOutput#seeds")
    void theTextDoesNotDependOnHowTheOutputIsSplit(long seed) {
        var random = new RandomOutput(seed);
        for (int round = 0; round < 20; round++) {
            byte[] bytes = random.bytes();
            var plain = new PlainText();
            var pieces = new StringBuilder();
            for (byte[] piece : random.split(bytes)) {
                pieces.append(plain.feed(piece, 0, piece.length));
            }
            pieces.append(plain.finish());

            assertThat(pieces.toString()).isEqualTo(text(bytes));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.wormhole.terminal.RandomOutput#seeds")
    void noControlButLineFeedIsEverLeft(long seed) {
        var random = new RandomOutput(seed);
        for (int round = 0; round < 20; round++) {
            assertThat(text(random.bytes()).codePoints())
                    .allMatch(c -> c == '\n' || !Character.isISOControl(c));
        }
    }
}
