package dev.wormhole.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.RecoveredSession;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** What status says of a start that recovered something. */
class RecoveryWordsTest {

    private static final Instant NOW = Instant.ofEpochSecond(1000);

    private static RecoveredSession session(String name, String reason) {
        return new RecoveredSession(SessionId.random(), name, reason);
    }

    private static ServerMessage.Recovery report(
            List<RecoveredSession> reattached,
            List<RecoveredSession> recreated,
            List<RecoveredSession> lost) {
        return new ServerMessage.Recovery(
                NOW.minusSeconds(5).toEpochMilli(),
                reattached,
                recreated,
                List.of(session("done", null)),
                lost);
    }

    @Test
    void numbersComeFirstThenWhoIsWithoutAProcessAndWhatIsLostWithTheReasons() {
        var report =
                report(
                        List.of(session("a", null), session("b", null)),
                        List.of(session("work", "it ended"), session("mail\033[2J", "it ended")),
                        List.of(
                                session("old", "the store is older"),
                                new RecoveredSession(null, null, "3 of 4 blocks are damaged")));

        assertThat(RecoveryWords.lines(report, NOW))
                .hasSize(4)
                .first()
                .isEqualTo("at the start 5 s ago: 2 reattached, 2 recreated, 2 lost");
        assertThat(RecoveryWords.lines(report, NOW).get(1))
                .startsWith("recreated work, mail")
                .endsWith(": it ended")
                .doesNotContain("\033");
        assertThat(RecoveryWords.lines(report, NOW).subList(2, 4))
                .containsExactly(
                        "lost old: the store is older", "lost a part: 3 of 4 blocks are damaged");
    }

    @Test
    void manyNamesAreANumberAndScriptsGetThemAll() throws Exception {
        var many = Collections.nCopies(100, session("x", "it ended"));
        var report = report(List.of(), many, List.of());

        assertThat(RecoveryWords.lines(report, NOW).get(1)).endsWith("x and 92 more: it ended");
        JsonObject json = RecoveryWords.json(report);
        assertThat(json.objects("recreated")).hasSize(100);
        assertThat(json.fields())
                .containsOnlyKeys("at", "reattached", "recreated", "exited", "lost");
    }

    @Test
    void aStartThatRecoveredNothingIsNotMentioned() {
        assertThat(RecoveryWords.lines(report(List.of(), List.of(), List.of()), NOW)).isEmpty();
    }
}
