package dev.wormhole.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
class PanelLayerTest {

    private PanelStage stage;
    private final ScriptedPanel panel = new ScriptedPanel();

    @Start
    void start(Stage window) {
        stage = new PanelStage(window);
    }

    @Test
    void aPanelTakesTheKeyboardAndEscapeGivesItBack(FxRobot robot) {
        robot.interact(() -> stage.layer.show(panel));
        robot.write("abc");
        assertThat(panel.field.getText()).isEqualTo("abc");

        robot.type(KeyCode.ESCAPE);
        robot.write("d");

        assertThat(stage.layer.isShowing()).isFalse();
        assertThat(panel.isClosed).isTrue();
        assertThat(stage.behind.getText()).isEqualTo("d");
    }

    @Test
    void escapeLeavesWhatIsUnderWayBeforeItLeavesThePanel(FxRobot robot) {
        panel.steps = 1;
        robot.interact(() -> stage.layer.show(panel));

        robot.type(KeyCode.ESCAPE);
        assertThat(stage.layer.isShowing()).isTrue();
        robot.type(KeyCode.ESCAPE);

        assertThat(stage.layer.isShowing()).isFalse();
    }

    @Test
    void tabStaysInsideThePanel(FxRobot robot) {
        robot.interact(() -> stage.layer.show(panel));

        for (int i = 0; i < 5; i++) {
            robot.type(KeyCode.TAB);
            assertThat(stage.behind.isFocused()).isFalse();
        }
    }

    @Test
    void aClickBesideThePanelClosesItAndAClickOnItDoesNot(FxRobot robot) {
        robot.interact(() -> stage.layer.show(panel));

        robot.clickOn("#field");
        assertThat(stage.layer.isShowing()).isTrue();
        robot.clickOn(robot.offset(stage.layer, javafx.geometry.Pos.BOTTOM_LEFT, 5, -5));

        assertThat(stage.layer.isShowing()).isFalse();
    }

    @Test
    void aSecondPanelTakesThePlaceOfTheFirst(FxRobot robot) {
        var second = new ScriptedPanel();
        robot.interact(() -> stage.layer.show(panel));

        robot.interact(() -> stage.layer.show(second));

        assertThat(panel.isClosed).isTrue();
        assertThat(second.isClosed).isFalse();
        assertThat(stage.layer.isShowing()).isTrue();
    }

    private static final class ScriptedPanel implements Panel {

        private final TextField field = new TextField();
        private final VBox content = new VBox(field, new Button("Go"));
        private boolean isClosed;
        private int steps;

        ScriptedPanel() {
            field.setId("field");
        }

        @Override
        public String title() {
            return "Panel";
        }

        @Override
        public Region content() {
            return content;
        }

        @Override
        public void opened(Runnable dismiss) {
            field.requestFocus();
        }

        @Override
        public boolean stepBack() {
            return steps-- > 0;
        }

        @Override
        public void closed() {
            isClosed = true;
        }
    }
}
