package dev.wormhole.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.layout.LayoutDocument;
import dev.wormhole.app.layout.PaneId;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;

import org.junit.jupiter.api.Test;

class RestoreTest {

    private final WorkspaceKit kit = new WorkspaceKit();
    private final ScriptedServer server = kit.server;
    private final Workspace workspace = kit.workspace;

    @Test
    void theStoredLayoutIsShownAndAttachedAtOnceWithItsSizes() {
        kit.stored(1, 2, 3);

        workspace.start();

        assertThat(kit.tree()).isEqualTo("row(1 50%, column(2 50%, 3 50%) 50%) focus 1");
        assertThat(server.attached).hasSize(3);
        assertThat(server.attachment(2).size).isEqualTo(new TerminalSize(82, 22));
        assertThat(server.attachment(2).respawn)
                .as("a shell that had ended stays so")
                .isEqualTo(RespawnMode.LOST);
        assertThat(kit.pane(2).state()).isEqualTo(new PaneState.Opening());
        assertThat(server.lists).isEmpty();
    }

    @Test
    void panesWhoseSessionIsGoneAreRemovedWhenTheListArrivesAndNotBefore() {
        kit.stored(1, 2, 3);
        server.has(1, 3);
        workspace.start();

        server.connects();
        server.attachment(2).refuse(ErrorCode.NOT_FOUND);
        assertThat(workspace.pane(new PaneId(2))).isPresent();

        server.answersList();
        assertThat(kit.tree()).isEqualTo("row(1 50%, 3 50%) focus 1");
        assertThat(kit.notice()).isEqualTo("A pane was removed: its session is gone.");
    }

    @Test
    void withoutALayoutTheServersSessionsAreTiled() {
        server.has(4, 5, 6);

        workspace.start();
        server.connectsAndLists();

        assertThat(kit.tree()).isEqualTo("row(1 50%, column(2 50%, 3 50%) 50%) focus 1");
        assertThat(kit.pane(1).session()).isEqualTo(ScriptedServer.id(4));
        assertThat(server.attached).hasSize(3);
        assertThat(server.creates).isEmpty();
    }

    @Test
    void ofManySessionsTheMostRecentlyUsedAreTiled() {
        for (int session = 1; session <= 20; session++) server.has(session);

        workspace.start();
        server.connectsAndLists();

        assertThat(workspace.panes()).hasSize(Restorer.MOST_TILED);
        assertThat(kit.pane(1).session()).isEqualTo(ScriptedServer.id(12));
        assertThat(kit.notice()).isEqualTo("The session list has 11 more.");
    }

    @Test
    void withNothingAtAllOneShellIsMadeAtOnce() {
        workspace.start();
        assertThat(workspace.settledProperty().get()).isFalse();

        server.connectsAndLists();
        assertThat(workspace.settledProperty().get()).isTrue();
        server.creates(1);

        assertThat(kit.tree()).isEqualTo("1 focus 1");
        assertThat(server.creates).isEmpty();
    }

    @Test
    void aListThatNeverCameIsAskedForOnTheNextConnection() {
        workspace.start();
        server.connects();
        server.lists.remove().completeExceptionally(new IllegalStateException("lost"));
        server.isLost();

        server.connectsAndLists();

        assertThat(server.creates).hasSize(1);
    }

    @Test
    void onReconnectNothingIsAddedOrRemovedButPanesWhoseSessionIsGone() {
        kit.running(1, 2);
        server.isLost();
        assertThat(kit.pane(1).state()).isEqualTo(new PaneState.Offline(false));
        server.has(8, 9);
        server.sessions.remove(ScriptedServer.id(2));

        server.connectsAndLists();
        server.attachment(1).answer(false);

        assertThat(kit.tree()).isEqualTo("1 focus 1");
        assertThat(kit.pane(1).state()).isEqualTo(new PaneState.Live(1));
        assertThat(server.creates).isEmpty();
        assertThat(server.attached).hasSize(2);
        assertThat(workspace.sessions()).hasSize(3);
    }

    @Test
    void aServerThatLostEverythingLeavesAnEmptyWindowOnReconnect() {
        kit.running(1, 2);
        server.isLost();
        server.sessions.clear();

        server.connectsAndLists();

        assertThat(kit.tree()).isEqualTo("empty");
        assertThat(server.creates).isEmpty();
    }

    @Test
    void hiddenPanesOfAZoomedLayoutAttachWithoutAVote() {
        kit.stored(1, 2);
        var stored = (LayoutDocument.Reading.Restored) LayoutDocument.read(storedJson());
        LayoutDocument zoomed =
                new LayoutDocument(
                        stored.document().tree(), stored.document().places(), new PaneId(2));
        kit.layouts.stored.put(WorkspaceKit.HOST, zoomed.toJson());

        workspace.start();

        assertThat(server.attachment(1).size).isNull();
        assertThat(server.attachment(2).size).isEqualTo(new TerminalSize(82, 22));
        assertThat(workspace.zoomedProperty().get()).contains(new PaneId(2));
    }

    @Test
    void aDamagedLayoutIsSetAsideAndBuiltAnew() throws JsonException {
        Json damaged = Json.parse("{\"version\":1,\"tree\":[]}");
        kit.layouts.stored.put(WorkspaceKit.HOST, damaged);
        server.has(4);

        workspace.start();
        server.connectsAndLists();

        assertThat(kit.layouts.setAside).containsExactly(damaged);
        assertThat(kit.notice()).contains("set aside");
        assertThat(kit.tree()).isEqualTo("1 focus 1");
    }

    @Test
    void aLayoutOfAnotherVersionIsSetAside() throws JsonException {
        kit.layouts.stored.put(WorkspaceKit.HOST, Json.parse("{\"version\":99}"));

        workspace.start();

        assertThat(kit.layouts.setAside).hasSize(1);
        assertThat(kit.notice()).contains("version 99");
    }

    @Test
    void whatWasSavedIsShownByTheNextWindow() {
        kit.running(1, 2);
        kit.command(new WorkspaceCommand.SplitDown());
        server.creates(5);
        kit.pane(3).wish(new TerminalSize(33, 11));
        workspace.focus(new PaneId(2));
        assertThat(workspace.close()).isCompleted();

        var next = new WorkspaceKit();
        next.layouts.stored.putAll(kit.layouts.stored);
        next.workspace.start();

        assertThat(next.tree()).isEqualTo(kit.tree());
        assertThat(next.pane(3).session()).isEqualTo(ScriptedServer.id(5));
        assertThat(next.server.attachment(5).size).isEqualTo(new TerminalSize(33, 11));
    }

    private Json storedJson() {
        return kit.layouts.load(WorkspaceKit.HOST).orElseThrow();
    }
}
