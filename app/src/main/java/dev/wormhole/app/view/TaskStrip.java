package dev.wormhole.app.view;

import dev.wormhole.app.workspace.PaneModel;
import dev.wormhole.app.workspace.PaneState;
import dev.wormhole.app.workspace.TaskWords;
import dev.wormhole.protocol.TaskEntry;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Subscription;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.time.Instant;
import java.util.Optional;

/**
 * The strip of a pane whose task is over: how it ended, and a button that runs it again. No key
 * does anything here.
 *
 * <p>Owned by the FX thread.
 */
final class TaskStrip extends HBox {

    private final PaneModel model;
    private final FontIcon icon = new FontIcon(Feather.CHECK_CIRCLE);
    private final Label outcome = new Label();
    private final Label message = new Label();
    private final Subscription subscription;

    /**
     * @param again runs the task again
     */
    TaskStrip(PaneModel model, Runnable again) {
        this.model = model;
        getStyleClass().addAll("wh-strip", "wh-task-strip");
        outcome.getStyleClass().add("outcome");
        outcome.setMinWidth(0);
        message.getStyleClass().add("quiet");
        message.setMinWidth(0);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button run =
                Icons.button(
                        "Run again",
                        new FontIcon(Feather.ROTATE_CW),
                        "Runs it once more, as a new task in this place",
                        again);
        run.getStyleClass().add("task-again");
        run.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().setAll(icon, outcome, message, gap, run);
        subscription =
                Subscription.combine(
                        model.stateProperty().subscribe(_ -> show()),
                        model.taskProperty().subscribe(_ -> show()));
    }

    void dispose() {
        subscription.unsubscribe();
    }

    private void show() {
        Optional<TaskEntry> over =
                model.taskProperty()
                        .get()
                        .filter(_ -> model.state() instanceof PaneState.Exited)
                        .filter(entry -> entry.status().isOver());
        setVisible(over.isPresent());
        over.ifPresent(this::show);
    }

    private void show(TaskEntry entry) {
        outcome.setText(TaskWords.outcome(entry, Instant.now()));
        String more = entry.message();
        message.setText(more == null ? "" : more);
        Icons.tip(message, message.getText());
        TaskWords.Tone tone = TaskWords.tone(entry);
        icon.setIconCode(icon(tone));
        getStyleClass().removeAll("good", "bad");
        if (tone == TaskWords.Tone.GOOD) getStyleClass().add("good");
        if (tone == TaskWords.Tone.BAD) getStyleClass().add("bad");
    }

    private static Feather icon(TaskWords.Tone tone) {
        return switch (tone) {
            case GOOD -> Feather.CHECK_CIRCLE;
            case BAD -> Feather.X_CIRCLE;
            case ENDED -> Feather.SLASH;
            case WAITING, BUSY -> Feather.LOADER;
        };
    }
}
