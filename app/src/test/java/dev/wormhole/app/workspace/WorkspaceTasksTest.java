package dev.wormhole.app.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.layout.PaneId;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TerminalSize;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletableFuture;

class WorkspaceTasksTest {

    private static final TaskEntry BUILD = ScriptedTasks.running(70, "build");

    private final WorkspaceKit kit = new WorkspaceKit();
    private final ScriptedServer server = kit.server;
    private final Workspace workspace = kit.workspace;
    private final WorkspaceTasks tasks = workspace.tasks();

    private int unseen() {
        return tasks.unseenProperty().get();
    }

    private TaskEntry start() {
        CompletableFuture<TaskEntry> made =
                tasks.start("/srv", "build", TaskWords.words("make"), 5000L);
        kit.fx.run();
        return made.join();
    }

    @Test
    void aTaskThatIsStartedOpensInAPaneBesideTheFocusedOne() {
        kit.running(1);

        TaskEntry made = start();

        assertThat(server.tasks.started.getFirst().command()).containsExactly("sh", "-c", "make");
        assertThat(server.tasks.started.getFirst().timeLimit()).isEqualTo(5000L);
        assertThat(tasks.active()).containsExactly(made);
        assertThat(kit.tree()).isEqualTo("row(1 50%, 2 50%) focus 2");
        assertThat(kit.pane(2).session()).isEqualTo(made.id());
        assertThat(kit.pane(2).titleProperty().get()).isEqualTo("build");
        assertThat(server.attachment(made.id()).respawn).isEqualTo(RespawnMode.NEVER);
    }

    @Test
    void aTaskThatIsRefusedOpensNothing() {
        kit.running(1);
        server.tasks.refusal = "no such directory: /nowhere";

        CompletableFuture<TaskEntry> made = tasks.start("/nowhere", "", List.of("x"), null);
        kit.fx.run();

        assertThat(made).isCompletedExceptionally();
        assertThat(kit.tree()).isEqualTo("1 focus 1");
    }

    @Test
    void nothingThatIsTypedIntoAnEndedTasksPaneStartsIt() {
        kit.running(1);
        TaskEntry made = start();
        server.attachment(made.id()).answer(false);
        server.attachment(made.id()).exit(2);
        server.tasks.changes(ScriptedTasks.over(made, TaskReason.EXITED, 2));

        kit.type(kit.pane(2), "x");

        assertThat(server.attachment(made.id()).respawns).isEmpty();
        assertThat(kit.pane(2).state()).isInstanceOf(PaneState.Exited.class);
        assertThat(kit.pane(2).taskProperty().get().orElseThrow().exitCode()).isEqualTo(2);
    }

    @Test
    void closingTheFocusedPaneOfARunningTaskDetachesItAndSaysSo() {
        kit.running(1);
        TaskEntry made = start();
        ScriptedServer.Attached attachment = server.attachment(made.id());
        attachment.answer(false);

        kit.command(new WorkspaceCommand.Close());

        assertThat(kit.tree()).isEqualTo("1 focus 1");
        assertThat(attachment.detached).isNotNull();
        assertThat(server.destroys).isEmpty();
        assertThat(tasks.active()).containsExactly(made);
        assertThat(kit.notice()).contains("goes on");
    }

    @Test
    void closingThePaneOfAnEndedTaskKeepsItsHistory() {
        kit.running(1);
        TaskEntry made = start();
        server.attachment(made.id()).answer(false);
        server.attachment(made.id()).exit(0);
        server.tasks.changes(ScriptedTasks.completed(made));

        kit.command(new WorkspaceCommand.Close());

        assertThat(kit.tree()).isEqualTo("1 focus 1");
        assertThat(server.destroys).isEmpty();
        assertThat(tasks.recent()).extracting(TaskEntry::id).containsExactly(made.id());
        assertThat(kit.notice()).isEmpty();
    }

    @Test
    void aPaneOfAnEndedTaskStaysThoughNoListOfSessionsHasIt() {
        kit.stored(1, 70);
        server.has(1);
        server.tasks.put(ScriptedTasks.completed(BUILD));
        workspace.start();

        server.connectsAndLists();
        server.attachment(70).answer(true);

        assertThat(workspace.panes()).containsKey(new PaneId(70));
        assertThat(kit.pane(70).isTask()).isTrue();
        assertThat(kit.notice()).isEmpty();
    }

    @Test
    void aPaneOfATaskThatWasRemovedGoes() {
        kit.running(1);
        TaskEntry made = start();

        server.tasks.remove(made.id());
        server.connectsAndLists();

        assertThat(kit.tree()).isEqualTo("1 focus 1");
        assertThat(tasks.active()).isEmpty();
    }

    @Test
    void aWindowWithoutALayoutOpensNoPanesOfTasks() {
        SessionEntry entry = task(70);
        server.sessions.put(entry.id(), entry);
        server.tasks.put(BUILD);
        workspace.start();

        server.connectsAndLists();
        server.creates(5);

        assertThat(workspace.panes().values())
                .extracting(PaneModel::session)
                .containsExactly(ScriptedServer.id(5));
    }

    private static SessionEntry task(int number) {
        return new SessionEntry(
                ScriptedServer.id(number),
                null,
                "/srv",
                null,
                1,
                1,
                0,
                false,
                null,
                new TerminalSize(80, 24),
                1L,
                List.of("make"),
                SessionKind.TASK);
    }

    @Test
    void whatEndsUnseenIsToldOnceAndCountsUntilItIsLookedAt() {
        kit.running(1);
        server.tasks.changes(BUILD);

        server.tasks.changes(ScriptedTasks.over(BUILD, TaskReason.EXITED, 2));

        Notice notice = workspace.noticeProperty().get().orElseThrow();
        assertThat(notice.text()).isEqualTo("build: failed: exit status 2 · 12 s");
        assertThat(notice.kind()).isEqualTo(Notice.Kind.FAILURE);
        assertThat(notice.session()).isEqualTo(BUILD.id());
        assertThat(unseen()).isEqualTo(1);

        tasks.looked();
        assertThat(unseen()).isZero();
    }

    @Test
    void whatEndsBeforeOnesEyesIsNotTold() {
        kit.running(1);
        TaskEntry made = start();

        server.tasks.changes(ScriptedTasks.completed(made));

        assertThat(kit.notice()).isEmpty();
        assertThat(unseen()).isZero();
    }

    @Test
    void whatEndsWhileThePersonIsElsewhereCountsUntilThePersonIsBack() {
        kit.running(1);
        TaskEntry made = start();
        workspace.watched(false);

        server.tasks.changes(ScriptedTasks.completed(made));
        assertThat(unseen()).isEqualTo(1);

        workspace.watched(true);
        assertThat(unseen()).isZero();
    }

    @Test
    void goingToThePaneOfWhatHasEndedIsLookingAtIt() {
        kit.running(1);
        TaskEntry made = start();
        workspace.focus(new PaneId(1));
        server.tasks.changes(ScriptedTasks.completed(made));
        assertThat(unseen()).isEqualTo(1);

        workspace.open(made.id());

        assertThat(kit.focused().session()).isEqualTo(made.id());
        assertThat(unseen()).isZero();
    }

    @Test
    void whatEndedWithoutAConnectionIsRecentAndToldWhenItIsBack() {
        kit.running(1);
        server.tasks.changes(BUILD);
        server.isLost();
        server.tasks.put(ScriptedTasks.completed(BUILD));
        assertThat(tasks.active()).hasSize(1);

        server.connectsAndLists();

        assertThat(tasks.active()).isEmpty();
        assertThat(tasks.recent()).extracting(TaskEntry::id).containsExactly(BUILD.id());
        assertThat(unseen()).isEqualTo(1);
    }

    @Test
    void runningAgainTakesThePlaceOfThePaneThatHasEnded() {
        kit.running(1);
        TaskEntry made = start();
        server.attachment(made.id()).answer(false);
        server.attachment(made.id()).exit(1);
        workspace.focus(new PaneId(1));

        tasks.rerun(made.id());
        kit.fx.run();

        SessionId again = server.tasks.newest().id();
        assertThat(server.tasks.newest().predecessor()).isEqualTo(made.id());
        assertThat(kit.tree()).isEqualTo("row(1 50%, 3 50%) focus 3");
        assertThat(kit.focused().session()).isEqualTo(again);
        assertThat(server.attachment(made.id()).detached).isNotNull();
    }

    @Test
    void runningAgainWhatStillRunsOpensAPaneOfItsOwn() {
        kit.running(1);
        TaskEntry made = start();
        server.attachment(made.id()).answer(false);

        tasks.rerun(made.id());
        kit.fx.run();

        assertThat(workspace.panes()).hasSize(3);
    }

    @Test
    void whatIsRemovedIsGoneFromTheListAndFromTheWindow() {
        kit.running(1);
        TaskEntry made = start();

        workspace.destroy(made.id());
        server.loses(made.id());

        assertThat(tasks.find(made.id())).isEmpty();
        assertThat(kit.tree()).isEqualTo("1 focus 1");
    }

    @Test
    void aServerWithoutTasksSaysWhyThereAreNone() {
        assertThat(tasks.refusal().orElseThrow()).contains("Not connected");
        server.tasks.areKnown = false;

        kit.running(1);
        assertThat(tasks.refusal().orElseThrow()).contains("older");

        server.tasks.areKnown = true;
        server.connectsAndLists();
        assertThat(tasks.refusal()).isEmpty();
    }

    @Test
    void aTaskThatCannotBeAttachedSaysWhy() {
        kit.running(1);
        TaskEntry made = start();

        server.attachment(made.id()).refuse(ErrorCode.LIMIT);

        assertThat(kit.pane(2).state()).isInstanceOf(PaneState.Refused.class);
    }
}
