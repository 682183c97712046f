package dev.wormhole.app.view;

import dev.wormhole.app.workspace.PaneModel;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The strip of a pane whose program was lost with its process: one key runs it again, another
 * forgets it. Every other key is for the terminal.
 *
 * <p>Owned by the FX thread.
 */
final class OfferBar extends HBox {

    private final PaneModel model;
    private final Label line = new Label();
    private final Subscription subscription;

    /** The key that was pressed for this bar: its text and its release are not the terminal's. */
    private @Nullable KeyCode taken;

    OfferBar(PaneModel model) {
        this.model = model;
        getStyleClass().addAll("wh-strip", "wh-offer");
        line.setMinWidth(0);
        line.getStyleClass().add("line");
        var words = new Label("was running here.");
        words.getStyleClass().add("quiet");
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button run =
                Icons.button(
                        "Run it (Enter)",
                        new FontIcon(Feather.PLAY),
                        "Types this line into the shell",
                        () -> model.answerOffer(true));
        run.setId("offer-run");
        Button forget = Icons.button(Feather.X, "Forget it (Esc)", () -> model.answerOffer(false));
        forget.setId("offer-forget");
        for (Region fixed : new Region[] {words, run, forget})
            fixed.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().setAll(new FontIcon(Feather.ROTATE_CCW), line, words, gap, run, forget);
        subscription =
                model.offerProperty()
                        .subscribe(
                                offered -> {
                                    line.setText(offered);
                                    Icons.tip(line, offered);
                                    setVisible(!offered.isEmpty());
                                });
    }

    /**
     * Takes Enter and Escape while something is offered.
     *
     * @param isTerminals whether the terminal has the keyboard
     */
    void key(KeyEvent event, boolean isTerminals) {
        if (event.getEventType() == KeyEvent.KEY_PRESSED) {
            taken = isTerminals && isVisible() && isOurs(event) ? event.getCode() : null;
            if (taken == null) return;
            event.consume();
            model.answerOffer(taken == KeyCode.ENTER);
        } else if (taken != null && event.getEventType() == KeyEvent.KEY_TYPED) {
            event.consume();
        } else if (taken != null && event.getCode() == taken) {
            event.consume();
            taken = null;
        }
    }

    private static boolean isOurs(KeyEvent event) {
        boolean isPlain =
                !event.isShiftDown()
                        && !event.isControlDown()
                        && !event.isAltDown()
                        && !event.isMetaDown();
        return isPlain && (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.ESCAPE);
    }

    void dispose() {
        subscription.unsubscribe();
    }
}
