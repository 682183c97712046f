package dev.wormhole.app.dialog;

import dev.wormhole.app.terminal.scheme.Scheme;

import javafx.geometry.Insets;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.Background;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A scheme in its own colours: its name as text on its background, and the sixteen named ones.
 *
 * <p>Owned by the FX thread.
 */
final class SchemeCell extends ListCell<Scheme> {

    private static final double SWATCH = 16;
    private static final double SWATCH_HEIGHT = 8;
    private static final CornerRadii ROUND = new CornerRadii(6);

    private final Label name = new Label();
    private final List<Rectangle> swatches = new ArrayList<>();
    private final VBox box = new VBox();

    SchemeCell() {
        name.getStyleClass().add("wh-scheme-name");
        box.getStyleClass().add("wh-scheme");
        box.getChildren().setAll(name, row(), row());
        // As wide as the list, however wide that is: there is nothing to scroll to.
        setPrefWidth(0);
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    }

    @Override
    protected void updateItem(@Nullable Scheme scheme, boolean empty) {
        super.updateItem(scheme, empty);
        if (empty || scheme == null) {
            setText(null);
            setGraphic(null);
            return;
        }
        // Not shown, but read to those who do not see it.
        setText(scheme.name());
        name.setText(scheme.name());
        name.setTextFill(scheme.foreground());
        box.setBackground(
                new Background(new BackgroundFill(scheme.background(), ROUND, Insets.EMPTY)));
        for (int i = 0; i < Scheme.NAMED_COLOURS; i++)
            swatches.get(i).setFill(scheme.palette().get(i));
        setGraphic(box);
    }

    private HBox row() {
        var row = new HBox();
        row.getStyleClass().add("wh-swatches");
        for (int i = 0; i < Scheme.NAMED_COLOURS / 2; i++) {
            var swatch = new Rectangle(SWATCH, SWATCH_HEIGHT, Color.TRANSPARENT);
            swatch.setArcWidth(4);
            swatch.setArcHeight(4);
            swatches.add(swatch);
            row.getChildren().add(swatch);
        }
        return row;
    }
}
