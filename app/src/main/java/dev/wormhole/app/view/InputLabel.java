package dev.wormhole.app.view;

import dev.wormhole.app.workspace.InputNotice;
import dev.wormhole.app.workspace.PaneModel;

import javafx.animation.PauseTransition;
import javafx.scene.control.Label;
import javafx.util.Duration;
import javafx.util.Subscription;

/**
 * A few quiet words in a pane's corner about what was typed into it; those that ask for nothing go
 * by themselves.
 *
 * <p>Owned by the FX thread.
 */
final class InputLabel extends Label {

    private static final Duration STAY = Duration.seconds(8);

    private final PauseTransition stay = new PauseTransition(STAY);
    private final Subscription subscription;

    InputLabel(PaneModel model) {
        getStyleClass().add("wh-notice");
        setMouseTransparent(true);
        stay.setOnFinished(_ -> model.inputNoticeSeen());
        subscription = model.inputNoticeProperty().subscribe(this::show);
    }

    void dispose() {
        stay.stop();
        subscription.unsubscribe();
    }

    private void show(InputNotice notice) {
        setText(InputWords.of(notice));
        setVisible(!getText().isEmpty());
        if (notice instanceof InputNotice.Discarded) stay.playFromStart();
        else stay.stop();
    }
}
