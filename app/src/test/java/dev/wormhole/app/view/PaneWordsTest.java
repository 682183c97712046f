package dev.wormhole.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.workspace.PaneState;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ExitReason;

import org.junit.jupiter.api.Test;

class PaneWordsTest {

    @Test
    void aRunningProcessNeedsNoWords() {
        assertThat(PaneWords.of(new PaneState.Live(1), true)).isEmpty();
        assertThat(PaneWords.of(new PaneState.Opening(), true)).isEmpty();
    }

    @Test
    void anEndedProcessSaysHowAndWhatToDo() {
        var exited = new PaneState.Exited(3, null, ExitReason.EXITED, null);

        PaneWords said = PaneWords.of(exited, false).orElseThrow();

        assertThat(said.text()).contains("exit code 3");
        assertThat(said.hint()).isEqualTo("Press any key to start a new shell.");
        assertThat(said.tone()).isEqualTo(PaneWords.Tone.ENDED);
    }

    @Test
    void aFailedRestartSaysWhy() {
        var exited = new PaneState.Exited(0, null, ExitReason.EXITED, "No such directory.");

        PaneWords said = PaneWords.of(exited, true).orElseThrow();

        assertThat(said.text()).isEqualTo("No such directory.");
        assertThat(said.tone()).isEqualTo(PaneWords.Tone.BAD);
    }

    @Test
    void aLostConnectionIsSaidOnce() {
        assertThat(PaneWords.of(new PaneState.Offline(false), true)).isPresent();
        assertThat(PaneWords.of(new PaneState.Offline(false), false)).isEmpty();
    }

    @Test
    void aLostConnectionSaysWhatBecomesOfInput() {
        assertThat(PaneWords.of(new PaneState.Offline(false), true).orElseThrow().hint())
                .endsWith("not sent.");
        assertThat(PaneWords.of(new PaneState.Offline(true), true).orElseThrow().hint())
                .endsWith("sent when the connection is back.");
    }

    @Test
    void aRefusalIsSaidWithItsReason() {
        var refused = new PaneState.Refused(ErrorCode.LIMIT, "Too many viewers.");

        assertThat(PaneWords.of(refused, false).orElseThrow().text())
                .isEqualTo("Too many viewers.");
    }

    @Test
    void noKeyIsOfferedWhereATaskHasEnded() {
        var exited = new PaneState.Exited(2, null, ExitReason.EXITED, null);

        PaneWords said = PaneWords.ofTask(exited, true).orElseThrow();

        assertThat(said.text()).isEqualTo("Ended with exit code 2.");
        assertThat(said.hint()).isEmpty();
        assertThat(PaneWords.ofTask(new PaneState.Offline(false), true)).isPresent();
    }
}
