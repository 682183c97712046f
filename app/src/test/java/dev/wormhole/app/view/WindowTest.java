package dev.wormhole.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.app.Window;
import dev.wormhole.app.fx.FxThread;
import dev.wormhole.app.layout.PaneTree;
import dev.wormhole.app.workspace.Workspace;
import dev.wormhole.client.link.LinkState;
import dev.wormhole.client.local.LocalServer;
import dev.wormhole.client.local.ServerStop;
import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.json.Json;

import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The real window on a real server in a process of its own. */
@ExtendWith(ApplicationExtension.class)
@Timeout(180)
class WindowTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir static Path temporary;

    private Path data;
    private Path config;
    private Stage stage;
    private Window window;

    @Start
    void start(Stage shared) throws Exception {
        assertThat(shared).isNotNull();
        Path home = Files.createTempDirectory(temporary, "home");
        data = home.resolve("data");
        config = home.resolve("config");
        Files.createDirectories(data);
        Files.setPosixFilePermissions(
                data, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(config);
        // Not the stage that all tests of this JVM share: the window sets its size.
        stage = new Stage();
        openWindow();
    }

    private void openWindow() {
        var local = new LocalServer(data, true, environment());
        window = new Window(stage, config, local, local);
        window.show();
    }

    /** A plain shell whose prompt does not depend on the machine. */
    private static Map<String, String> environment() {
        var environment = new java.util.HashMap<>(System.getenv());
        environment.put("SHELL", "/bin/sh");
        environment.put("PS1", "$ ");
        environment.put("ENV", "");
        return environment;
    }

    @AfterEach
    void end() throws Exception {
        closeWindow();
        ServerStop.stop(data, Duration.ofSeconds(10));
        endKeepers();
    }

    /** Those outlive the server, with the shells they hold. */
    private void endKeepers() throws Exception {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(data.resolve("keeper"), "*.json")) {
            for (Path file : files) {
                long pid = Json.parseObject(Files.readString(file)).integer("pid", 1, 1L << 40);
                ProcessHandle.of(pid)
                        .ifPresent(
                                keeper -> {
                                    keeper.descendants().forEach(ProcessHandle::destroyForcibly);
                                    keeper.destroyForcibly();
                                });
            }
        } catch (NoSuchFileException e) {
            // No server was started.
            assertThat(data.resolve("keeper")).doesNotExist();
        }
    }

    private void closeWindow() throws Exception {
        CompletableFuture<Void> closed = onFx(window::close).get(10, TimeUnit.SECONDS);
        closed.get(10, TimeUnit.SECONDS);
    }

    private static <T> CompletableFuture<T> onFx(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        FxThread.run(() -> answer.complete(question.get()));
        return answer;
    }

    private static <T> T ask(Supplier<T> question) {
        return onFx(question).join();
    }

    private Workspace workspace() {
        return window.workspaces().current();
    }

    private PaneTree tree() {
        return ask(() -> workspace().treeProperty().get().orElseThrow());
    }

    private Set<SessionId> sessions() {
        return ask(
                () ->
                        workspace().panes().values().stream()
                                .map(pane -> pane.session())
                                .collect(Collectors.toSet()));
    }

    private List<String> texts() {
        return ask(
                () ->
                        stage.getScene().getRoot().lookupAll(".wh-pane").stream()
                                .filter(PaneView.class::isInstance)
                                .map(node -> ((PaneView) node).surface().screenText())
                                .toList());
    }

    private void awaitPanes(int count) {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                ask(() -> workspace().panes().size()) == count
                                        && sessions().size() == count);
    }

    private void awaitText(String text) {
        await().atMost(PATIENCE)
                .until(() -> texts().stream().anyMatch(shown -> shown.contains(text)));
    }

    private void type(FxRobot robot, String text) {
        robot.write(text, 0);
        robot.type(KeyCode.ENTER);
    }

    @Test
    void aFirstStartOpensOneShellThatTakesWhatIsTyped(FxRobot robot) {
        awaitPanes(1);
        awaitText("$");

        type(robot, "echo typed-$((40+2))");

        awaitText("typed-42");
    }

    @Test
    void splitsRenamesAndTextAreBackAfterTheWindowWasClosed(FxRobot robot) throws Exception {
        awaitPanes(1);
        awaitText("$");
        type(robot, "echo left-$((1+1))");
        awaitText("left-2");
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT)
                .type(KeyCode.D)
                .release(KeyCode.SHIFT, KeyCode.CONTROL);
        awaitPanes(2);
        await().atMost(PATIENCE).until(() -> texts().stream().allMatch(text -> text.contains("$")));
        type(robot, "echo right-$((2+2))");
        awaitText("right-4");
        SessionId named = ask(() -> workspace().focusedProperty().get().orElseThrow().session());
        ask(() -> workspace().rename(named, "the right one")).get(10, TimeUnit.SECONDS);
        PaneTree before = tree();
        Set<SessionId> sessions = sessions();

        closeWindow();
        ask(
                () -> {
                    stage = new Stage();
                    openWindow();
                    return stage;
                });

        awaitPanes(2);
        assertThat(tree()).isEqualTo(before);
        assertThat(sessions()).isEqualTo(sessions);
        awaitText("left-2");
        awaitText("right-4");
        await().atMost(PATIENCE)
                .until(
                        () ->
                                ask(
                                        () ->
                                                workspace().sessions().stream()
                                                        .map(SessionEntry::name)
                                                        .anyMatch("the right one"::equals)));
    }

    private boolean says(String selector, String words) {
        return ask(
                () ->
                        stage.getScene().getRoot().lookupAll(selector).stream()
                                .filter(Labeled.class::isInstance)
                                .anyMatch(node -> ((Labeled) node).getText().contains(words)));
    }

    private void awaitWords(String selector, String words) {
        await().atMost(PATIENCE).until(() -> says(selector, words));
    }

    private static void chord(FxRobot robot, KeyCode key) {
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT)
                .type(key)
                .release(KeyCode.SHIFT, KeyCode.CONTROL);
    }

    @Test
    void aTaskIsRunWatchedTerminatedAndAmongTheRecentOnesAfterARestart(FxRobot robot)
            throws Exception {
        awaitPanes(1);
        awaitText("$");
        chord(robot, KeyCode.T);
        await().atMost(PATIENCE)
                .until(() -> ask(() -> stage.getScene().lookup("#run-task-panel") != null));
        type(robot, "echo begun-$((6*7)); sleep 1000");
        awaitPanes(2);
        awaitText("begun-42");

        chord(robot, KeyCode.J);
        awaitWords(".task-state", "running");
        robot.clickOn(".task-terminate");
        robot.clickOn(".task-terminate-really");
        awaitWords(".task-state", "terminated");

        // The window and its server: what comes back is from the disk.
        closeWindow();
        ServerStop.stop(data, Duration.ofSeconds(10));
        ask(
                () -> {
                    stage = new Stage();
                    openWindow();
                    return stage;
                });
        awaitPanes(2);
        awaitText("begun-42");
        awaitWords(".wh-task-strip .outcome", "terminated");
        chord(robot, KeyCode.J);
        awaitWords(".wh-caption", "Recent");
        awaitWords(".task-state", "terminated");
        assertThat(says(".wh-caption", "Active")).isFalse();
    }

    @Test
    void panesGoOnWithTheSameShellsWhenTheServerIsKilled(FxRobot robot) throws Exception {
        awaitPanes(1);
        awaitText("$");
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT)
                .type(KeyCode.E)
                .release(KeyCode.SHIFT, KeyCode.CONTROL);
        awaitPanes(2);
        await().atMost(PATIENCE).until(() -> texts().stream().allMatch(text -> text.contains("$")));
        type(robot, "kept=$((3+3)); echo before-$kept");
        awaitText("before-6");
        PaneTree tree = tree();
        Set<SessionId> sessions = sessions();
        long pid = Endpoint.parse(Files.readString(data.resolve(Endpoint.FILE_NAME))).pid();

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        await().atMost(PATIENCE)
                .until(
                        () ->
                                ask(
                                        () ->
                                                !(workspace().linkStateProperty().get()
                                                        instanceof LinkState.Connected)));
        await().atMost(PATIENCE)
                .until(
                        () ->
                                ask(
                                        () ->
                                                workspace().linkStateProperty().get()
                                                        instanceof LinkState.Connected));
        awaitText("before-6");
        assertThat(tree()).isEqualTo(tree);
        assertThat(sessions()).isEqualTo(sessions);
        // Only the shell that was asked before knows it.
        type(robot, "echo after-$kept");
        awaitText("after-6");
    }

    @Test
    void anExitedPaneKeepsItsTextAndAKeyStartsItAgain(FxRobot robot) {
        awaitPanes(1);
        awaitText("$");
        type(robot, "echo old-$((5+5)); exit 3");
        await().atMost(PATIENCE).until(() -> ask(() -> !labels("wh-strip").isEmpty()));
        assertThat(texts().getFirst()).contains("old-10");

        type(robot, "echo new-$((6+6))");

        awaitText("process exited (3)");
        awaitText("new-12");
        assertThat(texts().getFirst()).contains("old-10");
    }

    private Set<Node> labels(String styleClass) {
        return stage.getScene().getRoot().lookupAll("." + styleClass).stream()
                .filter(Node::isVisible)
                .collect(Collectors.toSet());
    }

    @Test
    void closingAPaneDestroysItsSessionAndDetachingKeepsIt(FxRobot robot) {
        awaitPanes(1);
        SessionId kept = sessions().iterator().next();
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT)
                .type(KeyCode.D)
                .release(KeyCode.SHIFT, KeyCode.CONTROL);
        awaitPanes(2);

        robot.press(KeyCode.CONTROL, KeyCode.SHIFT)
                .type(KeyCode.W)
                .release(KeyCode.SHIFT, KeyCode.CONTROL);
        awaitPanes(1);
        await().atMost(PATIENCE).until(() -> ask(() -> workspace().sessions().size()) == 1);

        robot.press(KeyCode.CONTROL, KeyCode.SHIFT)
                .type(KeyCode.X)
                .release(KeyCode.SHIFT, KeyCode.CONTROL);
        await().atMost(PATIENCE).until(() -> ask(() -> workspace().panes().isEmpty()));
        ask(
                () -> {
                    workspace().refreshSessions();
                    return kept;
                });
        await().atMost(PATIENCE)
                .until(
                        () ->
                                ask(
                                        () ->
                                                workspace().sessions().stream()
                                                        .anyMatch(
                                                                entry ->
                                                                        entry.id().equals(kept)
                                                                                && !entry
                                                                                        .isExited())));
    }
}
