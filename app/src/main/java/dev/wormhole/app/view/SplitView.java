package dev.wormhole.app.view;

import dev.wormhole.app.layout.Axis;
import dev.wormhole.app.layout.Node;
import dev.wormhole.app.layout.PaneId;
import dev.wormhole.app.layout.PanePath;
import dev.wormhole.app.layout.PaneTree;

import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lays tiles out as their tree says, a hairline apart. It moves and sizes the tiles it is given and
 * never makes one anew: a terminal stays the same node whatever becomes of the tree.
 *
 * <p>Owned by the FX thread.
 */
final class SplitView extends Pane {

    private static final double HAIRLINE = 1;

    private final Divider.Mover mover;

    // Owned by the FX thread.
    private final Map<PaneId, Region> tiles = new HashMap<>();
    private final List<Divider> dividers = new ArrayList<>();
    private Optional<PaneTree> tree = Optional.empty();
    private Optional<PaneId> zoomed = Optional.empty();
    private int dividersUsed;

    SplitView(Divider.Mover mover) {
        this.mover = mover;
        getStyleClass().add("wh-tiles");
        setMinSize(0, 0);
    }

    void put(PaneId id, Region tile) {
        tiles.put(id, tile);
        // Tiles come before the dividers, which lie over their edges.
        getChildren().addFirst(tile);
        requestLayout();
    }

    void drop(PaneId id) {
        getChildren().remove(tiles.remove(id));
    }

    void show(Optional<PaneTree> shown, Optional<PaneId> alone) {
        tree = shown;
        zoomed = alone;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        dividersUsed = 0;
        tiles.forEach((id, tile) -> tile.setVisible(zoomed.isEmpty() || zoomed.get().equals(id)));
        if (zoomed.isPresent()) {
            place(zoomed.get(), 0, 0, getWidth(), getHeight());
        } else if (tree.isPresent()) {
            layOut(tree.get().root(), PanePath.ROOT, 0, 0, getWidth(), getHeight());
        }
        while (dividers.size() > dividersUsed) getChildren().remove(dividers.removeLast());
    }

    private void layOut(Node node, PanePath path, double x, double y, double width, double height) {
        switch (node) {
            case Node.Pane(var id) -> place(id, x, y, width, height);
            case Node.Split split when split.axis() == Axis.ROW ->
                    row(split, path, x, y, width, height);
            case Node.Split split -> column(split, path, x, y, width, height);
        }
    }

    private void row(
            Node.Split split, PanePath path, double x, double y, double width, double height) {
        double[] edges = edges(split, width);
        for (int i = 0; i < split.children().size(); i++) {
            double left = x + edges[i] + (i == 0 ? 0 : HAIRLINE);
            double right = x + edges[i + 1];
            Node child = split.children().get(i).node();
            layOut(child, path.child(i), left, y, Math.max(0, right - left), height);
            if (i == 0) continue;
            divider(new Divider.Place(Axis.ROW, path, i - 1, x, width))
                    .resizeRelocate(left - (Divider.GRIP + HAIRLINE) / 2, y, Divider.GRIP, height);
        }
    }

    private void column(
            Node.Split split, PanePath path, double x, double y, double width, double height) {
        double[] edges = edges(split, height);
        for (int i = 0; i < split.children().size(); i++) {
            double top = y + edges[i] + (i == 0 ? 0 : HAIRLINE);
            double bottom = y + edges[i + 1];
            Node child = split.children().get(i).node();
            layOut(child, path.child(i), x, top, width, Math.max(0, bottom - top));
            if (i == 0) continue;
            divider(new Divider.Place(Axis.COLUMN, path, i - 1, y, height))
                    .resizeRelocate(x, top - (Divider.GRIP + HAIRLINE) / 2, width, Divider.GRIP);
        }
    }

    /** Where the children begin and end, on whole pixels: text between them would blur. */
    private double[] edges(Node.Split split, double length) {
        double[] edges = new double[split.children().size() + 1];
        double sum = 0;
        for (int i = 0; i < split.children().size(); i++) {
            sum += split.children().get(i).weight();
            edges[i + 1] = snapPositionX(Math.min(1, sum) * length);
        }
        edges[edges.length - 1] = length;
        return edges;
    }

    private void place(PaneId id, double x, double y, double width, double height) {
        Region tile = tiles.get(id);
        if (tile != null) tile.resizeRelocate(x, y, width, height);
    }

    /** Kept and moved while it is dragged: a new node would lose the mouse. */
    private Divider divider(Divider.Place at) {
        if (dividersUsed == dividers.size()) {
            var added = new Divider(at, mover);
            dividers.add(added);
            getChildren().add(added);
        }
        Divider divider = dividers.get(dividersUsed++);
        divider.place(at);
        return divider;
    }
}
