package dev.wormhole.app.view;

import dev.wormhole.app.workspace.Notice;
import dev.wormhole.protocol.SessionId;

import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Duration;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.function.Consumer;

/**
 * A few words of the window, above its lower edge; what is only good to know goes by itself. Of a
 * session there is a way to it.
 *
 * <p>Owned by the FX thread.
 */
final class Toast extends HBox {

    private static final Duration STAY = Duration.seconds(7);
    private static final double MAX_WIDTH = 560;

    private final Label text = new Label();
    private final Button open;
    private final HBox icon = new HBox();
    private final PauseTransition stay = new PauseTransition(STAY);

    private @Nullable SessionId session;

    /**
     * @param opened shows a session that the words are about
     */
    Toast(Runnable dismissed, Consumer<SessionId> opened) {
        getStyleClass().add("wh-toast");
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        text.setWrapText(true);
        text.setMaxWidth(MAX_WIDTH);
        stay.setOnFinished(_ -> dismissed.run());
        open =
                Icons.button(
                        "Open",
                        new FontIcon(Feather.EXTERNAL_LINK),
                        "Shows it in a pane",
                        () -> open(opened));
        open.setId("toast-open");
        open.setMinWidth(Region.USE_PREF_SIZE);
        icon.getStyleClass().add("icon");
        addEventHandler(MouseEvent.MOUSE_CLICKED, _ -> open(opened));
        getChildren().setAll(icon, text, open, Icons.button(Feather.X, "Dismiss", dismissed));
        setVisible(false);
    }

    void show(Notice notice) {
        boolean isProblem = notice.kind() == Notice.Kind.PROBLEM;
        session = notice.session();
        open.setVisible(session != null);
        open.setManaged(session != null);
        getStyleClass().removeAll("bad", "opens");
        if (notice.kind() != Notice.Kind.INFO) getStyleClass().add("bad");
        if (session != null) getStyleClass().add("opens");
        text.setText(notice.text());
        icon.getChildren().setAll(new FontIcon(feather(notice)));
        setVisible(true);
        if (isProblem) stay.stop();
        else stay.playFromStart();
    }

    private static Feather feather(Notice notice) {
        return switch (notice.kind()) {
            case INFO -> notice.session() == null ? Feather.INFO : Feather.CHECK_CIRCLE;
            case FAILURE -> Feather.X_CIRCLE;
            case PROBLEM -> Feather.ALERT_CIRCLE;
        };
    }

    private void open(Consumer<SessionId> opened) {
        SessionId shown = session;
        if (shown != null) opened.accept(shown);
    }

    void hide() {
        stay.stop();
        setVisible(false);
    }
}
