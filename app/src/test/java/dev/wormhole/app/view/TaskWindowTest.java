package dev.wormhole.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.app.dialog.FileChoice;
import dev.wormhole.app.dialog.PanelLayer;
import dev.wormhole.app.dialog.RunTaskPanel;
import dev.wormhole.app.dialog.TaskListPanel;
import dev.wormhole.app.fx.FxThread;
import dev.wormhole.app.workspace.KeyBindings;
import dev.wormhole.app.workspace.LayoutSaver;
import dev.wormhole.app.workspace.ScriptedTasks;
import dev.wormhole.app.workspace.Workspace;
import dev.wormhole.app.workspace.WorkspaceCommand;
import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.client.link.LinkState;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;

import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tasks from end to end of the window, on a server that does everything at once. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // TestFX calls the start method first.
class TaskWindowTest {

    private final List<FakeSurface> surfaces = new CopyOnWriteArrayList<>();
    private FakeServer server;
    private Workspace workspace;
    private WindowView window;
    private PanelLayer panels;
    private StackPane root;

    @Start
    void show(Stage stage) {
        var saver = LayoutSaver.start(new WindowDemo.NoLayouts(), _ -> {});
        workspace =
                new Workspace(
                        "local",
                        listener -> {
                            server = new FakeServer(listener);
                            return server;
                        },
                        saver,
                        FxThread::later);
        workspace.start();
        window =
                new WindowView(
                        new SimpleObjectProperty<>(workspace),
                        (theme, listener) -> {
                            var surface = new FakeSurface(theme, listener);
                            surfaces.add(surface);
                            return surface;
                        },
                        new Appearance(),
                        KeyBindings.defaults(),
                        new Actions());
        panels = new PanelLayer(window::focusTerminal);
        root = new StackPane(window, panels);
        stage.setScene(new Scene(root, 1200, 800));
        stage.show();
    }

    @AfterEach
    void close() {
        WaitForAsyncUtils.waitForAsyncFx(
                5000,
                () -> {
                    panels.dismiss();
                    window.dispose();
                    workspace.close();
                });
    }

    private static void awaitFx(Callable<Boolean> fact) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> WaitForAsyncUtils.waitForAsyncFx(5000, fact));
    }

    private void awaitPanes(int count) {
        awaitFx(() -> workspace.panes().size() == count && surfaces.size() >= count);
    }

    private boolean isSeen(String selector) {
        return root.lookupAll(selector).stream().anyMatch(TaskWindowTest::isSeen);
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) if (!at.isVisible()) return false;
        return true;
    }

    /** Whether a label of this style says these words. */
    private boolean says(String selector, String words) {
        return root.lookupAll(selector).stream()
                .filter(TaskWindowTest::isSeen)
                .filter(Labeled.class::isInstance)
                .anyMatch(node -> ((Labeled) node).getText().contains(words));
    }

    private void chord(FxRobot robot, KeyCode key) {
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT, key);
        robot.release(key, KeyCode.SHIFT, KeyCode.CONTROL);
    }

    private TaskEntry run(FxRobot robot, String command) {
        chord(robot, KeyCode.T);
        awaitFx(() -> isSeen("#run-task-panel"));
        robot.write(command).type(KeyCode.ENTER);
        awaitFx(() -> !panels.isShowing());
        return server.tasks.newest();
    }

    private FakeServer.Shell process(SessionId id) {
        return server.shells.stream().filter(each -> each.id.equals(id)).findFirst().orElseThrow();
    }

    private void end(TaskEntry entry, int code) {
        process(entry.id()).exit(code);
        server.tasks.changes(
                code == 0
                        ? ScriptedTasks.completed(entry)
                        : ScriptedTasks.over(entry, TaskReason.EXITED, code));
    }

    @Test
    void aTaskIsRunSeenTerminatedAndFoundAgainAfterAReconnect(FxRobot robot) {
        awaitPanes(1);
        TaskEntry made = run(robot, "make test");
        awaitPanes(2);
        assertThat(made.repo()).isEqualTo("/home");
        awaitFx(() -> surfaces.getLast().node().isFocused());

        chord(robot, KeyCode.J);
        awaitFx(() -> says(".task-state", "running"));
        robot.clickOn(".task-terminate");
        assertThat(server.tasks.terminated).isEmpty();
        robot.clickOn(".task-terminate-really");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.tasks.terminated.equals(List.of(made.id())));
        awaitFx(() -> says(".task-state", "terminated"));

        var problem = new LinkProblem(LinkProblem.Kind.UNREACHABLE, "gone");
        server.say(new LinkState.Reconnecting(1, Duration.ofSeconds(1), problem));
        server.say(new LinkState.Connected("fake"));
        awaitFx(() -> workspace.linkStateProperty().get() instanceof LinkState.Connected);
        awaitFx(() -> says(".wh-caption", "Recent") && says(".task-state", "terminated"));
        assertThat(says(".wh-caption", "Active")).isFalse();
    }

    @Test
    void anEndedTasksPaneSaysHowItEndedAndOffersToRunItAgainButNoShell(FxRobot robot) {
        awaitPanes(1);
        TaskEntry made = run(robot, "make test");
        awaitPanes(2);
        end(made, 2);

        awaitFx(() -> says(".wh-task-strip .outcome", "failed: exit status 2 · 12 s"));
        assertThat(says(".wh-strip .label", "Press any key")).isFalse();
        assertThat(surfaces.getLast().covered).isPositive();
        robot.write("x");

        robot.clickOn(".task-again");
        awaitFx(() -> !server.tasks.newest().id().equals(made.id()));
        SessionId again = server.tasks.newest().id();
        awaitFx(() -> workspace.paneOf(again).isPresent());
        assertThat(workspace.panes()).hasSize(2);
        assertThat(workspace.paneOf(made.id())).isEmpty();
        assertThat(process(made.id()).typed).isEmpty();
        assertThat(server.tasks.has(made.id())).isTrue();
    }

    @Test
    void aTaskThatEndsUnseenIsToldQuietlyAndAClickOpensIt(FxRobot robot) {
        awaitPanes(1);
        TaskEntry build = ScriptedTasks.running(70, "build");
        server.tasks.changes(build);
        server.tasks.changes(ScriptedTasks.over(build, TaskReason.EXITED, 2));

        awaitFx(() -> says(".wh-toast .label", "build: failed: exit status 2"));
        awaitFx(() -> says("#tasks-unseen", "1"));

        robot.clickOn("#toast-open");
        awaitFx(() -> workspace.paneOf(build.id()).isPresent());
        awaitFx(() -> !isSeen("#tasks-unseen"));
        assertThat(isSeen(".wh-toast")).isFalse();
    }

    @Test
    void theCountGoesWhenTheListIsLookedAt(FxRobot robot) {
        awaitPanes(1);
        TaskEntry build = ScriptedTasks.running(70, "build");
        server.tasks.changes(build);
        server.tasks.changes(ScriptedTasks.completed(build));
        awaitFx(() -> says("#tasks-unseen", "1"));

        robot.clickOn("#show-tasks");

        awaitFx(() -> isSeen("#task-panel") && !isSeen("#tasks-unseen"));
    }

    @Test
    void whatEndsInTheFocusedPaneIsNotToldTwice(FxRobot robot) {
        awaitPanes(1);
        TaskEntry made = run(robot, "true");
        awaitPanes(2);
        end(made, 0);

        awaitFx(() -> says(".wh-task-strip .outcome", "completed"));
        assertThat(isSeen(".wh-toast")).isFalse();
        assertThat(isSeen("#tasks-unseen")).isFalse();
    }

    @Test
    void closingARunningTasksPaneKeepsTheTaskAndSaysSo(FxRobot robot) {
        awaitPanes(1);
        TaskEntry made = run(robot, "make");
        awaitPanes(2);

        chord(robot, KeyCode.W);

        awaitFx(() -> workspace.panes().size() == 1);
        awaitFx(() -> says(".wh-toast .label", "The task goes on without its pane"));
        assertThat(process(made.id()).isDetached).isTrue();
        assertThat(server.tasks.has(made.id())).isTrue();
    }

    @Test
    void aServerWithoutTasksSaysSoInPlaceOfTheirPanels(FxRobot robot) {
        awaitPanes(1);
        server.tasks.areKnown = false;
        server.say(new LinkState.Connected("fake"));
        awaitFx(() -> workspace.tasks().refusal().isPresent());

        for (WorkspaceCommand command :
                List.of(new WorkspaceCommand.RunTask(), new WorkspaceCommand.ShowTasks())) {
            robot.interact(() -> workspace.dismissNotice());
            robot.interact(() -> window.execute(command));
            awaitFx(() -> says(".wh-toast .label", "older than tasks"));
            assertThat(panels.isShowing()).isFalse();
        }
    }

    private final class Actions implements WindowActions {

        @Override
        public void showHosts() {}

        @Override
        public void showSessions() {}

        @Override
        public void showRunTask() {
            panels.show(new RunTaskPanel(workspace, new WindowDemo.Forgetful(), Optional.empty()));
        }

        @Override
        public void showTasks() {
            panels.show(
                    new TaskListPanel(
                            workspace,
                            new NoDisk(),
                            InstantSource.system(),
                            FxThread::run,
                            Runnable::run));
        }

        @Override
        public void showAppearance() {}

        @Override
        public void showRecovery(ServerMessage.Recovery report) {}

        @Override
        public SeenReports reports() {
            return new Unseen();
        }

        @Override
        public void openLink(String address) {}
    }

    private static final class NoDisk implements FileChoice {

        @Override
        public Optional<Path> directory(String title, Optional<Path> from) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> newFile(String title, String name) {
            return Optional.empty();
        }
    }
}
