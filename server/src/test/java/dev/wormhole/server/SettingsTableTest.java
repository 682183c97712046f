package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class SettingsTableTest {

    @Test
    void thePageOfSettingsIsMadeFromTheTable() throws Exception {
        assertThat(Files.readString(Path.of("..", "docs", "settings.md")))
                .isEqualTo(SettingsTable.document());
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        assertThat(SettingsTable.readAll(Map.of("keys.zoom", "F11")))
                .containsEntry(SettingsTable.CHECKPOINT_INTERVAL, 250L)
                .containsEntry(SettingsTable.RING_ENTRIES, 10_000L);
    }

    @Test
    void everyProblemIsNamedInOneLine() {
        assertThatThrownBy(
                        () ->
                                SettingsTable.readAll(
                                        Map.of(
                                                "ring.bytes",
                                                "a lot",
                                                "checkpoint.interval",
                                                "1",
                                                "ring.byte",
                                                "5000")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "ring.bytes", "checkpoint.interval", "no setting is called ring.byte")
                .message()
                .doesNotContain("\n");
    }
}
