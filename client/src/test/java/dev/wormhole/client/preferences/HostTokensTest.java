package dev.wormhole.client.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class HostTokensTest {

    @TempDir Path config;

    @Test
    void aTokenIsReadBackFromAFileThatOnlyTheOwnerCanRead() throws Exception {
        var tokens = new HostTokens(config);
        assertThat(tokens.read("box")).isEmpty();

        tokens.write("box", "s3cret");

        assertThat(tokens.read("box")).contains("s3cret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens.path("box"))))
                .isEqualTo("rw-------");
        tokens.delete("box");
        assertThat(tokens.has("box")).isFalse();
    }

    @Test
    void noNameLeavesTheDirectoryOrMeetsAnother() {
        var tokens = new HostTokens(config);
        Path hosts = config.resolve("hosts");

        for (String name :
                new String[] {
                    "../../etc/passwd", "..", ".", "a/b", "ü", "x".repeat(5000), "a%2fb"
                }) {
            assertThat(tokens.path(name).normalize().getParent()).isEqualTo(hosts);
            assertThat(tokens.path(name).getFileName().toString().length()).isLessThan(255);
        }
        assertThat(tokens.path("a/b")).isNotEqualTo(tokens.path("a%2fb"));
        assertThat(tokens.path("x".repeat(5000))).isNotEqualTo(tokens.path("x".repeat(5001)));
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws Exception {
        Path file = Files.writeString(config.resolve("t"), "s3cret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> HostTokens.readToken(file)).hasMessageContaining("chmod 600");
    }

    @Test
    void whatIsNoTokenIsRefusedWithoutQuotingIt() throws Exception {
        Path file = config.resolve("t");
        Files.writeString(file, "two words\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatThrownBy(() -> HostTokens.readToken(file))
                .hasMessageNotContaining("words\n")
                .hasMessageContaining("one word");
        assertThatThrownBy(() -> new HostTokens(config).write("box", "a\r\nb"))
                .hasMessageNotContaining("a\r");
        assertThatThrownBy(() -> HostTokens.readToken(config.resolve("none")))
                .hasMessageContaining("does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\0\0\0\0", "s3c\0\0\0", "\u00ff\u00fe"})
    void whatAMachineCrashLeftIsNoTokenAndSaidInASentence(String left) throws Exception {
        var tokens = new HostTokens(config);
        tokens.write("box", "s3cret");
        Files.writeString(tokens.path("box"), left, StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> tokens.read("box"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(tokens.path("box").toString())
                .hasMessageContaining(left.isBlank() ? "is missing" : "is no token")
                .hasMessageNotContaining("s3c");
    }
}
