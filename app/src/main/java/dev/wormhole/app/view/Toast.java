package dev.wormhole.app.view;

import dev.wormhole.app.workspace.Notice;

import javafx.animation.PauseTransition;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Duration;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * A few words of the window, above its lower edge; what is only good to know goes by itself.
 *
 * <p>Owned by the FX thread.
 */
final class Toast extends HBox {

    private static final Duration STAY = Duration.seconds(7);
    private static final double MAX_WIDTH = 560;

    private final Label text = new Label();
    private final PauseTransition stay = new PauseTransition(STAY);

    Toast(Runnable dismissed) {
        getStyleClass().add("wh-toast");
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        text.setWrapText(true);
        text.setMaxWidth(MAX_WIDTH);
        stay.setOnFinished(_ -> dismissed.run());
        getChildren().setAll(text, Icons.button(Feather.X, "Dismiss", dismissed));
        setVisible(false);
    }

    void show(Notice notice) {
        boolean isProblem = notice.kind() == Notice.Kind.PROBLEM;
        getStyleClass().remove("bad");
        if (isProblem) getStyleClass().add("bad");
        text.setText(notice.text());
        var icon = new FontIcon(isProblem ? Feather.ALERT_CIRCLE : Feather.INFO);
        if (getChildren().size() == 2) getChildren().addFirst(icon);
        else getChildren().set(0, icon);
        setVisible(true);
        if (isProblem) stay.stop();
        else stay.playFromStart();
    }

    void hide() {
        stay.stop();
        setVisible(false);
    }
}
