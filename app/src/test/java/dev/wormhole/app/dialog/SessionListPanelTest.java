package dev.wormhole.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.workspace.ScriptedServer;
import dev.wormhole.app.workspace.WorkspaceKit;
import dev.wormhole.client.link.RequestException;
import dev.wormhole.protocol.ErrorCode;

import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

@ExtendWith(ApplicationExtension.class)
class SessionListPanelTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(100));

    /** Panes 1 and 2 are shown, sessions 7 and 8 are not; 8 was used last. */
    private final WorkspaceKit kit = new WorkspaceKit();

    private PanelStage stage;
    private SessionListPanel panel;

    @Start
    void start(Stage window) {
        kit.server.has(7, 8);
        kit.running(1, 2);
        stage = new PanelStage(window);
        panel = new SessionListPanel(kit.workspace, CLOCK);
        stage.layer.show(panel);
    }

    @Test
    void sessionsThatNoPaneShowsComeFirst(FxRobot robot) {
        assertThat(headlines(robot)).containsExactly("8", "7", "2", "1");
        assertThat(robot.lookup(".session-shown").queryAll()).hasSize(2);
    }

    @Test
    void enterOpensTheSelectedSession(FxRobot robot) {
        robot.type(KeyCode.DOWN).type(KeyCode.ENTER);

        assertThat(stage.layer.isShowing()).isFalse();
        assertThat(kit.workspace.paneOf(ScriptedServer.id(7))).isPresent();
    }

    @Test
    void aDoubleClickOpensASession(FxRobot robot) {
        robot.doubleClickOn("8");

        assertThat(kit.workspace.paneOf(ScriptedServer.id(8))).isPresent();
    }

    @Test
    void aSearchLeavesTheSessionsThatMatch(FxRobot robot) {
        robot.write("home/7");
        assertThat(headlines(robot)).containsExactly("7");

        robot.type(KeyCode.ENTER);
        assertThat(kit.workspace.paneOf(ScriptedServer.id(7))).isPresent();
    }

    @Test
    void aSessionIsRenamedInItsRow(FxRobot robot) {
        robot.type(KeyCode.F2);
        robot.write("logs").type(KeyCode.ENTER);
        assertThat(kit.server.renames).containsEntry(ScriptedServer.id(8), "logs");

        robot.interact(() -> kit.server.renames(8, "logs"));
        assertThat(headlines(robot)).containsExactly("logs", "7", "2", "1");
    }

    @Test
    void aRowThatAsksTakesTheKeyboardAtOnce(FxRobot robot) {
        var focused = new ArrayList<String>();
        var eight = ScriptedServer.id(8);

        robot.interact(
                () -> {
                    panel.beginRename(eight);
                    focused.addAll(stage.layer.getScene().getFocusOwner().getStyleClass());
                    panel.askToEnd(eight);
                    focused.addAll(stage.layer.getScene().getFocusOwner().getStyleClass());
                });

        assertThat(focused).contains("session-name-field", "session-end-really");
    }

    @Test
    void whatIsTypedIntoARowOutlivesAChangeOfTheList(FxRobot robot) {
        robot.type(KeyCode.F2).write("lo");

        robot.interact(() -> kit.server.changes(ScriptedServer.entry(8, "/elsewhere")));
        robot.interact(() -> kit.server.changes(ScriptedServer.entry(7, "/elsewhere")));
        robot.write("gs").type(KeyCode.ENTER);

        assertThat(kit.server.renames).containsEntry(ScriptedServer.id(8), "logs");
    }

    @Test
    void deleteAsksBeforeItEndsASession(FxRobot robot) {
        robot.type(KeyCode.DOWN).clickOn("7").type(KeyCode.DELETE);
        assertThat(kit.server.destroys).isEmpty();

        robot.type(KeyCode.ESCAPE);
        assertThat(robot.lookup(".session-end-really").tryQuery()).isEmpty();
        assertThat(stage.layer.isShowing()).isTrue();

        robot.type(KeyCode.DELETE).clickOn(".session-end-really");
        assertThat(kit.server.destroys).containsExactly(ScriptedServer.id(7));
        robot.interact(() -> kit.server.loses(7));
        assertThat(headlines(robot)).containsExactly("8", "2", "1");
    }

    @Test
    void aRefusedRequestIsSaidInThePanel(FxRobot robot) {
        kit.server.nextDestroy =
                CompletableFuture.failedFuture(
                        new RequestException(ErrorCode.STORE_FAILED, "disk full"));

        robot.clickOn("7").type(KeyCode.DELETE).clickOn(".session-end-really");
        robot.interact(() -> kit.fx.run());

        assertThat(robot.lookup("#session-error").queryAs(Labeled.class).getText())
                .isEqualTo("disk full");
    }

    @Test
    void theSelectionStaysWithItsSessionWhenOthersComeAndGo(FxRobot robot) {
        robot.type(KeyCode.DOWN);

        robot.interact(() -> kit.server.loses(8));

        robot.type(KeyCode.ENTER);
        assertThat(kit.workspace.paneOf(ScriptedServer.id(7))).isPresent();
    }

    private static List<String> headlines(FxRobot robot) {
        ListView<?> list = robot.lookup("#session-list").queryAs(ListView.class);
        return list.getItems().stream().map(row -> ((SessionRow) row).headline()).toList();
    }
}
