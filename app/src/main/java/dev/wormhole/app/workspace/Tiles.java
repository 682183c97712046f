package dev.wormhole.app.workspace;

import dev.wormhole.app.layout.Area;
import dev.wormhole.app.layout.Axis;
import dev.wormhole.app.layout.LayoutDocument;
import dev.wormhole.app.layout.PaneId;
import dev.wormhole.app.layout.PaneTree;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The panes on the screen: the tree, the panes by their number, zoom. It knows no server.
 *
 * <p>Owned by the FX thread. A pane is in the map before it is in the tree and longer, so that who
 * follows the tree always finds it.
 */
final class Tiles {

    /** A cell is about twice as high as wide; a pane wider than this divides into columns. */
    private static final double CELL_ASPECT = 2.1;

    /** The same for a pane without a size yet, in a window of common shape. */
    private static final double WINDOW_ASPECT = 1.6;

    private final Runnable changed;

    // Owned by the FX thread.
    final ReadOnlyObjectWrapper<Optional<PaneTree>> tree =
            new ReadOnlyObjectWrapper<>(this, "tree", Optional.empty());
    final ReadOnlyObjectWrapper<Optional<PaneId>> zoomed =
            new ReadOnlyObjectWrapper<>(this, "zoomed", Optional.empty());
    final ReadOnlyObjectWrapper<Optional<PaneModel>> focused =
            new ReadOnlyObjectWrapper<>(this, "focused", Optional.empty());
    final ObservableMap<PaneId, PaneModel> panes =
            FXCollections.observableMap(new LinkedHashMap<>());
    // Kept: listeners of a view that nobody holds are forgotten with it.
    final ObservableMap<PaneId, PaneModel> panesView =
            FXCollections.unmodifiableObservableMap(panes);
    private int lastId;
    private long focusMoves;

    /**
     * @param changed called after each change that a stored layout would show
     */
    Tiles(Runnable changed) {
        this.changed = changed;
    }

    /** A number that no pane of this workspace had. */
    PaneId nextId() {
        return new PaneId(++lastId);
    }

    /** Counts the times a person moved the focus. */
    long focusMoves() {
        return focusMoves;
    }

    Optional<PaneModel> pane(@Nullable PaneId id) {
        return Optional.ofNullable(id == null ? null : panes.get(id));
    }

    Optional<PaneModel> paneOf(SessionId session) {
        return panes.values().stream().filter(p -> p.session().equals(session)).findFirst();
    }

    boolean isEmpty() {
        return tree.get().isEmpty();
    }

    /** Shows a stored layout. The panes are those of its places. */
    void restore(LayoutDocument document, List<PaneModel> restored) {
        for (PaneModel pane : restored) {
            panes.put(pane.id(), pane);
            lastId = Math.max(lastId, pane.id().number());
        }
        zoomed.set(Optional.ofNullable(document.zoomed()));
        become(document.tree());
    }

    /** Fills an empty window with these panes. */
    void tile(List<PaneModel> added) {
        for (PaneModel pane : added) panes.put(pane.id(), pane);
        become(PaneTree.tiled(added.stream().map(PaneModel::id).toList()));
    }

    /** Whether one more pane fits beside the target; it always does into an empty window. */
    boolean hasRoom(@Nullable PaneId target, @Nullable Axis axis) {
        if (tree.get().isEmpty()) return true;
        PaneId at = existing(tree.get().get(), target);
        return tree.get().get().canSplit(at, axisAt(at, axis));
    }

    /**
     * Puts a pane beside the target, or beside the focused pane where the target is gone.
     *
     * @param axis null: along the longer side
     */
    void add(PaneModel pane, @Nullable PaneId target, @Nullable Axis axis, boolean takeFocus) {
        panes.put(pane.id(), pane);
        zoomed.set(Optional.empty());
        if (tree.get().isEmpty()) {
            become(PaneTree.of(pane.id()));
            return;
        }
        PaneTree before = tree.get().get();
        PaneId at = existing(before, target);
        PaneTree after = before.split(at, axisAt(at, axis), pane.id());
        become(takeFocus ? after : after.withFocus(before.focus()));
    }

    /** Puts a pane in the place of another, with the focus. */
    void replace(PaneModel old, PaneModel pane) {
        if (tree.get().isEmpty()) return;
        panes.put(pane.id(), pane);
        if (zoomed.get().isPresent())
            zoomed.set(
                    zoomed.get().get().equals(old.id())
                            ? Optional.of(pane.id())
                            : Optional.empty());
        become(tree.get().get().replace(old.id(), pane.id()).withFocus(pane.id()));
        panes.remove(old.id());
    }

    void remove(PaneModel pane) {
        if (tree.get().isEmpty()) return;
        if (zoomed.get().equals(Optional.of(pane.id()))) zoomed.set(Optional.empty());
        become(tree.get().get().remove(pane.id()).orElse(null));
        panes.remove(pane.id());
    }

    /** A person looks at another pane: zoom gives way to it. */
    void focus(PaneId pane) {
        if (tree.get().isEmpty() || !tree.get().get().contains(pane)) return;
        if (tree.get().get().focus().equals(pane)) return;
        focusMoves++;
        if (zoomed.get().isPresent()) zoomed.set(Optional.empty());
        become(tree.get().get().withFocus(pane));
    }

    void toggleZoom() {
        if (tree.get().isEmpty() || tree.get().get().panes().size() == 1) return;
        zoomed.set(
                zoomed.get().isPresent()
                        ? Optional.empty()
                        : Optional.of(tree.get().get().focus()));
        become(tree.get().get());
    }

    /** Changes weights or places, not which panes there are. */
    void edit(UnaryOperator<PaneTree> change) {
        if (tree.get().isEmpty()) return;
        PaneTree after = change.apply(tree.get().get());
        if (!after.equals(tree.get().get())) become(after);
    }

    /** What to store; empty without panes. */
    Optional<LayoutDocument> document() {
        return tree.get()
                .map(shown -> new LayoutDocument(shown, places(shown), zoomed.get().orElse(null)));
    }

    private Map<PaneId, LayoutDocument.Place> places(PaneTree shown) {
        var places = new LinkedHashMap<PaneId, LayoutDocument.Place>();
        for (PaneId id : shown.panes())
            pane(id).ifPresent(
                            pane ->
                                    places.put(
                                            id,
                                            new LayoutDocument.Place(pane.session(), pane.wish())));
        return places;
    }

    private void become(@Nullable PaneTree next) {
        tree.set(Optional.ofNullable(next));
        Optional<PaneModel> holder = next == null ? Optional.empty() : pane(next.focus());
        focused.set(holder);
        holder.ifPresent(PaneModel::seen);
        for (PaneModel pane : panes.values())
            pane.show(zoomed.get().isEmpty() || zoomed.get().get().equals(pane.id()));
        changed.run();
    }

    private static PaneId existing(PaneTree tree, @Nullable PaneId target) {
        return target != null && tree.contains(target) ? target : tree.focus();
    }

    Axis axisAt(PaneId at, @Nullable Axis asked) {
        if (asked != null) return asked;
        TerminalSize cells = pane(at).map(PaneModel::wish).orElse(null);
        if (cells != null)
            return cells.cols() >= cells.rows() * CELL_ASPECT ? Axis.ROW : Axis.COLUMN;
        Area area = tree.get().map(PaneTree::areas).map(areas -> areas.get(at)).orElse(Area.WHOLE);
        return area.width() * WINDOW_ASPECT >= area.height() ? Axis.ROW : Axis.COLUMN;
    }
}
