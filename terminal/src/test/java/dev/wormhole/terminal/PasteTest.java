package dev.wormhole.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Random;

class PasteTest {

    private static String plain(String text) {
        return new String(Paste.encode(text, false), UTF_8);
    }

    private static String bracketed(String text) {
        return new String(Paste.encode(text, true), UTF_8);
    }

    @Test
    void everyKindOfLineEndBecomesOneEnter() {
        assertThat(plain("a\nb\r\nc\rd\n\ne\r\n\r\nf\n\r")).isEqualTo("a\rb\rc\rd\r\re\r\rf\r\r");
    }

    @Test
    void controlsThatCouldActAreRemoved() {
        assertThat(plain("a\000b\003c\033[201~d\177e\u009b201~f\u0085g\th"))
                .isEqualTo("abc[201~de201~fg\th");
    }

    @Test
    void bracketsStandAroundAndCannotBeSmuggledInside() {
        assertThat(bracketed("ls\n")).isEqualTo("\033[200~ls\r\033[201~");
        assertThat(bracketed("x\033[201~\003rm -rf /\n"))
                .isEqualTo("\033[200~x[201~rm -rf /\r\033[201~");
        assertThat(bracketed("\033\033[201~[201~")).isEqualTo("\033[200~[201~[201~\033[201~");
    }

    @Test
    void textOfAnyScriptIsKept() {
        assertThat(plain("héllo 日本 👩‍🚀")).isEqualTo("héllo 日本 👩‍🚀");
        assertThat(plain("a\ud83db")).isEqualTo("ab");
    }

    @Test
    void nothingPastedSendsNothing() {
        assertThat(bracketed("")).isEmpty();
        assertThat(plain("")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.wormhole.terminal.RandomOutput#seeds")
    void noPasteHoldsAControlOtherThanTabAndEnter(long seed) {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < 2000; i++)
            text.append((char) random.nextInt(i % 2 == 0 ? 0x100 : 0x10000));

        String inside =
                bracketed(text.toString())
                        .replaceFirst("^\033\\[200~", "")
                        .replaceFirst("\033\\[201~$", "");

        assertThat(
                        inside.chars()
                                .filter(Character::isISOControl)
                                .filter(c -> c != '\t' && c != '\r'))
                .as("seed %d", seed)
                .isEmpty();
    }
}
