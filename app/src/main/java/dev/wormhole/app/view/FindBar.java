package dev.wormhole.app.view;

import dev.wormhole.app.terminal.TerminalSurface;

import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import org.kordamp.ikonli.feather.Feather;

/**
 * Looks for a text in one terminal.
 *
 * <p>Owned by the FX thread.
 */
final class FindBar extends HBox {

    private final TerminalSurface surface;
    private final Runnable closed;
    private final TextField text = new TextField();
    private final Label count = new Label();
    private final CheckBox exact = new CheckBox("Aa");

    FindBar(TerminalSurface surface, Runnable closed) {
        this.surface = surface;
        this.closed = closed;
        getStyleClass().add("wh-find");
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        text.setPromptText("Find");
        count.getStyleClass().add("count");
        exact.setFocusTraversable(false);
        Icons.tip(exact, "Tell upper and lower case apart");
        text.textProperty().addListener(_ -> find());
        exact.selectedProperty().addListener(_ -> find());
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        getChildren()
                .setAll(
                        text,
                        count,
                        exact,
                        Icons.button(Feather.CHEVRON_UP, "Previous", () -> step(false)),
                        Icons.button(Feather.CHEVRON_DOWN, "Next", () -> step(true)),
                        Icons.button(Feather.X, "Close", closed));
    }

    void open() {
        text.requestFocus();
        text.selectAll();
        find();
    }

    private void find() {
        surface.find(text.getText(), !exact.isSelected(), this::found);
    }

    private void found(int found) {
        count.setText(text.getText().isEmpty() ? "" : found == 0 ? "none" : found + " found");
    }

    private void step(boolean forward) {
        surface.findNext(forward);
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case ESCAPE -> closed.run();
            // The last one is shown first: onward is upwards.
            case ENTER -> step(event.isShiftDown());
            case UP -> step(false);
            case DOWN -> step(true);
            default -> {
                return;
            }
        }
        event.consume();
    }
}
