package dev.wormhole.app.dialog;

import dev.wormhole.app.workspace.Problems;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks once whether the programs in the panes shall outlive the logout, which this system would let
 * them not.
 *
 * <p>Owned by the FX thread.
 */
public final class LogoutPanel implements Panel {

    /** What the person wants, for ever. */
    public enum Answer {
        KEEP_RUNNING,
        LET_THEM_END
    }

    private final Supplier<CompletableFuture<Void>> enable;
    private final Executor fx;
    private final Consumer<Answer> answered;
    private final Button keep = new Button("Keep them running");
    private final Button end = new Button("Let them end");
    private final Label problem = text("", "wh-error");
    private final VBox content;
    private @Nullable Runnable dismiss;

    /**
     * @param enable makes the system keep them, elsewhere; its failure is told and can be tried
     *     again
     * @param fx runs what it is given on the FX thread
     * @param answered is told the answer that stands; not told when the panel is just closed
     */
    public LogoutPanel(
            Supplier<CompletableFuture<Void>> enable, Executor fx, Consumer<Answer> answered) {
        this.enable = enable;
        this.fx = fx;
        this.answered = answered;
        var question =
                text(
                        "On this computer, logging out can end every program you run, those in your"
                                + " terminals too. Their text comes back, they do not.");
        var how =
                text(
                        "Wormhole can ask the system to let them run on (loginctl enable-linger)."
                                + " It counts once the programs that run now have ended.",
                        "text-muted");
        keep.setId("logout-keep");
        keep.setDefaultButton(true);
        keep.getStyleClass().add("accent");
        keep.setOnAction(_ -> enable());
        end.setId("logout-end");
        end.setOnAction(_ -> answer(Answer.LET_THEM_END));
        for (Button button : new Button[] {keep, end}) button.setMinWidth(Region.USE_PREF_SIZE);
        problem.setId("logout-problem");
        problem.managedProperty().bind(problem.visibleProperty());
        problem.setVisible(false);
        var buttons = new HBox(end, keep);
        buttons.getStyleClass().add("wh-buttons");
        content = new VBox(question, how, problem, buttons);
        content.setId("logout-panel");
        content.getStyleClass().add("wh-panel");
    }

    @Override
    public String title() {
        return "Programs and logging out";
    }

    @Override
    public Region content() {
        return content;
    }

    @Override
    public void opened(Runnable close) {
        dismiss = close;
        keep.requestFocus();
    }

    private void enable() {
        busy(true);
        problem.setVisible(false);
        enable.get()
                .whenCompleteAsync(
                        (_, failure) -> {
                            busy(false);
                            if (failure == null) {
                                answer(Answer.KEEP_RUNNING);
                                return;
                            }
                            problem.setText(Problems.sentence(failure));
                            problem.setVisible(true);
                            keep.requestFocus();
                            keep.setText("Try again");
                        },
                        fx);
    }

    private void busy(boolean isBusy) {
        keep.setDisable(isBusy);
        end.setDisable(isBusy);
    }

    private void answer(Answer answer) {
        answered.accept(answer);
        if (dismiss != null) dismiss.run();
    }

    private static Label text(String words, String... styles) {
        var text = new Label(words);
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.getStyleClass().addAll(styles);
        return text;
    }
}
