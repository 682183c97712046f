package dev.wormhole.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.StoreProblem;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class StoreWordsTest {

    private static final Instant NOW = Instant.ofEpochSecond(10_000);

    @Test
    void whatIsWrongAndWhatACrashWouldLoseIsOneLine() {
        assertThat(StoreWords.trouble(state(StoreProblem.LOCKED, 2, 9_815_000L), NOW))
                .isEqualTo(
                        "nothing is stored for 3 min 0 s: It is locked. End that program. A crash"
                                + " would lose output of 2 sessions, the oldest 3 min 5 s old.");
    }

    @Test
    void onAFullDiskNamesAreStoredAndOutputIsNot() {
        assertThat(StoreWords.trouble(state(StoreProblem.FULL, 0, null), NOW))
                .startsWith("output is not stored for 3 min 0 s:")
                .endsWith("A crash now would lose nothing.");
    }

    @Test
    void aStoreThatWorksSaysWhenItLastDid() {
        assertThat(StoreWords.trouble(state(null, 0, null), NOW)).isNull();
        assertThat(StoreWords.line(state(null, 0, null), NOW))
                .isEqualTo("works; stored last 1 s ago");
    }

    @Test
    void scriptsReadTheFieldsOfTheWire() {
        assertThat(StoreWords.json(state(StoreProblem.FULL, 1, 5L)).toText())
                .startsWith("{\"problem\":\"full\",\"since\":9820000,")
                .contains("\"oldestAt\":5", "\"report\":null")
                .doesNotContain("type");
    }

    private static ServerMessage.StoreState state(
            StoreProblem problem, int sessions, Long oldestAt) {
        return new ServerMessage.StoreState(
                problem,
                problem == null ? null : 9_820_000L,
                problem == null ? null : "It is locked. End that program.",
                sessions,
                oldestAt,
                9_999_000L,
                true,
                List.of(),
                null,
                null,
                null);
    }
}
