package dev.wormhole.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.layout.Direction;
import dev.wormhole.app.layout.PaneId;
import dev.wormhole.app.layout.PanePath;
import dev.wormhole.client.link.RequestException;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletableFuture;

class WorkspaceTest {

    private final WorkspaceKit kit = new WorkspaceKit();
    private final ScriptedServer server = kit.server;
    private final Workspace workspace = kit.workspace;

    @Test
    void aSplitAppearsOnlyWhenItsSessionIsCreated() {
        kit.running(1);

        kit.command(new WorkspaceCommand.SplitRight());
        assertThat(kit.tree()).isEqualTo("1 focus 1");
        assertThat(workspace.pendingProperty().get()).isEqualTo(1);

        server.creates(5);
        assertThat(kit.tree()).isEqualTo("row(1 50%, 2 50%) focus 2");
        assertThat(workspace.pendingProperty().get()).isZero();
        assertThat(kit.pane(2).session()).isEqualTo(ScriptedServer.id(5));
        assertThat(kit.pane(2).state()).isEqualTo(new PaneState.Live(1));
    }

    @Test
    void splitsAskedForQuicklyComeInOrderAndTheSecondSplitsTheFirst() {
        kit.running(1);

        kit.command(new WorkspaceCommand.SplitRight());
        kit.command(new WorkspaceCommand.SplitDown());
        assertThat(server.creates).hasSize(1);
        server.creates(5);
        server.creates(6);

        assertThat(kit.tree()).isEqualTo("row(1 50%, column(2 50%, 3 50%) 50%) focus 3");
        assertThat(kit.pane(3).session()).isEqualTo(ScriptedServer.id(6));
    }

    @Test
    void aFocusMovedMeanwhileIsNotTakenAway() {
        kit.running(1, 2);

        kit.command(new WorkspaceCommand.SplitRight());
        workspace.focus(new PaneId(2));
        kit.command(new WorkspaceCommand.SplitDown());
        server.creates(5);
        assertThat(kit.focused().id()).isEqualTo(new PaneId(2));
        server.creates(6);

        assertThat(kit.tree()).isEqualTo("row(1 25%, 3 25%, column(2 50%, 4 50%) 50%) focus 4");
    }

    @Test
    void aSplitThatFailsAddsNoPaneAndTheNextGoesOn() {
        kit.running(1);
        kit.command(new WorkspaceCommand.SplitRight());
        kit.command(new WorkspaceCommand.SplitDown());

        server.createFails(ErrorCode.LIMIT, "1000 sessions are enough");

        assertThat(kit.notice()).isEqualTo("No new shell: 1000 sessions are enough");
        assertThat(kit.tree()).isEqualTo("1 focus 1");
        server.creates(6);
        assertThat(kit.tree()).isEqualTo("column(1 50%, 3 50%) focus 3");
    }

    @Test
    void aNewShellStartsInTheFocusedPanesDirectoryAtItsFutureSize() {
        kit.running(1);
        server.changes(ScriptedServer.entry(1, "/srv/www"));
        kit.pane(1).wish(new TerminalSize(101, 40));

        kit.command(new WorkspaceCommand.SplitRight());

        assertThat(server.creates.element().request().cwd()).isEqualTo("/srv/www");
        assertThat(server.creates.element().request().size()).isEqualTo(new TerminalSize(50, 40));
    }

    @Test
    void aShellThatIsNotToBeStoredIsAskedForAsSuchAndItsPaneSaysSo() {
        kit.running(1);

        kit.command(new WorkspaceCommand.NewUnstoredShell());
        assertThat(server.creates.element().request().isStored()).isFalse();
        server.creates(9);
        server.changes(unstored(ScriptedServer.entry(9, "/")));

        assertThat(kit.pane(1).storedProperty().get()).isTrue();
        assertThat(kit.pane(2).storedProperty().get()).isFalse();
        assertThat(workspace.sessions()).extracting(SessionEntry::isStored).contains(false);
    }

    private static SessionEntry unstored(SessionEntry entry) {
        return new SessionEntry(
                entry.id(),
                entry.name(),
                entry.cwd(),
                entry.title(),
                entry.createdAt(),
                entry.lastActiveAt(),
                entry.clientCount(),
                entry.isExited(),
                entry.exitCode(),
                entry.size(),
                entry.pid(),
                entry.command(),
                entry.kind(),
                false);
    }

    @Test
    void aShellWhoseDirectoryIsGoneStartsAtHome() {
        kit.running(1);
        kit.command(new WorkspaceCommand.SplitRight());

        server.createFails(ErrorCode.SPAWN_FAILED, "no such directory");

        assertThat(server.creates.element().request().cwd()).isNull();
        server.creates(5);
        assertThat(kit.tree()).isEqualTo("row(1 50%, 3 50%) focus 3");
        assertThat(kit.notice()).isEmpty();
    }

    @Test
    void aKeyThatRepeatsDoesNotMakeShellsWithoutEnd() {
        kit.running(1);

        for (int i = 0; i < 100; i++) kit.command(new WorkspaceCommand.SplitRight());

        assertThat(workspace.pendingProperty().get()).isEqualTo(PendingSplits.LIMIT);
    }

    @Test
    void aPaneWithoutRoomSaysSoAndAsksForNothing() {
        kit.running(1);
        for (int session = 10; session < 15; session++) {
            workspace.focus(new PaneId(1));
            kit.command(new WorkspaceCommand.SplitRight());
            server.creates(session);
        }
        workspace.focus(new PaneId(1));

        kit.command(new WorkspaceCommand.SplitRight());

        assertThat(server.creates).isEmpty();
        assertThat(kit.notice()).startsWith("No room");
        assertThat(workspace.pendingProperty().get()).isZero();
    }

    @Test
    void aCommandRunsInAPaneOfItsOwnInTheDirectoryItWasGivenAndNowhereElse() {
        kit.running(1);

        workspace.run(List.of("htop", "-d", "5"), "/srv");
        assertThat(server.creates.element().request().command()).containsExactly("htop", "-d", "5");
        assertThat(server.creates.element().request().cwd()).isEqualTo("/srv");
        server.createFails(ErrorCode.SPAWN_FAILED, "no such directory");

        assertThat(server.creates).isEmpty();
        assertThat(kit.notice()).isEqualTo("No new shell: no such directory");
        assertThat(kit.tree()).isEqualTo("1 focus 1");
    }

    @Test
    void closingAPaneDestroysItsSession() {
        kit.running(1, 2);

        kit.command(new WorkspaceCommand.Close());

        assertThat(server.destroys).containsExactly(ScriptedServer.id(1));
        assertThat(kit.tree()).isEqualTo("2 focus 2");
        assertThat(workspace.pane(new PaneId(1))).isEmpty();
    }

    @Test
    void aSessionThatCouldNotBeEndedIsSaidToRun() {
        kit.running(1);
        server.nextDestroy =
                CompletableFuture.failedFuture(
                        new RequestException(ErrorCode.STORE_FAILED, "disk full"));

        kit.command(new WorkspaceCommand.Close());

        assertThat(kit.notice()).isEqualTo("The session still runs: disk full");
    }

    @Test
    void withoutAConnectionNoPaneIsClosedButOneCanBeDetached() {
        kit.running(1, 2);
        server.isLost();

        kit.command(new WorkspaceCommand.Close());
        assertThat(kit.notice()).startsWith("Not connected");
        assertThat(server.destroys).isEmpty();
        assertThat(kit.tree()).isEqualTo("row(1 50%, 2 50%) focus 1");

        kit.command(new WorkspaceCommand.Detach());
        assertThat(kit.tree()).isEqualTo("2 focus 2");
    }

    @Test
    void detachingAPaneKeepsItsSession() {
        kit.running(1, 2);

        kit.command(new WorkspaceCommand.Detach());

        assertThat(server.destroys).isEmpty();
        assertThat(server.attachment(1).detached).isNotNull();
        assertThat(kit.tree()).isEqualTo("2 focus 2");
        assertThat(workspace.sessions()).extracting(SessionEntry::id).hasSize(2);
    }

    @Test
    void closingTheLastPaneLeavesAnEmptyWindowThatANewShellFills() {
        kit.running(1);

        kit.command(new WorkspaceCommand.Close());
        assertThat(kit.tree()).isEqualTo("empty");
        assertThat(workspace.focusedProperty().get()).isEmpty();
        assertThat(server.creates).isEmpty();

        kit.command(new WorkspaceCommand.NewShell());
        server.creates(9);
        assertThat(kit.tree()).isEqualTo("2 focus 2");
    }

    @Test
    void aSessionDestroyedElsewhereTakesItsPaneAlong() {
        kit.running(1, 2);

        server.loses(1);

        assertThat(kit.tree()).isEqualTo("2 focus 2");
        assertThat(workspace.sessions()).extracting(SessionEntry::id).hasSize(1);
    }

    @Test
    void openingASessionThatIsShownMovesTheFocus() {
        kit.running(1, 2);

        workspace.open(ScriptedServer.id(2));

        assertThat(kit.focused().id()).isEqualTo(new PaneId(2));
        assertThat(server.attached).hasSize(2);
    }

    @Test
    void openingASessionThatNoPaneShowsAttachesItBesideTheFocus() {
        server.has(7);
        kit.running(1);

        workspace.open(ScriptedServer.id(7));

        assertThat(kit.tree()).isEqualTo("row(1 50%, 2 50%) focus 2");
        assertThat(server.attachment(7).respawn).isEqualTo(RespawnMode.AUTO);
        assertThat(kit.pane(2).cwdProperty().get()).isEqualTo("/home/7");
    }

    @Test
    void aZoomedPaneHidesTheOthersWhichThenHaveNoVote() {
        kit.running(1, 2);
        server.attached.forEach(attached -> attached.votes.clear());

        kit.command(new WorkspaceCommand.Zoom());
        assertThat(workspace.zoomedProperty().get()).contains(new PaneId(1));
        assertThat(kit.pane(1).shownProperty().get()).isTrue();
        assertThat(kit.pane(2).shownProperty().get()).isFalse();
        assertThat(server.attachment(2).votes).containsExactly("null");
        kit.pane(2).wish(new TerminalSize(30, 10));
        assertThat(server.attachment(2).votes).containsExactly("null");

        kit.command(new WorkspaceCommand.Zoom());
        assertThat(workspace.zoomedProperty().get()).isEmpty();
        assertThat(server.attachment(2).votes).containsExactly("null", "30×10");
        assertThat(server.attachment(1).votes).isEmpty();
    }

    @Test
    void zoomEndsWhenAnotherPaneGetsTheFocusOrAppearsOrTheZoomedOneGoes() {
        kit.running(1, 2);

        kit.command(new WorkspaceCommand.Zoom());
        kit.command(new WorkspaceCommand.FocusDirection(Direction.RIGHT));
        assertThat(workspace.zoomedProperty().get()).isEmpty();
        assertThat(kit.focused().id()).isEqualTo(new PaneId(2));

        kit.command(new WorkspaceCommand.Zoom());
        kit.command(new WorkspaceCommand.SplitDown());
        server.creates(5);
        assertThat(workspace.zoomedProperty().get()).isEmpty();

        kit.command(new WorkspaceCommand.Zoom());
        kit.command(new WorkspaceCommand.Close());
        assertThat(workspace.zoomedProperty().get()).isEmpty();
        assertThat(kit.pane(1).shownProperty().get()).isTrue();
    }

    @Test
    void focusDividersAndPlacesFollowCommands() {
        kit.running(1, 2);

        kit.command(new WorkspaceCommand.FocusNext(true));
        assertThat(kit.tree()).isEqualTo("row(1 50%, 2 50%) focus 2");
        kit.command(new WorkspaceCommand.MoveDivider(Direction.LEFT));
        assertThat(kit.tree()).isEqualTo("row(1 47%, 2 53%) focus 2");
        kit.command(new WorkspaceCommand.Swap(Direction.LEFT));
        assertThat(kit.tree()).isEqualTo("row(2 47%, 1 53%) focus 2");
        workspace.moveDivider(PanePath.ROOT, 0, 0.25);
        assertThat(kit.tree()).isEqualTo("row(2 25%, 1 75%) focus 2");
    }

    @Test
    void renamingReachesTheServerAndEveryPlaceThatShowsTheName() {
        kit.running(1);

        assertThat(workspace.rename(ScriptedServer.id(1), "build")).isNotNull();
        assertThat(server.renames).containsEntry(ScriptedServer.id(1), "build");
        server.renames(1, "build");

        assertThat(kit.pane(1).titleProperty().get()).isEqualTo("build");
        assertThat(workspace.sessions().getFirst().name()).isEqualTo("build");
    }

    @Test
    void aNameThatCannotBeOneIsRefusedBeforeItIsSent() {
        kit.running(1);

        assertThat(workspace.rename(ScriptedServer.id(1), " ")).isCompletedExceptionally();
        assertThat(server.renames).isEmpty();
    }

    @Test
    void thePanesTitleIsTheNameElseTheProgramsElseTheDirectory() {
        kit.running(1);
        PaneModel pane = kit.pane(1);

        assertThat(pane.titleProperty().get()).isEqualTo("1");
        SessionEntry entry = ScriptedServer.entry(1, "/");
        server.changes(titled(entry, "vim"));
        assertThat(pane.titleProperty().get()).isEqualTo("vim");
        server.renames(1, "build");
        assertThat(pane.titleProperty().get()).isEqualTo("build");
    }

    @Test
    void aBellElsewhereAsksForAttentionUntilThePaneIsFocused() {
        kit.running(1, 2);

        server.attachment(1).sink.event(new Happening.Bell());
        server.attachment(2).sink.event(new Happening.Bell());
        kit.fx.run();
        assertThat(kit.pane(1).attentionProperty().get()).isFalse();
        assertThat(kit.pane(2).attentionProperty().get()).isTrue();

        workspace.focus(new PaneId(2));
        assertThat(kit.pane(2).attentionProperty().get()).isFalse();
    }

    @Test
    void aClosedWorkspaceHearsNothingMore() {
        kit.running(1);
        kit.command(new WorkspaceCommand.SplitRight());

        assertThat(workspace.close()).isCompleted();
        assertThat(server.isClosed).isTrue();
        server.creates(5);
        server.isLost();
        kit.command(new WorkspaceCommand.SplitRight());

        assertThat(kit.tree()).isEqualTo("1 focus 1");
        assertThat(server.creates).isEmpty();
    }

    @Test
    void anImpatientPersonSkipsTheWait() {
        kit.running(1);
        server.isLost();

        kit.command(new WorkspaceCommand.Reconnect());

        assertThat(server.retries).isEqualTo(1);
    }

    @Test
    void anUnknownSessionCanBeLookedFor() {
        kit.running(1);

        assertThat(workspace.paneOf(SessionId.random())).isEmpty();
        assertThat(workspace.paneOf(ScriptedServer.id(1))).contains(kit.pane(1));
    }

    private static SessionEntry titled(SessionEntry entry, String title) {
        return new SessionEntry(
                entry.id(),
                entry.name(),
                entry.cwd(),
                title,
                entry.createdAt(),
                entry.lastActiveAt(),
                entry.clientCount(),
                entry.isExited(),
                entry.exitCode(),
                entry.size(),
                entry.pid(),
                entry.command(),
                entry.kind());
    }
}
