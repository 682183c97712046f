package dev.wormhole.bench.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class WordsTest {

    @Test
    void everyByteIsShown() {
        assertThat(words("\033[1;2A")).isEqualTo("ESC [1;2A");
        assertThat(words("\0a \177")).isEqualTo("^@aSPDEL");
        assertThat(words("'é€\u0080")).isEqualTo("'é€<80>");
        assertThat(words("")).isEqualTo("nothing");
    }

    private static String words(String sent) {
        byte[] bytes = sent.getBytes(StandardCharsets.UTF_8);
        return Words.of(new String(bytes, StandardCharsets.ISO_8859_1));
    }
}
