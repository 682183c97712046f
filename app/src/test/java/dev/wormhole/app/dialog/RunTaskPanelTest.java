package dev.wormhole.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.workspace.WorkspaceKit;
import dev.wormhole.protocol.ClientMessage;

import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // TestFX calls the start method first.
class RunTaskPanelTest {

    private final WorkspaceKit kit = new WorkspaceKit();
    private final Memory memory = new Memory();
    private PanelStage stage;

    @Start
    void start(Stage window) {
        kit.running(1);
        stage = new PanelStage(window);
    }

    private void show(FxRobot robot) {
        robot.interact(
                () ->
                        stage.layer.show(
                                new RunTaskPanel(
                                        kit.workspace, memory, Optional.of(new Chooser()))));
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).<ComboBox<String>>query().getEditor().getText();
    }

    private static String field(FxRobot robot, String id) {
        return robot.lookup(id).queryAs(TextField.class).getText();
    }

    private static void error(FxRobot robot, String words) {
        Labeled error = robot.lookup("#task-error").queryAs(Labeled.class);
        assertThat(error.isVisible()).isTrue();
        assertThat(error.getText()).contains(words);
    }

    private ClientMessage.TaskStart started() {
        assertThat(kit.server.tasks.started).hasSize(1);
        return kit.server.tasks.started.getFirst();
    }

    private void answer(FxRobot robot) {
        robot.interact(kit.fx::run);
    }

    @Test
    void theKeyboardIsInTheCommandAndTheDirectoryIsThatOfTheFocusedPane(FxRobot robot) {
        show(robot);
        assertThat(text(robot, "#task-directory")).isEqualTo("/home/1");

        robot.write("make  test").type(KeyCode.ENTER);
        answer(robot);

        assertThat(started().repo()).isEqualTo("/home/1");
        assertThat(started().command()).containsExactly("sh", "-c", "make  test");
        assertThat(started().timeLimit()).isNull();
        assertThat(stage.layer.isShowing()).isFalse();
        assertThat(kit.workspace.panes()).hasSize(2);
    }

    @Test
    void everythingThatIsFilledInIsAskedForAndRemembered(FxRobot robot) {
        show(robot);
        robot.write("make");
        robot.interact(
                () -> {
                    robot.lookup("#task-purpose").queryAs(TextField.class).setText("release");
                    robot.lookup("#task-limit").queryAs(TextField.class).setText("2 h");
                });

        robot.clickOn("#task-run");
        answer(robot);

        assertThat(started().task()).isEqualTo("release");
        assertThat(started().timeLimit()).isEqualTo(7_200_000L);
        assertThat(memory.recipes)
                .containsExactly(new TaskRecipe("make", "release", "/home/1", "2 h"));
    }

    @Test
    void theLastCommandIsThereWithWhatWasSaidOfIt(FxRobot robot) {
        memory.recipes.add(new TaskRecipe("make", "release", "/srv", "2 h"));
        memory.recipes.add(new TaskRecipe("npm test", "tests", "/web", ""));

        show(robot);
        assertThat(text(robot, "#task-command")).isEqualTo("make");
        assertThat(field(robot, "#task-purpose")).isEqualTo("release");
        assertThat(field(robot, "#task-limit")).isEqualTo("2 h");
        // Where the person is now counts more than where that was.
        assertThat(text(robot, "#task-directory")).isEqualTo("/home/1");

        robot.type(KeyCode.DOWN);
        assertThat(text(robot, "#task-command")).isEqualTo("npm test");
        assertThat(field(robot, "#task-purpose")).isEqualTo("tests");
    }

    @Test
    void aLineThatBeginsWithASpaceIsRunAndNotRemembered(FxRobot robot) {
        show(robot);
        robot.write(" deploy --token x").type(KeyCode.ENTER);
        answer(robot);

        assertThat(started().command()).containsExactly("sh", "-c", "deploy --token x");
        assertThat(memory.recipes).isEmpty();
    }

    @Test
    void whatTheServerRefusesIsSaidInThePanel(FxRobot robot) {
        kit.server.tasks.refusal = "no such directory: /home/1";
        show(robot);
        robot.write("make").type(KeyCode.ENTER);
        answer(robot);

        error(robot, "no such directory: /home/1");
        assertThat(stage.layer.isShowing()).isTrue();
        assertThat(memory.recipes).isEmpty();
        assertThat(robot.lookup("#task-run").queryAs(Button.class).isDisabled()).isFalse();
    }

    @Test
    void whatCannotBeMeantIsNotSent(FxRobot robot) {
        show(robot);
        robot.type(KeyCode.ENTER);
        error(robot, "What shall it run?");

        robot.write("make");
        robot.interact(() -> robot.lookup("#task-limit").queryAs(TextField.class).setText("soon"));
        robot.clickOn("#task-run");
        error(robot, "The time limit is written like");

        robot.interact(
                () ->
                        robot.lookup("#task-directory")
                                .<ComboBox<String>>query()
                                .getEditor()
                                .setText("~/src"));
        robot.clickOn("#task-run");
        error(robot, "begins with /");
        assertThat(kit.server.tasks.started).isEmpty();
    }

    @Test
    void aDirectoryIsChosenOnTheDiskOfThisComputer(FxRobot robot) {
        show(robot);

        robot.clickOn("#task-choose");

        assertThat(text(robot, "#task-directory")).isEqualTo("/chosen");
    }

    private static final class Memory implements TaskMemory {

        final List<TaskRecipe> recipes = new ArrayList<>();

        @Override
        public List<TaskRecipe> recent() {
            return List.copyOf(recipes);
        }

        @Override
        public void keep(TaskRecipe recipe) {
            recipes.add(recipe);
        }
    }

    private static final class Chooser implements FileChoice {

        @Override
        public Optional<Path> directory(String title, Optional<Path> from) {
            return Optional.of(Path.of("/chosen"));
        }

        @Override
        public Optional<Path> newFile(String title, String name) {
            return Optional.empty();
        }
    }
}
