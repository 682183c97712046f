package dev.wormhole.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.app.dialog.PanelLayer;
import dev.wormhole.app.dialog.RecoveryPanel;
import dev.wormhole.app.fx.FxThread;
import dev.wormhole.app.workspace.KeyBindings;
import dev.wormhole.app.workspace.LayoutSaver;
import dev.wormhole.app.workspace.Workspace;
import dev.wormhole.client.link.LinkState;
import dev.wormhole.protocol.RecoveredSession;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;

import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a window shows after its server came back: what may be run again, and what was recovered.
 */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // TestFX calls the start method first.
class RecoveredWindowTest {

    private final List<FakeSurface> surfaces = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final Unseen seen = new Unseen();
    private FakeServer server;
    private Workspace workspace;
    private WindowView window;
    private PanelLayer panels;

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
                            surface.node()
                                    .addEventHandler(
                                            KeyEvent.ANY,
                                            event -> keys.add(event.getEventType().getName()));
                            surfaces.add(surface);
                            return surface;
                        },
                        new Appearance(),
                        KeyBindings.defaults(),
                        new Actions());
        panels = new PanelLayer(window::focusTerminal);
        stage.setScene(new Scene(new StackPane(window, panels), 1000, 700));
        stage.show();
    }

    @AfterEach
    void close() {
        WaitForAsyncUtils.waitForAsyncFx(
                5000,
                () -> {
                    window.dispose();
                    workspace.close();
                });
    }

    private static void awaitFx(Callable<Boolean> fact) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> WaitForAsyncUtils.waitForAsyncFx(5000, fact));
    }

    private FakeServer.Shell shell() {
        await().atMost(Duration.ofSeconds(60)).until(() -> !server.shells.isEmpty());
        return server.shells.getFirst();
    }

    private boolean isVisible(String selector) {
        return window.lookupAll(selector).stream().anyMatch(RecoveredWindowTest::isSeen);
    }

    private static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) if (!at.isVisible()) return false;
        return true;
    }

    private void offer(String line) {
        FakeServer.Shell shell = shell();
        awaitFx(() -> surfaces.getFirst().node().isFocused());
        shell.offers(line);
        awaitFx(() -> isVisible(".wh-offer"));
    }

    private String text(String selector) {
        return ((Labeled) window.lookup(selector)).getText();
    }

    @Test
    void enterRunsWhatWasLostOnceAndTheTerminalSeesNothingOfIt(FxRobot robot) {
        offer("vim notes.txt");
        assertThat(text(".wh-offer .line")).isEqualTo("vim notes.txt");
        assertThat(surfaces.getFirst().covered).isPositive();
        keys.clear();

        robot.type(KeyCode.ENTER);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> shell().answers.equals(List.of("run 1")));
        assertThat(keys).isEmpty();
        awaitFx(() -> !isVisible(".wh-offer"));
        assertThat(surfaces.getFirst().covered).isZero();

        robot.type(KeyCode.ENTER);
        await().atMost(Duration.ofSeconds(60)).until(() -> keys.contains("KEY_PRESSED"));
        assertThat(shell().answers).containsExactly("run 1");
    }

    @Test
    void escapeForgetsIt(FxRobot robot) {
        offer("vim");
        keys.clear();

        robot.type(KeyCode.ESCAPE);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> shell().answers.equals(List.of("forget 1")));
        awaitFx(() -> !isVisible(".wh-offer"));
        assertThat(keys).isEmpty();
        assertThat(shell().typed).isEmpty();
    }

    @Test
    void typingSomethingElseIsTypedAndEndsIt(FxRobot robot) {
        offer("vim");

        robot.write("l");

        await().atMost(Duration.ofSeconds(60)).until(() -> shell().typed.equals(List.of("l")));
        awaitFx(() -> !isVisible(".wh-offer"));
        assertThat(shell().answers).isEmpty();
    }

    @Test
    void theButtonsDoTheSameAndLeaveTheKeyboardInTheTerminal(FxRobot robot) {
        offer("vim");
        robot.clickOn("#offer-run");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> shell().answers.equals(List.of("run 1")));

        offer("vim");
        robot.clickOn("#offer-forget");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> shell().answers.equals(List.of("run 1", "forget 1")));
        assertThat(surfaces.getFirst().node().isFocused()).isTrue();
    }

    private static RecoveredSession session(String name, String reason) {
        return new RecoveredSession(SessionId.random(), name, reason);
    }

    private void recovered(long at) {
        server.recovery =
                Optional.of(
                        new ServerMessage.Recovery(
                                at,
                                List.of(session("build", null), session("mail", null)),
                                List.of(session("work", "its process ended")),
                                List.of(),
                                List.of(new RecoveredSession(null, null, "3 blocks are damaged"))));
        server.say(new LinkState.Connected("fake"));
    }

    @Test
    void whatCameBackIsToldUntilItIsPutAwayAndAgainAfterTheNextStart(FxRobot robot) {
        shell();
        assertThat(isVisible("#recovery")).isFalse();

        recovered(1);
        awaitFx(() -> isVisible("#recovery"));
        assertThat(text("#recovery")).isEqualTo("2 reattached, 1 recreated, 1 lost");
        robot.clickOn("#recovery-put-away");
        awaitFx(() -> !isVisible("#recovery"));

        // The same start, over another connection.
        recovered(1);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(isVisible("#recovery")).isFalse();
        recovered(2);
        awaitFx(() -> isVisible("#recovery"));
    }

    @Test
    void aClickTellsTheNamesAndTheReasons(FxRobot robot) {
        shell();
        recovered(1);
        awaitFx(() -> isVisible("#recovery") && !text("#recovery").isEmpty());

        robot.clickOn("#recovery");

        awaitFx(() -> panels.isShowing());
        for (String words :
                List.of(
                        "Reattached: 2",
                        "build, mail",
                        "work",
                        "Its process ended.",
                        "3 blocks are damaged."))
            assertThat(robot.lookup(words).queryAll()).as(words).isNotEmpty();
        robot.type(KeyCode.ESCAPE);
        awaitFx(() -> !panels.isShowing());
    }

    private final class Actions implements WindowActions {

        @Override
        public void showHosts() {}

        @Override
        public void showSessions() {}

        @Override
        public void showRunTask() {}

        @Override
        public void showTasks() {}

        @Override
        public void showAppearance() {}

        @Override
        public void showRecovery(ServerMessage.Recovery report) {
            panels.show(new RecoveryPanel(report));
        }

        @Override
        public SeenReports reports() {
            return seen;
        }

        @Override
        public void openLink(String address) {}
    }
}
