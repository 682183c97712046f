package dev.wormhole.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.app.fx.FxThread;

import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

@ExtendWith(ApplicationExtension.class)
class LogoutPanelTest {

    private final List<LogoutPanel.Answer> answers = new ArrayList<>();
    private final List<CompletableFuture<Void>> asked = new ArrayList<>();
    private PanelStage stage;

    @Start
    void start(Stage window) {
        stage = new PanelStage(window);
        stage.layer.show(
                new LogoutPanel(
                        () -> {
                            asked.add(new CompletableFuture<>());
                            return asked.getLast();
                        },
                        FxThread::run,
                        answers::add));
    }

    @Test
    void theOfferIsTakenOnlyWhenTheSystemHasDoneIt(FxRobot robot) {
        robot.type(KeyCode.ENTER);
        assertThat(asked).hasSize(1);
        assertThat(answers).isEmpty();

        robot.interact(() -> asked.getFirst().complete(null));

        assertThat(answers).containsExactly(LogoutPanel.Answer.KEEP_RUNNING);
        assertThat(stage.layer.isShowing()).isFalse();
    }

    @Test
    void aRefusalIsToldAndCanBeTriedAgain(FxRobot robot) {
        robot.clickOn("#logout-keep");
        robot.interact(
                () -> asked.getFirst().completeExceptionally(new IOException("Access denied.")));

        assertThat(robot.lookup("#logout-problem").queryAs(Labeled.class).getText())
                .isEqualTo("Access denied.");
        assertThat(stage.layer.isShowing()).isTrue();
        robot.clickOn("#logout-keep");
        assertThat(asked).hasSize(2);
        assertThat(answers).isEmpty();
    }

    @Test
    void noIsAnAnswerAndEscapeIsNone(FxRobot robot) {
        robot.clickOn("#logout-end");
        assertThat(answers).containsExactly(LogoutPanel.Answer.LET_THEM_END);
        assertThat(asked).isEmpty();

        answers.clear();
        robot.interact(
                () ->
                        stage.layer.show(
                                new LogoutPanel(
                                        CompletableFuture::new, FxThread::run, answers::add)));
        robot.type(KeyCode.ESCAPE);
        assertThat(answers).isEmpty();
        assertThat(stage.layer.isShowing()).isFalse();
    }
}
