package dev.wormhole.client.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerUrlTest {

    @ParameterizedTest
    @CsvSource({
        "wss://Box.Example:7000, wss://box.example:7000/",
        "wss://box.example/, wss://box.example:443/",
        "ws://localhost:9000/, ws://localhost:9000/",
        "ws://127.1.2.3:9000, ws://127.1.2.3:9000/",
        "ws://[::1]:9000, ws://[::1]:9000/",
    })
    void anAddressHasOneSpelling(String written, String expected) throws UrlException {
        assertThat(ServerUrl.parse(written)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ws://box.example:7000, not encrypted",
        "ws://127.0.0.1.example:7000, not encrypted",
        "ws://10.0.0.1:7000, not encrypted",
        "http://localhost:1, wss://",
        "wss://box/path, leave out /path",
        "wss://box/?token=abc, token in a file",
        "wss://ada:abc@box/, token in a file",
        "wss://box/#abc, token in a file",
        "wss:///, no host",
        "wss://b x/, not an address",
        "wss://box:99999/, no port",
    })
    void everythingElseIsRefusedWithAReason(String written, String reason) {
        assertThatThrownBy(() -> ServerUrl.parse(written))
                .hasMessageContaining(reason)
                .hasMessageNotContaining("abc");
    }

    @Test
    void aNameIsNoAddress() {
        assertThat(ServerUrl.looksLikeUrl("box")).isFalse();
        assertThat(ServerUrl.looksLikeUrl("wss://box")).isTrue();
    }
}
