package dev.wormhole.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.app.fx.FxThread;
import dev.wormhole.app.terminal.InstalledFonts;
import dev.wormhole.app.terminal.TerminalTheme;
import dev.wormhole.app.terminal.scheme.Scheme;
import dev.wormhole.app.terminal.scheme.Schemes;
import dev.wormhole.app.view.Appearance;

import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.Spinner;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // TestFX calls the start method first.
class AppearancePanelTest {

    private final Queue<Runnable> elsewhere = new ArrayDeque<>();
    private Appearance appearance;
    private PanelStage stage;

    @Start
    void start(Stage window) {
        stage = new PanelStage(window);
        appearance = new Appearance();
        appearance.modeProperty().set(Appearance.Mode.DARK);
        show();
    }

    @Test
    void theArrowKeysChooseTheColoursAtOnce(FxRobot robot) {
        robot.type(KeyCode.DOWN);

        Scheme second = Schemes.builtIn().all(true).get(1);
        assertThat(appearance.schemeProperty(true).get()).isEqualTo(second.name());
        assertThat(appearance.terminalThemeProperty().get().background())
                .isEqualTo(second.background());
        assertThat(appearance.schemeProperty(false).get()).isEqualTo(Schemes.LIGHT);
    }

    @Test
    void nightAndDayHaveColoursOfTheirOwn(FxRobot robot) {
        robot.clickOn("Solarized Light");

        assertThat(appearance.schemeProperty(false).get()).isEqualTo("Solarized Light");
        assertThat(appearance.terminalThemeProperty().get().background())
                .isEqualTo(Color.web("#101319"));
        robot.clickOn("#mode-light");
        assertThat(appearance.terminalThemeProperty().get().background())
                .isEqualTo(Color.web("#fdf6e3"));
    }

    @Test
    void oneOfTheModesIsAlwaysChosen(FxRobot robot) {
        robot.clickOn("#mode-light").clickOn("#mode-light");

        assertThat(appearance.modeProperty().get()).isEqualTo(Appearance.Mode.LIGHT);
        robot.type(KeyCode.LEFT);
        assertThat(appearance.modeProperty().get()).isEqualTo(Appearance.Mode.DARK);
    }

    @Test
    void sizeAndSpacingAreTypedOrStepped(FxRobot robot) {
        type(robot, "#font-size", "17,5");
        assertThat(appearance.fontSizeProperty().get()).isEqualTo(17.5);

        robot.type(KeyCode.UP);
        assertThat(appearance.fontSizeProperty().get()).isEqualTo(18);

        type(robot, "#line-spacing", "9");
        assertThat(appearance.lineSpacingProperty().get()).isEqualTo(2);
        robot.type(KeyCode.DOWN);
        assertThat(appearance.lineSpacingProperty().get()).isEqualTo(1.95);
    }

    @Test
    void textStopsBlinkingAtAClick(FxRobot robot) {
        robot.clickOn("#blinking-text");

        assertThat(appearance.terminalThemeProperty().get().blinks()).isFalse();
        robot.clickOn("#appearance-reset");
        assertThat(appearance.terminalThemeProperty().get().blinks()).isTrue();
    }

    @Test
    void whatIsNoNumberChangesNothing(FxRobot robot) {
        type(robot, "#font-size", "big");

        assertThat(appearance.fontSizeProperty().get()).isEqualTo(TerminalTheme.FONT_SIZE);
        assertThat(size(robot).getEditor().getText()).isEqualTo("13.5");
    }

    @Test
    void whatWasTypedCountsWhenThePanelIsClosed(FxRobot robot) {
        robot.doubleClickOn("#font-size .text-field").write("21").type(KeyCode.ESCAPE);

        assertThat(stage.layer.isShowing()).isFalse();
        assertThat(stage.behind.isFocused()).isTrue();
        assertThat(appearance.fontSizeProperty().get()).isEqualTo(21);
    }

    @Test
    void fontsAreLookedForElsewhereAndOfferedWhenTheyAreFound(FxRobot robot) {
        assertThat(fonts(robot).getItems()).containsExactly(TerminalTheme.FONTS);

        elsewhere.remove().run();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> fonts(robot).getItems().contains("JetBrains Mono"));
        assertThat(fonts(robot).getItems()).doesNotContain("System", "Serif");
        assertThat(fonts(robot).getValue()).isEqualTo(TerminalTheme.FONTS);
        robot.interact(() -> fonts(robot).setValue("JetBrains Mono"));
        assertThat(appearance.fontFamilyProperty().get()).isEqualTo("JetBrains Mono");
    }

    @Test
    void escapeClosesTheListOfFontsFirst(FxRobot robot) {
        robot.clickOn("#font-family");
        assertThat(fonts(robot).isShowing()).isTrue();

        robot.type(KeyCode.ESCAPE);
        assertThat(fonts(robot).isShowing()).isFalse();
        assertThat(stage.layer.isShowing()).isTrue();

        robot.type(KeyCode.ESCAPE);
        assertThat(stage.layer.isShowing()).isFalse();
    }

    @Test
    void resetBringsBackWhatNobodyChose(FxRobot robot) {
        robot.type(KeyCode.DOWN);
        type(robot, "#font-size", "30");
        type(robot, "#line-spacing", "1.5");
        robot.interact(() -> appearance.fontFamilyProperty().set("Monospaced"));

        robot.clickOn("#appearance-reset");

        assertThat(appearance.modeProperty().get()).isEqualTo(Appearance.Mode.SYSTEM);
        assertThat(appearance.schemeProperty(true).get()).isEqualTo(Schemes.DARK);
        assertThat(appearance.fontSizeProperty().get()).isEqualTo(TerminalTheme.FONT_SIZE);
        assertThat(appearance.lineSpacingProperty().get()).isEqualTo(1);
        assertThat(appearance.fontFamilyProperty().get()).isEqualTo(TerminalTheme.FONTS);
        assertThat(size(robot).getEditor().getText()).isEqualTo("13.5");
        assertThat(dark(robot).getSelectionModel().getSelectedItem().name())
                .isEqualTo(Schemes.DARK);
    }

    @Test
    void anUnknownNameIsKeptUntilAnotherIsChosen(FxRobot robot) {
        robot.interact(
                () -> {
                    appearance.schemeProperty(true).set("Gone");
                    show();
                });

        assertThat(appearance.schemeProperty(true).get()).isEqualTo("Gone");
        assertThat(dark(robot).getSelectionModel().getSelectedItem().name())
                .isEqualTo(Schemes.DARK);
        robot.type(KeyCode.DOWN);
        assertThat(appearance.schemeProperty(true).get()).isNotEqualTo("Gone");
    }

    @Test
    void thePanelStandsBesideWhatItChanges(FxRobot robot) {
        Region panel = robot.lookup("#appearance-panel").queryAs(Region.class);
        double left = panel.localToScene(0, 0).getX();

        assertThat(left).isGreaterThan(1000 / 2.0);
        assertThat(left + panel.getWidth()).isLessThanOrEqualTo(1000);
    }

    private void show() {
        stage.layer.show(
                new AppearancePanel(appearance, new InstalledFonts(elsewhere::add), FxThread::run));
    }

    private static void type(FxRobot robot, String field, String text) {
        robot.clickOn(field + " .text-field")
                .press(KeyCode.CONTROL)
                .type(KeyCode.A)
                .release(KeyCode.CONTROL)
                .write(text)
                .type(KeyCode.ENTER);
    }

    private static Spinner<?> size(FxRobot robot) {
        return robot.lookup("#font-size").queryAs(Spinner.class);
    }

    @SuppressWarnings("unchecked") // There is one list of this name.
    private static ListView<Scheme> dark(FxRobot robot) {
        return robot.lookup("#schemes-dark").queryAs(ListView.class);
    }

    @SuppressWarnings("unchecked") // There is one box of this name.
    private static ComboBox<String> fonts(FxRobot robot) {
        return robot.lookup("#font-family").queryAs(ComboBox.class);
    }
}
