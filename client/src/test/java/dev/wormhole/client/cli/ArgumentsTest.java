package dev.wormhole.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class ArgumentsTest {

    @Test
    void wordsThatTheLocaleSpoiltAreReadAgain() {
        byte[] line = "java\0-cp\0x\0Main\0send\0ü\0\0".getBytes(StandardCharsets.UTF_8);

        assertThat(Arguments.recovered(new String[] {"send", "\ufffd\ufffd", ""}, line))
                .containsExactly("send", "ü", "");
    }

    @Test
    void otherWordsAreTakenAsTheyAre() {
        String[] args = {"send", "ü"};

        assertThat(Arguments.recovered(args)).isSameAs(args);
        assertThat(Arguments.recovered(args, new byte[0])).isSameAs(args);
    }
}
