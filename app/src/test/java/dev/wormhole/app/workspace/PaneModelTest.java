package dev.wormhole.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.TerminalSize;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaneModelTest {

    private final WorkspaceKit kit = new WorkspaceKit();
    private ScriptedServer.Attached attached;
    private PaneModel pane;

    @BeforeEach
    void onePane() {
        kit.running(1);
        attached = kit.server.attachment(1);
        pane = kit.pane(1);
    }

    @Test
    void anExitedPaneSaysHowItEnded() {
        attached.exit(3);

        assertThat(pane.state()).isEqualTo(new PaneState.Exited(3, null, ExitReason.EXITED, null));
        assertThat(((PaneState.Exited) pane.state()).sentence())
                .isEqualTo("Ended with exit code 3.");
    }

    @Test
    void aKeyInAnExitedPaneRespawnsOnceAndIsDeliveredAfterTheAnswer() {
        attached.exit(0);

        kit.type(pane, "l");
        kit.type(pane, "s");
        assertThat(pane.state()).isEqualTo(new PaneState.Respawning());
        assertThat(attached.respawns).hasSize(1);
        assertThat(attached.typed).isEmpty();

        attached.respawned(2);
        kit.type(pane, "\r");
        assertThat(pane.state()).isEqualTo(new PaneState.Live(2));
        assertThat(attached.typed).containsExactly("l", "s", "\r");
    }

    @Test
    void theStreamMayTellTheRespawnBeforeTheAnswerAndNothingIsTypedTwice() {
        attached.exit(0);
        kit.type(pane, "a");

        attached.sink.respawned(2);
        kit.fx.run();
        assertThat(attached.typed).containsExactly("a");

        attached.exit(1);
        attached.respawned(2);
        assertThat(attached.typed).containsExactly("a");
        assertThat(pane.state()).isInstanceOf(PaneState.Exited.class);
    }

    @Test
    void aRefusedRespawnSaysWhyAndTheNextKeyTriesAgain() {
        attached.exit(0);
        kit.type(pane, "a");

        attached.respawnFails(ErrorCode.SPAWN_FAILED, "no shell");
        assertThat(pane.state())
                .isEqualTo(new PaneState.Exited(0, null, ExitReason.EXITED, "no shell"));

        kit.type(pane, "b");
        attached.respawned(2);
        assertThat(attached.typed).containsExactly("b");
    }

    @Test
    void aMouseOrFocusReportIsNoKey() {
        attached.exit(0);

        kit.type(pane, "\u001b[<0;3;4M");
        kit.type(pane, "\u001b[M !!");
        kit.type(pane, "\u001b[I");
        assertThat(attached.respawns).isEmpty();

        kit.type(pane, "\u001b[A");
        assertThat(attached.respawns).hasSize(1);
    }

    @Test
    void whatIsTypedWhileOfflineIsDropped() {
        kit.server.isLost();

        kit.type(pane, "rm -rf /");
        assertThat(pane.state()).isEqualTo(new PaneState.Offline(false));

        attached.answer(false);
        kit.type(pane, "l");
        assertThat(attached.typed).containsExactly("l");
    }

    @Test
    void whatIsTypedWhileOfflineIsHandedOnWhereTheServerCountsIt() {
        attached.answerCounting();
        kit.server.isLost();

        kit.type(pane, "ls");

        assertThat(pane.state()).isEqualTo(new PaneState.Offline(true));
        assertThat(attached.typed).containsExactly("ls");
    }

    @Test
    void aDeadProcessGetsNothingFromWhatIsTypedWhileOffline() {
        attached.answerCounting();
        attached.exit(0);
        kit.server.isLost();

        kit.type(pane, "ls");

        assertThat(pane.state()).isEqualTo(new PaneState.Offline(false));
        assertThat(attached.typed).isEmpty();
    }

    @Test
    void aLargePasteIsSaidWhileItWaits() {
        attached.inputWaits(0, InputWatch.LARGE - 1);
        assertThat(pane.inputNoticeProperty().get()).isEqualTo(new InputNotice.Nothing());

        attached.inputWaits(3, InputWatch.LARGE);
        assertThat(pane.inputNoticeProperty().get())
                .isEqualTo(new InputNotice.Pasting(3, InputWatch.LARGE));

        attached.inputWaits(0, 0);
        assertThat(pane.inputNoticeProperty().get()).isEqualTo(new InputNotice.Nothing());
    }

    @Test
    void discardedInputIsSaidUntilItWasSeen() {
        attached.inputDiscarded(3);
        attached.inputDiscarded(4);
        attached.inputWaits(0, 0);
        assertThat(pane.inputNoticeProperty().get()).isEqualTo(new InputNotice.Discarded(7));

        pane.inputNoticeSeen();
        assertThat(pane.inputNoticeProperty().get()).isEqualTo(new InputNotice.Nothing());
    }

    @Test
    void anExitedPaneIsStillExitedAfterAReconnect() {
        attached.exit(7);
        PaneState before = pane.state();
        kit.server.isLost();

        attached.answer(true);

        assertThat(pane.state()).isEqualTo(before);
    }

    @Test
    void aRefusedPaneIsAttachedAgainByAKey() {
        attached.refuse(ErrorCode.CHANNELS_EXHAUSTED);
        assertThat(pane.state()).isInstanceOf(PaneState.Refused.class);

        kit.type(pane, "x");
        ScriptedServer.Attached again = kit.server.attachment(1);
        assertThat(again).isNotSameAs(attached);
        attached.answer(true);
        assertThat(pane.state()).isEqualTo(new PaneState.Opening());
        again.answer(false);

        assertThat(pane.state()).isEqualTo(new PaneState.Live(1));
        assertThat(again.typed).containsExactly("x");
    }

    @Test
    void aSessionMissingOnTheServerMakesThePaneAskForTheList() {
        attached.refuse(ErrorCode.NOT_FOUND);
        kit.server.sessions.clear();

        kit.server.answersList();

        assertThat(kit.tree()).isEqualTo("empty");
    }

    @Test
    void outputBeforeTheTerminalIsThereIsHandedOverInOrder() {
        attached.resync("snap");
        attached.output("one");
        attached.sink.size(new TerminalSize(70, 20));
        attached.output("two");
        var terminal = new ScriptedTerminal();

        pane.connect(terminal);
        attached.output("three");

        assertThat(terminal.told)
                .containsExactly("resync 80×24 snap", "one", "resize 70×20", "two", "three");
    }

    @Test
    void aNewSessionStartsAtItsSize() {
        kit.command(new WorkspaceCommand.SplitRight());
        kit.server.creates(5);
        var terminal = new ScriptedTerminal();

        kit.pane(2).connect(terminal);

        assertThat(terminal.told).containsExactly("resize 80×24");
    }

    @Test
    void onlyWhatComesAfterAResyncIsKeptOfWhatCameBefore() {
        attached.output("old");
        attached.resync("snap");
        var terminal = new ScriptedTerminal();

        pane.connect(terminal);

        assertThat(terminal.told).containsExactly("resync 80×24 snap");
    }

    @Test
    void aWindowThatHangsDropsOutputAndAsksForAResync() {
        ByteString block = ByteString.copyOf(new byte[1 << 20]);
        for (int i = 0; i < 20; i++) attached.sink.output(0, block);
        kit.fx.run();
        assertThat(attached.detached).isNotNull();

        attached.detached.complete(null);
        kit.fx.run();
        ScriptedServer.Attached again = kit.server.attachment(1);
        assertThat(again.respawn).isEqualTo(RespawnMode.NEVER);
        again.resync("snap");
        again.output("live");
        var terminal = new ScriptedTerminal();
        pane.connect(terminal);

        assertThat(terminal.told).containsExactly("resync 80×24 snap", "live");
    }

    @Test
    void theFirstWishIsAVoteAndTheSameAgainIsNone() {
        pane.wish(new TerminalSize(81, 21));
        assertThat(attached.votes).isEmpty();

        pane.wish(new TerminalSize(90, 30));
        pane.wish(new TerminalSize(90, 30));
        assertThat(attached.votes).containsExactly("90×30");
    }

    @Test
    void theListTellsHowASessionEndedBeforeThisWindowCame() {
        attached.answer(true);
        assertThat(((PaneState.Exited) pane.state()).sentence()).isEqualTo("Ended.");

        var entry = ScriptedServer.entry(1, "/");
        kit.server.changes(
                new SessionEntry(
                        entry.id(),
                        null,
                        "/",
                        null,
                        1,
                        1,
                        1,
                        true,
                        9,
                        entry.size(),
                        null,
                        entry.command(),
                        entry.kind()));

        assertThat(((PaneState.Exited) pane.state()).sentence())
                .isEqualTo("Ended with exit code 9.");
    }

    @Test
    void aSignalAndALostServerAreToldApart() {
        attached.sink.exited(
                new ServerMessage.Exit(
                        ScriptedServer.id(1), 0, 1, 0, null, "SIGKILL", ExitReason.SIGNAL));
        kit.fx.run();
        assertThat(((PaneState.Exited) pane.state()).sentence()).isEqualTo("Ended by SIGKILL.");

        attached.sink.exited(
                new ServerMessage.Exit(ScriptedServer.id(1), 0, 1, 0, null, null, ExitReason.LOST));
        kit.fx.run();
        assertThat(((PaneState.Exited) pane.state()).sentence())
                .isEqualTo("The process was lost with its server.");
    }
}
