package dev.wormhole.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

class SessionRowTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_000_000_000);

    @Test
    void aRowSaysWhatRunsWhereHowLargeAndWhoLooks() {
        var row = new SessionRow(entry(1, "build", 0), false, NOW);

        assertThat(row.headline()).isEqualTo("build");
        assertThat(row.detail()).isEqualTo("make  ·  /src/app  ·  80×24  ·  2 viewers");
        assertThat(row.state()).isEqualTo("running");
    }

    @ParameterizedTest
    @CsvSource({
        "0, now",
        "4, now",
        "59, 59 s ago",
        "60, 1 min ago",
        "3600, 1 h ago",
        "86400, yesterday",
        "864000, 10 days ago",
        "-100, now",
    })
    void activityIsToldRoughly(int secondsAgo, String words) {
        assertThat(new SessionRow(entry(1, null, secondsAgo), false, NOW).activity())
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "build, true",
        "BUILD app, true",
        "00000000-0000-0000-0000-000000000001, true",
        "running, true",
        "build elsewhere, false",
    })
    void everyWordOfASearchHasToBeFound(String search, boolean isFound) {
        assertThat(new SessionRow(entry(1, "build", 0), false, NOW).matches(search))
                .isEqualTo(isFound);
    }

    @Test
    void sessionsThatNoPaneShowsComeFirstAndRowsKeepTheirPlace() {
        var order = new SessionOrder();
        Set<SessionId> shown = Set.of(id(1));

        assertThat(
                        numbers(
                                order,
                                List.of(entry(1, null, 0), entry(2, null, 50), entry(3, null, 9)),
                                shown))
                .containsExactly(3L, 2L, 1L);
        assertThat(
                        numbers(
                                order,
                                List.of(entry(1, null, 0), entry(2, null, 1), entry(4, null, 0)),
                                shown))
                .containsExactly(2L, 1L, 4L);
    }

    private static List<Long> numbers(
            SessionOrder order, List<SessionEntry> entries, Set<SessionId> shown) {
        return order.arrange(entries, shown::contains).stream()
                .map(entry -> entry.id().value().getLeastSignificantBits())
                .toList();
    }

    private static SessionId id(int number) {
        return new SessionId(new UUID(0, number));
    }

    private static SessionEntry entry(int number, String name, int secondsAgo) {
        return new SessionEntry(
                id(number),
                name,
                "/src/app",
                "make",
                0,
                NOW.minusSeconds(secondsAgo).toEpochMilli(),
                2,
                false,
                null,
                new TerminalSize(80, 24),
                1L,
                List.of(),
                SessionKind.SHELL);
    }
}
