package dev.wormhole.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.app.workspace.KeyBindings;
import dev.wormhole.app.workspace.LayoutSaver;
import dev.wormhole.app.workspace.Workspace;
import dev.wormhole.app.workspace.WorkspaceCommand;
import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.client.link.LinkState;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.StoreProblem;

import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
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
import java.util.concurrent.CopyOnWriteArrayList;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // TestFX calls the start method first.
class WindowViewTest {

    private final List<FakeSurface> surfaces = new CopyOnWriteArrayList<>();
    private final Unseen seen = new Unseen();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private FakeServer server;
    private Workspace workspace;
    private Appearance appearance;
    private WindowView window;

    @Start
    void show(Stage stage) {
        appearance = new Appearance();
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
                        appearance,
                        KeyBindings.defaults(),
                        new Asked());
        stage.setScene(new Scene(window, 1000, 700));
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

    @Test
    void anEmptyServerGetsOneShellWithTheKeyboard(FxRobot robot) {
        awaitPanes(1);

        robot.write("x");

        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.shells.getFirst().typed.equals(List.of("x")));
    }

    @Test
    void splittingKeepsTheTerminalsThereAre(FxRobot robot) {
        awaitPanes(1);
        Node first = surfaces.getFirst().node();

        robot.interact(() -> window.execute(new WorkspaceCommand.SplitRight()));
        awaitPanes(2);
        robot.interact(() -> window.execute(new WorkspaceCommand.SplitDown()));
        awaitPanes(3);

        assertThat(surfaces).hasSize(3);
        assertThat(first.getScene()).isNotNull();
        assertThat(first.getBoundsInParent().getWidth()).isBetween(480.0, 500.0);
        assertThat(surfaces.getLast().node().isFocused()).isTrue();
    }

    @Test
    void aShortcutIsNotTyped(FxRobot robot) {
        awaitPanes(1);

        robot.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.D);
        robot.release(KeyCode.D, KeyCode.SHIFT, KeyCode.CONTROL);

        awaitPanes(2);
        assertThat(server.shells.getFirst().typed).isEmpty();
        assertThat(server.shells.getLast().typed).isEmpty();
    }

    @Test
    void outputReachesItsTerminal() {
        awaitPanes(1);

        server.shells.getFirst().sink.output(0, ByteString.utf8("hello"));

        assertThat(surfaces.getFirst().fed).contains("hello");
    }

    @Test
    void anEndedShellKeepsItsTextAndStartsAgainWithAKey(FxRobot robot) {
        awaitPanes(1);
        server.shells.getFirst().exit(2);
        awaitText("Ended with exit code 2.");
        assertThat(surfaces.getFirst().covered).isPositive();

        robot.write("y");

        await().atMost(Duration.ofSeconds(60))
                .until(() -> server.shells.getFirst().typed.equals(List.of("y")));
        await().atMost(Duration.ofSeconds(60)).until(() -> surfaces.getFirst().covered == 0);
    }

    @Test
    void thatNothingIsStoredIsSeenAndAClickTellsWhatACrashWouldLose(FxRobot robot) {
        awaitPanes(1);
        assertThat(storeWords()).isEmpty();

        long now = System.currentTimeMillis();
        server.stores(
                new ServerMessage.StoreState(
                        StoreProblem.FULL,
                        now,
                        "The disk is full: make room.",
                        2,
                        now,
                        null,
                        true,
                        List.of(),
                        null));

        await().atMost(Duration.ofSeconds(60)).until(() -> storeWords().startsWith("not stored"));
        robot.clickOn("#store-trouble");
        awaitSaid("The disk is full: make room. A crash would lose output of 2 sessions");

        server.stores(FakeServer.WELL);
        awaitSaid("Everything is stored again.");
        await().atMost(Duration.ofSeconds(60)).until(() -> storeWords().isEmpty());
    }

    @Test
    void whatWasFoundDamagedIsToldOnce(FxRobot robot) {
        awaitPanes(1);
        var damaged =
                new ServerMessage.StoreState(
                        null,
                        null,
                        null,
                        0,
                        null,
                        null,
                        true,
                        List.of("The database was damaged.", "3 of 4 sessions were read."),
                        "/data/wormhole.db.damage.txt");
        server.stores(damaged);

        await().atMost(Duration.ofSeconds(60)).until(() -> storeWords().equals("damage was found"));
        robot.clickOn("#store-trouble");
        awaitSaid("3 of 4 sessions were read. See /data/wormhole.db.damage.txt");
        await().atMost(Duration.ofSeconds(60)).until(() -> storeWords().isEmpty());

        server.stores(damaged);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(storeWords()).isEmpty();
    }

    private void awaitSaid(String part) {
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                WaitForAsyncUtils.waitForAsyncFx(
                                        60_000,
                                        () ->
                                                window.lookup(".wh-toast").isVisible()
                                                        && ((Label)
                                                                        window.lookup(
                                                                                ".wh-toast .label"))
                                                                .getText()
                                                                .contains(part)));
    }

    private String storeWords() {
        return WaitForAsyncUtils.waitForAsyncFx(
                60_000,
                () -> {
                    var button = (Button) window.lookup("#store-trouble");
                    return button.getParent().isVisible() ? button.getText() : "";
                });
    }

    @Test
    void theLinkIsAlwaysInWords(FxRobot robot) {
        awaitPanes(1);
        awaitText("connected");

        var problem = new LinkProblem(LinkProblem.Kind.UNREACHABLE, "Nobody answers.");
        server.say(new LinkState.Reconnecting(1, Duration.ofSeconds(9), problem));
        awaitText("retry now");
        awaitText("Not connected.");

        robot.clickOn("retry now");
        awaitText("reconnecting…");
    }

    @Test
    void zoomHidesTheOthersAndTheyStopPainting(FxRobot robot) {
        awaitPanes(1);
        robot.interact(() -> window.execute(new WorkspaceCommand.SplitRight()));
        awaitPanes(2);

        robot.interact(() -> window.execute(new WorkspaceCommand.Zoom()));
        WaitForAsyncUtils.waitForFxEvents();

        FakeSurface hidden = surfaces.getFirst();
        assertThat(hidden.activity.getLast()).isFalse();
        assertThat(surfaces.getLast().activity.getLast()).isTrue();
        assertThat(surfaces.getLast().node().getBoundsInParent().getWidth()).isEqualTo(1000);
        awaitText("Zoomed");

        robot.interact(() -> window.execute(new WorkspaceCommand.Zoom()));
        assertThat(hidden.activity.getLast()).isTrue();
    }

    @Test
    void aWindowThatNobodySeesPaintsNothing(FxRobot robot) {
        awaitPanes(1);

        robot.interact(() -> window.setShown(false));

        assertThat(surfaces.getFirst().activity.getLast()).isFalse();
    }

    @Test
    void closingTheLastPaneSaysWhatToDo(FxRobot robot) {
        awaitPanes(1);

        robot.interact(() -> window.execute(new WorkspaceCommand.Close()));

        awaitText("New shell");
        assertThat(surfaces.getFirst().disposed).isTrue();
        robot.clickOn("New shell");
        awaitPanes(1);
        await().atMost(Duration.ofSeconds(60)).until(() -> surfaces.size() == 2);
    }

    @Test
    void aPaneIsRenamedInItsHead(FxRobot robot) {
        awaitPanes(1);

        robot.interact(() -> window.execute(new WorkspaceCommand.Rename()));
        robot.write("build").type(KeyCode.ENTER);

        awaitText("build");
        assertThat(surfaces.getFirst().node().isFocused()).isTrue();
        assertThat(server.shells.getFirst().typed).isEmpty();
    }

    @Test
    void lightAndFontSizeReachEveryTerminal(FxRobot robot) {
        awaitPanes(1);
        boolean wasDark = appearance.darkProperty().get();
        double before = surfaces.getFirst().theme.fontSize();

        robot.interact(appearance::toggle);
        robot.interact(() -> window.execute(new WorkspaceCommand.FontLarger()));

        assertThat(appearance.darkProperty().get()).isNotEqualTo(wasDark);
        assertThat(surfaces.getFirst().theme.fontSize()).isEqualTo(before + 1);
    }

    @Test
    void zoomingAWindowLeavesTheSizeOfThePreferences(FxRobot robot) {
        awaitPanes(1);
        double size = appearance.fontSizeProperty().get();

        robot.press(KeyCode.CONTROL).type(KeyCode.MINUS, 2).release(KeyCode.CONTROL);
        robot.interact(() -> window.execute(new WorkspaceCommand.SplitRight()));
        awaitPanes(2);

        assertThat(surfaces).extracting(s -> s.theme.fontSize()).containsOnly(size - 2);
        assertThat(appearance.fontSizeProperty().get()).isEqualTo(size);
        robot.press(KeyCode.CONTROL).type(KeyCode.DIGIT0).release(KeyCode.CONTROL);
        assertThat(surfaces).extracting(s -> s.theme.fontSize()).containsOnly(size);
    }

    @Test
    void aSizeThatIsChosenIsTheSizeThatIsSeen(FxRobot robot) {
        awaitPanes(1);
        robot.interact(() -> window.execute(new WorkspaceCommand.FontLarger()));

        robot.interact(() -> appearance.fontSizeProperty().set(20));

        assertThat(surfaces.getFirst().theme.fontSize()).isEqualTo(20);
    }

    @Test
    void coloursSpacingAndFontReachEveryTerminal(FxRobot robot) {
        awaitPanes(1);
        robot.interact(() -> window.execute(new WorkspaceCommand.SplitRight()));
        awaitPanes(2);

        robot.interact(
                () -> {
                    appearance.modeProperty().set(Appearance.Mode.DARK);
                    appearance.schemeProperty(true).set("Nord");
                    appearance.lineSpacingProperty().set(1.25);
                    appearance.fontFamilyProperty().set("Monospaced");
                });

        for (FakeSurface surface : surfaces) {
            assertThat(surface.theme.background()).isEqualTo(Color.web("#2e3440"));
            assertThat(surface.theme.lineSpacing()).isEqualTo(1.25);
            assertThat(surface.theme.fontFamily()).isEqualTo("Monospaced");
        }
    }

    @Test
    void theAppearanceIsAskedForByKeyAndByButton(FxRobot robot) {
        awaitPanes(1);

        robot.press(KeyCode.CONTROL).type(KeyCode.COMMA).release(KeyCode.CONTROL);
        robot.clickOn("#show-appearance");

        assertThat(asked).containsExactly("appearance", "appearance");
        assertThat(server.shells.getFirst().typed).isEmpty();
    }

    @Test
    void hostsAndSessionsAreAskedFor(FxRobot robot) {
        awaitPanes(1);

        robot.clickOn("Sessions").clickOn("local");

        assertThat(asked).containsExactly("sessions", "hosts");
    }

    @Test
    void draggingADividerMovesIt(FxRobot robot) {
        awaitPanes(1);
        robot.interact(() -> window.execute(new WorkspaceCommand.SplitRight()));
        awaitPanes(2);
        double before = surfaces.getFirst().node().getBoundsInParent().getWidth();

        robot.drag(".wh-divider").dropBy(-200, 0);

        await().untilAsserted(
                        () ->
                                assertThat(
                                                surfaces.getFirst()
                                                        .node()
                                                        .getBoundsInParent()
                                                        .getWidth())
                                        .isBetween(before - 203, before - 197));
    }

    private void awaitPanes(int count) {
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                WaitForAsyncUtils.waitForAsyncFx(
                                                5000, () -> window.lookupAll(".wh-pane").size())
                                        == count);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void awaitText(String text) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> WaitForAsyncUtils.waitForAsyncFx(5000, () -> isShown(text)));
    }

    private boolean isShown(String text) {
        return isShown(window, text);
    }

    private static boolean isShown(Node node, String text) {
        if (!node.isVisible()) return false;
        if (node instanceof Labeled labeled && text.equals(labeled.getText())) return true;
        return node instanceof Parent parent
                && parent.getChildrenUnmodifiable().stream()
                        .anyMatch(child -> isShown(child, text));
    }

    private final class Asked implements WindowActions {

        @Override
        public void showHosts() {
            asked.add("hosts");
        }

        @Override
        public void showSessions() {
            asked.add("sessions");
        }

        @Override
        public void showRunTask() {
            asked.add("run task");
        }

        @Override
        public void showTasks() {
            asked.add("tasks");
        }

        @Override
        public void showAppearance() {
            asked.add("appearance");
        }

        @Override
        public void showRecovery(ServerMessage.Recovery report) {
            asked.add("recovery");
        }

        @Override
        public SeenReports reports() {
            return seen;
        }

        @Override
        public void openLink(String address) {
            asked.add(address);
        }
    }
}
