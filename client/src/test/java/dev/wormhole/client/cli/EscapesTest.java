package dev.wormhole.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.protocol.ByteString;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapesTest {

    @Test
    void eachEscapeIsOneByteAndTheRestIsUtf8() throws CliException {
        assertThat(Escapes.decode("ls\\r\\n\\t\\e[A\\x03\\xfF\\\\n ü"))
                .isEqualTo(bytes("ls\r\n\t\033[A\3", 0xff, "\\n ü"));
    }

    @Test
    void nothingIsAdded() throws CliException {
        assertThat(Escapes.decode("")).isEqualTo(ByteString.EMPTY);
        assertThat(Escapes.decode("ls")).isEqualTo(ByteString.utf8("ls"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\q", "\\", "a\\", "\\x", "\\x1", "\\xg0", "\\x٣٣", "\\ü", "\\😀", "\\R"})
    void whatIsNoEscapeIsWrongUsage(String text) {
        assertThatThrownBy(() -> Escapes.decode(text))
                .isInstanceOfSatisfying(
                        CliException.class, e -> assertThat(e.status()).isEqualTo(2));
    }

    private static ByteString bytes(String before, int b, String after) {
        byte[] first = ByteString.utf8(before).toArray();
        byte[] last = ByteString.utf8(after).toArray();
        byte[] all = new byte[first.length + 1 + last.length];
        System.arraycopy(first, 0, all, 0, first.length);
        all[first.length] = (byte) b;
        System.arraycopy(last, 0, all, first.length + 1, last.length);
        return ByteString.copyOf(all);
    }
}
