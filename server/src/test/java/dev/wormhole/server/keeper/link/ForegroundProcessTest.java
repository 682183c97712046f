package dev.wormhole.server.keeper.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

/** Words of a command line, as /proc has them. */
class ForegroundProcessTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void emptyWordsAndSpacesAreWordsOfTheirOwn() {
        assertThat(ForegroundProcess.words(bytes("vim\0a b\0\0ü\0")))
                .containsExactly("vim", "a b", "", "ü");
        assertThat(ForegroundProcess.words(bytes("/opt/my app/x\0")))
                .containsExactly("/opt/my app/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0x\0",
                "sshd: me@pts/0",
                "-bash\0",
                "sh\0-c\0a\nb\0",
                "x\0\033[2J\0",
                "x\0\u009b2J\0"
            })
    void whatCannotBeTypedIsNotOffered(String line) {
        assertThat(ForegroundProcess.words(bytes(line))).isEmpty();
    }

    @Test
    void whatIsNoTextOrTooLongIsNotOffered() {
        assertThat(ForegroundProcess.words(new byte[] {'x', 0, (byte) 0xff, 0})).isEmpty();
        assertThat(ForegroundProcess.words(bytes("x\0".repeat(3000)))).isEmpty();
    }

    @Test
    void nothingIsKnownOfAProcessThatIsNotThere() {
        assertThat(ForegroundProcess.command(Integer.MAX_VALUE)).isNull();
    }
}
