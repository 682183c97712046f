package dev.wormhole.app.dialog;

import javafx.beans.value.ChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.net.URL;
import java.util.Objects;

/**
 * The layer above the terminals on which a panel appears as a card. It keeps the keyboard inside
 * the card while there is one, and gives it back afterwards.
 *
 * <p>Owned by the FX thread.
 */
public final class PanelLayer extends Pane {

    private static final PseudoClass BESIDE = PseudoClass.getPseudoClass("beside");

    private final Runnable afterwards;
    private final ChangeListener<@Nullable Node> keepInside = (_, _, now) -> focusMoved(now);
    private final VBox card = new VBox();
    private @Nullable Panel panel;

    /**
     * @param afterwards gives the keyboard back to the terminal
     */
    public PanelLayer(Runnable afterwards) {
        this.afterwards = afterwards;
        setId("panel-layer");
        getStyleClass().add("wh-panel-layer");
        getStylesheets().add(styleSheet());
        card.getStyleClass().add("wh-card");
        getChildren().add(card);
        setVisible(false);
        addEventFilter(KeyEvent.KEY_PRESSED, this::escape);
        // No key of a panel is meant for the window behind it.
        addEventHandler(KeyEvent.ANY, KeyEvent::consume);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::mousePressed);
    }

    public boolean isShowing() {
        return panel != null;
    }

    /** Shows a panel, in the place of the one that is shown. */
    public void show(Panel next) {
        if (panel != null) panel.closed();
        else watchFocus(true);
        panel = next;
        card.getChildren().setAll(head(next.title()), next.content());
        VBox.setVgrow(next.content(), Priority.ALWAYS);
        pseudoClassStateChanged(BESIDE, next.isBeside());
        setVisible(true);
        applyCss();
        layout();
        next.opened(
                () -> {
                    if (Objects.equals(panel, next)) dismiss();
                });
    }

    /** Closes the panel that is shown; nothing without one. */
    public void dismiss() {
        if (panel == null) return;
        Panel shown = panel;
        panel = null;
        watchFocus(false);
        setVisible(false);
        card.getChildren().clear();
        shown.closed();
        afterwards.run();
    }

    /**
     * As large as the panel wants to be, at the top or in the corner, and never larger than the
     * window.
     */
    @Override
    protected void layoutChildren() {
        double width = getWidth() - getInsets().getLeft() - getInsets().getRight();
        double height = getHeight() - getInsets().getTop() - getInsets().getBottom();
        double cardWidth = snapSizeX(Math.min(card.prefWidth(-1), width));
        double cardHeight = snapSizeY(Math.min(card.prefHeight(cardWidth), height));
        double room = width - cardWidth;
        boolean isBeside = panel != null && panel.isBeside();
        double left = getInsets().getLeft() + snapPositionX(isBeside ? room : room / 2);
        card.resizeRelocate(left, getInsets().getTop(), cardWidth, cardHeight);
    }

    private HBox head(String title) {
        var name = new Label(title);
        name.getStyleClass().addAll("title-4", "wh-card-title");
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        var close = new Button("✕");
        close.setId("panel-close");
        close.setAccessibleText("Close");
        close.getStyleClass().addAll("flat", "wh-card-close");
        close.setFocusTraversable(false);
        close.setOnAction(_ -> dismiss());
        var head = new HBox(name, close);
        head.getStyleClass().add("wh-card-head");
        head.setAlignment(Pos.CENTER_LEFT);
        return head;
    }

    /** Taken before a field or a list can swallow it. */
    private void escape(KeyEvent event) {
        if (event.getCode() != KeyCode.ESCAPE || panel == null) return;
        event.consume();
        if (!panel.stepBack()) dismiss();
    }

    private void mousePressed(MouseEvent event) {
        if (event.getTarget() == this) dismiss();
        event.consume();
    }

    private void watchFocus(boolean watch) {
        Scene scene = getScene();
        if (scene == null) return;
        if (watch) scene.focusOwnerProperty().addListener(keepInside);
        else scene.focusOwnerProperty().removeListener(keepInside);
    }

    private void focusMoved(@Nullable Node now) {
        if (panel == null || now == null || isInside(now)) return;
        // Tab went on behind the card: it begins anew in it.
        firstFocusable(panel.content());
    }

    private boolean isInside(Node node) {
        for (Node at = node; at != null; at = at.getParent()) if (at == this) return true;
        return false;
    }

    private static boolean firstFocusable(Parent parent) {
        for (Node child : parent.getChildrenUnmodifiable()) {
            if (!child.isVisible() || child.isDisabled()) continue;
            if (child.isFocusTraversable()) {
                child.requestFocus();
                return true;
            }
            if (child instanceof Parent inner && firstFocusable(inner)) return true;
        }
        return false;
    }

    private static String styleSheet() {
        URL sheet = PanelLayer.class.getResource("dialog.css");
        if (sheet == null) throw new IllegalStateException("missing resource: dialog.css");
        return sheet.toExternalForm();
    }
}
