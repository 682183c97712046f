package dev.wormhole.app.view;

import dev.wormhole.app.layout.Axis;
import dev.wormhole.app.layout.PanePath;

import javafx.scene.Cursor;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * A divider between two tiles: a hairline with a wide grip.
 *
 * <p>Owned by the FX thread.
 */
final class Divider extends Region {

    /** What dragging does. */
    interface Mover {
        void move(PanePath split, int divider, double position);
    }

    /**
     * Which divider it is and where its split lies along the axis.
     *
     * <p>Immutable.
     */
    record Place(Axis axis, PanePath split, int index, double start, double length) {}

    static final double GRIP = 9;
    private static final double LINE = 2;

    private final Region line = new Region();
    private final Mover mover;

    // Owned by the FX thread.
    private Place place;

    /** Where within the grip it was taken hold of. */
    private double hold;

    Divider(Place place, Mover mover) {
        this.place = place;
        this.mover = mover;
        getStyleClass().add("wh-divider");
        line.getStyleClass().add("line");
        line.setMouseTransparent(true);
        getChildren().add(line);
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnMouseReleased(_ -> getStyleClass().remove("dragged"));
        place(place);
    }

    void place(Place at) {
        place = at;
        setCursor(at.axis() == Axis.ROW ? Cursor.H_RESIZE : Cursor.V_RESIZE);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        if (place.axis() == Axis.ROW) {
            line.resizeRelocate((GRIP - LINE) / 2, 0, LINE, getHeight());
        } else {
            line.resizeRelocate(0, (GRIP - LINE) / 2, getWidth(), LINE);
        }
    }

    private void pressed(MouseEvent event) {
        event.consume();
        if (event.getButton() != MouseButton.PRIMARY) return;
        getStyleClass().add("dragged");
        hold = (place.axis() == Axis.ROW ? event.getX() : event.getY()) - GRIP / 2;
    }

    private void dragged(MouseEvent event) {
        event.consume();
        if (!event.isPrimaryButtonDown()) return;
        var point = getParent().sceneToLocal(event.getSceneX(), event.getSceneY());
        double along = (place.axis() == Axis.ROW ? point.getX() : point.getY()) - hold;
        mover.move(place.split(), place.index(), (along - place.start()) / place.length());
    }
}
