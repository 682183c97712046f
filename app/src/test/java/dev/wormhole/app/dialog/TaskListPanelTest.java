package dev.wormhole.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.app.workspace.ScriptedServer;
import dev.wormhole.app.workspace.ScriptedTasks;
import dev.wormhole.app.workspace.WorkspaceKit;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;

import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // TestFX calls the start method first.
class TaskListPanelTest {

    private static final Executor BLOCKING =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

    private static final TaskEntry BUILD = ScriptedTasks.running(70, "build");
    private static final TaskEntry TESTS = ScriptedTasks.running(71, "tests");
    private static final TaskEntry BAD =
            ScriptedTasks.over(ScriptedTasks.running(50, "lint"), TaskReason.EXITED, 2);
    private static final TaskEntry GOOD =
            ScriptedTasks.completed(ScriptedTasks.running(60, "docs"));

    @TempDir Path folder;

    private final WorkspaceKit kit = new WorkspaceKit();
    private volatile Instant now = Instant.ofEpochSecond(100);
    private PanelStage stage;

    @Start
    void start(Stage window) {
        for (TaskEntry entry : List.of(BUILD, TESTS, BAD, GOOD)) kit.server.tasks.put(entry);
        kit.running(1);
        stage = new PanelStage(window);
        show();
    }

    private void show() {
        stage.layer.show(
                new TaskListPanel(
                        kit.workspace, new Chooser(), () -> now, FxThread::run, BLOCKING));
    }

    private List<String> rows(FxRobot robot) {
        return robot.lookup("#task-list").<ListView<TaskRow>>query().getItems().stream()
                .map(
                        row ->
                                switch (row) {
                                    case TaskRow.Caption(var words) -> words;
                                    case TaskRow.Line line -> line.headline() + " " + line.state();
                                })
                .toList();
    }

    private String selected(FxRobot robot) {
        return robot.lookup("#task-list")
                                .<ListView<TaskRow>>query()
                                .getSelectionModel()
                                .getSelectedItem()
                        instanceof TaskRow.Line line
                ? line.headline()
                : "a caption";
    }

    private void answers(FxRobot robot) {
        robot.interact(kit.fx::run);
    }

    private void awaitStatus(FxRobot robot, String words) {
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                robot.lookup("#task-status")
                                        .queryAs(Labeled.class)
                                        .getText()
                                        .contains(words));
    }

    @Test
    void whatRunsComesFirstAndWhatIsOverSaysHowItEnded(FxRobot robot) {
        assertThat(rows(robot))
                .containsExactly(
                        "Active",
                        "tests running",
                        "build running",
                        "Recent",
                        "docs completed",
                        "lint failed: exit status 2");
    }

    @Test
    void theArrowsStepOverCaptions(FxRobot robot) {
        assertThat(selected(robot)).isEqualTo("tests");
        robot.type(KeyCode.DOWN).type(KeyCode.DOWN);
        assertThat(selected(robot)).isEqualTo("docs");
        robot.type(KeyCode.UP);
        assertThat(selected(robot)).isEqualTo("build");
    }

    @Test
    void enterOpensTheSelectedTask(FxRobot robot) {
        robot.type(KeyCode.DOWN).type(KeyCode.ENTER);

        assertThat(stage.layer.isShowing()).isFalse();
        assertThat(kit.workspace.paneOf(BUILD.id())).isPresent();
    }

    @Test
    void aTaskIsTerminatedOnlyWhenThatIsConfirmed(FxRobot robot) {
        robot.clickOn(lookup(robot, ".task-terminate"));
        assertThat(kit.server.tasks.terminated).isEmpty();
        robot.type(KeyCode.ESCAPE);
        assertThat(stage.layer.isShowing()).isTrue();
        assertThat(robot.lookup(".task-terminate-really").queryAll()).isEmpty();

        robot.type(KeyCode.DELETE).type(KeyCode.SPACE);
        answers(robot);

        assertThat(kit.server.tasks.terminated).containsExactly(TESTS.id());
        assertThat(rows(robot).getFirst()).isEqualTo("Active");
        assertThat(rows(robot)).contains("tests terminated");
    }

    @Test
    void aQuestionWhoseTaskEndsMeanwhileIsNotAskedAnyMore(FxRobot robot) {
        robot.type(KeyCode.DELETE);
        assertThat(robot.lookup(".task-terminate-really").queryAll()).hasSize(1);

        robot.interact(() -> kit.server.tasks.changes(ScriptedTasks.completed(TESTS)));

        assertThat(robot.lookup(".task-terminate-really").queryAll()).isEmpty();
        robot.type(KeyCode.SPACE);
        assertThat(kit.server.tasks.terminated).isEmpty();
    }

    @Test
    void whatIsRemovedForEverIsAskedAboutAndGone(FxRobot robot) {
        robot.type(KeyCode.DOWN).type(KeyCode.DOWN).type(KeyCode.DELETE);
        assertThat(kit.server.destroys).isEmpty();

        robot.type(KeyCode.SPACE);
        assertThat(kit.server.destroys).containsExactly(GOOD.id());
        robot.interact(() -> kit.server.loses(GOOD.id()));

        assertThat(rows(robot)).doesNotContain("docs completed");
    }

    @Test
    void f5RunsATaskAgainInAPane(FxRobot robot) {
        robot.type(KeyCode.DOWN).type(KeyCode.DOWN).type(KeyCode.F5);
        answers(robot);

        SessionId again = kit.server.tasks.newest().id();
        assertThat(kit.server.tasks.newest().predecessor()).isEqualTo(GOOD.id());
        assertThat(kit.workspace.paneOf(again)).isPresent();
        assertThat(stage.layer.isShowing()).isFalse();
    }

    @Test
    void theTimeOfWhatRunsGoesOnWhileTheListIsShown(FxRobot robot) {
        now = Instant.ofEpochSecond(131);

        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                robot.lookup(".task-times").queryAll().stream()
                                        .map(node -> ((Labeled) node).getText())
                                        .anyMatch("1 min 0 s"::equals));
    }

    @Test
    void aSearchLeavesTheTasksThatMatch(FxRobot robot) {
        robot.write("exit status");

        assertThat(rows(robot)).containsExactly("Recent", "lint failed: exit status 2");
        assertThat(selected(robot)).isEqualTo("lint");
    }

    @Test
    void lookingAtTheListIsLookingAtWhatHasEnded(FxRobot robot) {
        robot.interact(
                () -> {
                    stage.layer.dismiss();
                    kit.server.tasks.changes(ScriptedTasks.completed(BUILD));
                });
        assertThat(kit.workspace.tasks().unseenProperty().get()).isEqualTo(1);

        robot.interact(this::show);

        assertThat(kit.workspace.tasks().unseenProperty().get()).isZero();
    }

    @Test
    void outputIsCopiedAsTextWithoutControls(FxRobot robot) {
        kit.server.tasks.prints(TESTS.id(), "\u001b[31mred\u001b[m\r\n10%\r99%\nend");

        robot.press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);

        awaitStatus(robot, "Copied the output, 24 bytes.");
        assertThat(
                        WaitForAsyncUtils.waitForAsyncFx(
                                5000, () -> Clipboard.getSystemClipboard().getString()))
                .isEqualTo("red\n99%\nend");
    }

    @Test
    void outputIsSavedAsTextWithALineWhereItIsNotKept(FxRobot robot) throws IOException {
        kit.server.tasks.prints(TESTS.id(), "one\ntwo\nthree\nfour\nfive");
        kit.server.tasks.gap = new long[] {8, 19};

        robot.press(KeyCode.CONTROL).type(KeyCode.S).release(KeyCode.CONTROL);

        awaitStatus(robot, "11 bytes in between were not kept.");
        assertThat(folder.resolve("tests.txt"))
                .hasContent("one\ntwo\n\n[11 bytes of output were not kept]\nfive");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void outputIsSavedAsItWasPrinted(FxRobot robot) throws IOException {
        String printed = "\u001b[31mred\u001b[m\r\n10%\r99%\n";
        kit.server.tasks.prints(TESTS.id(), printed);

        robot.clickOn(lookup(robot, ".task-more")).clickOn("Save output as printed…");

        awaitStatus(robot, "Saved");
        assertThat(Files.readString(folder.resolve("tests.log"))).isEqualTo(printed);
    }

    @Test
    void whatCannotBeWrittenIsSaidAndLeavesNothing(FxRobot robot) throws IOException {
        kit.server.tasks.prints(TESTS.id(), "text");
        Files.createDirectories(folder.resolve("tests.txt/full"));

        robot.press(KeyCode.CONTROL).type(KeyCode.S).release(KeyCode.CONTROL);

        awaitStatus(robot, "The output was not saved: ");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void whatTheServerRefusesIsSaidInTheList(FxRobot robot) {
        kit.server.tasks.remove(TESTS.id());

        robot.type(KeyCode.F5);
        answers(robot);

        awaitStatus(robot, "no such task");
        assertThat(kit.workspace.paneOf(ScriptedServer.id(71))).isEmpty();
    }

    private static javafx.scene.Node lookup(FxRobot robot, String style) {
        return robot.lookup(style).queryAll().iterator().next();
    }

    private final class Chooser implements FileChoice {

        @Override
        public Optional<Path> directory(String title, Optional<Path> from) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> newFile(String title, String name) {
            return Optional.of(folder.resolve(name));
        }
    }
}
