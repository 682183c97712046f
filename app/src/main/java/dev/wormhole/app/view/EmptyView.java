package dev.wormhole.app.view;

import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Ellipse;

import java.util.List;

/**
 * What a window without panes shows: what is going on, or what to do.
 *
 * <p>Owned by the FX thread.
 */
final class EmptyView extends VBox {

    /**
     * A key and what it does.
     *
     * <p>Immutable.
     */
    record Hint(String key, String meaning) {}

    private static final int RINGS = 4;

    private final Label headline = new Label();
    private final Label words = new Label();
    private final HBox actions = new HBox();
    private final GridPane keys = new GridPane();

    EmptyView(Runnable newShell, Runnable sessions, List<Hint> hints) {
        getStyleClass().add("wh-empty");
        headline.getStyleClass().add("headline");
        words.getStyleClass().add("words");
        words.setWrapText(true);
        words.setMaxWidth(440);
        actions.getStyleClass().add("actions");
        var shell = new Button("New shell");
        shell.getStyleClass().add("accent");
        shell.setDefaultButton(true);
        shell.setOnAction(_ -> newShell.run());
        var list = new Button("Sessions…");
        list.setOnAction(_ -> sessions.run());
        actions.getChildren().setAll(shell, list);
        keys.getStyleClass().add("keys");
        for (int row = 0; row < hints.size(); row++) {
            var key = new Label(hints.get(row).key());
            key.getStyleClass().add("key");
            var meaning = new Label(hints.get(row).meaning());
            meaning.getStyleClass().add("meaning");
            GridPane.setHalignment(key, javafx.geometry.HPos.RIGHT);
            keys.addRow(row, key, meaning);
        }
        getChildren().setAll(mark(), headline, words, actions, keys);
    }

    /** Something is on its way: nothing to do. */
    void waiting(String what, String why) {
        say(what, why, false);
    }

    void welcome() {
        say("Nothing open", "Shells you start here go on when this window closes.", true);
    }

    private void say(String head, String body, boolean withActions) {
        headline.setText(head);
        words.setText(body);
        for (Node node : List.of(actions, keys)) {
            node.setVisible(withActions);
            node.setManaged(withActions);
        }
    }

    /** Rings that narrow towards a point: the mouth of a wormhole. */
    private static Node mark() {
        var rings = new Group();
        for (int i = 0; i < RINGS; i++) {
            double size = 34 - i * 9;
            var ring = new Ellipse(0, i * 3.2, size, size * 0.52);
            ring.getStyleClass().add("ring");
            ring.setStrokeWidth(2.2 - i * 0.35);
            ring.setOpacity(0.30 + i * 0.22);
            rings.getChildren().add(ring);
        }
        var box = new HBox(rings);
        box.getStyleClass().add("mark");
        box.setAlignment(javafx.geometry.Pos.CENTER);
        return box;
    }
}
