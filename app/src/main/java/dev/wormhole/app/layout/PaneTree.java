package dev.wormhole.app.layout;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tiles of one window and the pane that has the focus. It knows panes by number only: which
 * session a pane shows is the workspace's business, and so is zoom.
 *
 * <p>Immutable. Every pane stands in the tree once and the focus is one of them; a window without
 * panes has no tree. Edits answer with another tree.
 */
public final class PaneTree {

    /** More panes than anybody can read; bounds what a foreign document may ask for. */
    public static final int MAX_PANES = 64;

    /** Splits above a pane: eight halvings in each direction. Bounds every recursion. */
    public static final int MAX_DEPTH = 16;

    /** The smallest share of its split that a divider or a new pane leaves to a pane. */
    public static final double MIN_SHARE = 0.02;

    private final Node root;
    private final PaneId focus;
    private final List<PaneId> panes;

    private PaneTree(Node root, PaneId focus, List<PaneId> panes) {
        this.root = root;
        this.focus = focus;
        this.panes = panes;
    }

    /** A window with one pane. */
    public static PaneTree of(PaneId only) {
        return of(new Node.Pane(only), only);
    }

    /**
     * The tree of these nodes.
     *
     * @throws IllegalArgumentException if a pane stands in it twice, the focus is none of them, or
     *     it is larger than {@link #MAX_PANES} and {@link #MAX_DEPTH} allow
     */
    public static PaneTree of(Node root, PaneId focus) {
        if (TreeEdits.depth(root) > MAX_DEPTH) throw new IllegalArgumentException("tree: too deep");
        List<PaneId> panes = TreeEdits.panes(root);
        if (panes.size() > MAX_PANES)
            throw new IllegalArgumentException("tree: panes: " + panes.size());
        if (panes.stream().distinct().count() != panes.size())
            throw new IllegalArgumentException("tree: a pane stands in it twice");
        if (!panes.contains(focus)) throw new IllegalArgumentException("tree: focus: " + focus);
        return new PaneTree(root, focus, List.copyOf(panes));
    }

    /**
     * Panes in a grid that is about as wide as high, column by column; the first has the focus.
     *
     * @throws IllegalArgumentException if there are none or more than {@link #MAX_PANES}
     */
    public static PaneTree tiled(List<PaneId> panes) {
        return of(TreeEdits.grid(panes), panes.getFirst());
    }

    public Node root() {
        return root;
    }

    public PaneId focus() {
        return focus;
    }

    /** The panes in reading order: depth first, first child first. */
    public List<PaneId> panes() {
        return panes;
    }

    public boolean contains(PaneId pane) {
        return panes.contains(pane);
    }

    /** What the path leads to; empty where it leads nowhere. */
    public Optional<Node> at(PanePath path) {
        return Optional.ofNullable(TreeEdits.at(root, path));
    }

    /** Where each pane lies, in reading order. */
    public Map<PaneId, Area> areas() {
        return TreeEdits.areas(root);
    }

    public PaneTree withFocus(PaneId pane) {
        return pane.equals(focus) ? this : of(root, pane);
    }

    /** Whether there is room for one more pane beside this one. */
    public boolean canSplit(PaneId pane, Axis axis) {
        return panes.size() < MAX_PANES
                && contains(pane)
                && TreeEdits.depth(root, pane, axis) <= MAX_DEPTH
                && TreeEdits.share(root, pane, axis) / 2 >= MIN_SHARE;
    }

    /**
     * Puts a new pane behind this one along the axis: a sibling where the parent lies along that
     * axis, else both go into a new split. The two share the place of the first equally; the new
     * one gets the focus.
     *
     * @throws IllegalArgumentException if {@link #canSplit} says no or the new pane is there
     *     already
     */
    public PaneTree split(PaneId pane, Axis axis, PaneId added) {
        if (!canSplit(pane, axis)) throw new IllegalArgumentException("no room at " + pane);
        return of(TreeEdits.split(root, pane, axis, added), added);
    }

    /**
     * Takes a pane out: its place goes to the sibling before it, or behind it where it is the
     * first; a split with one child left gives way to it. If the pane had the focus, the one that
     * took most of its place gets it. Empty when it was the last one.
     */
    public Optional<PaneTree> remove(PaneId pane) {
        if (!contains(pane)) return Optional.of(this);
        Node rest = TreeEdits.remove(root, pane);
        if (rest == null) return Optional.empty();
        return Optional.of(of(rest, pane.equals(focus) ? heir(pane, rest) : focus));
    }

    /**
     * The pane that lies next to this one in that direction and shares most of the edge with it;
     * the first in reading order among equals. Empty at the edge of the window.
     */
    public Optional<PaneId> neighbour(PaneId pane, Direction direction) {
        Map<PaneId, Area> areas = areas();
        Area from = areas.get(pane);
        if (from == null) return Optional.empty();
        PaneId best = null;
        double most = -1;
        for (PaneId candidate : TreeEdits.facing(root, pane, direction)) {
            double overlap = from.overlap(direction.axis().other(), areaOf(areas, candidate));
            // Equal shares differ in their last digit by the way they were summed up.
            if (overlap > most + Node.Split.TOLERANCE) {
                best = candidate;
                most = overlap;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The pane after this one in reading order, or before it; goes round at the ends. */
    public PaneId following(PaneId pane, boolean forward) {
        int step = forward ? 1 : panes.size() - 1;
        return panes.get((panes.indexOf(pane) + step) % panes.size());
    }

    /**
     * Moves a divider of a split.
     *
     * @param split path of the split; one that leads to no split changes nothing
     * @param divider number of the divider: 0 lies between the first two children
     * @param position share of the split's area before the divider, kept so far from the divider's
     *     neighbours that {@link #MIN_SHARE} is left
     */
    public PaneTree moveDivider(PanePath split, int divider, double position) {
        Node changed = TreeEdits.moveDivider(root, split, divider, position);
        return changed == null ? this : of(changed, focus);
    }

    /**
     * Moves the nearest divider of a pane that can move in this direction: the one on that side, or
     * where there is none the one on the other side. Unchanged where the pane fills the axis.
     */
    public PaneTree nudge(PaneId pane, Direction direction, double share) {
        Node changed = TreeEdits.nudge(root, pane, direction, share);
        return changed == null ? this : of(changed, focus);
    }

    /** Lets two panes change places; the focus stays with its pane. */
    public PaneTree swap(PaneId one, PaneId other) {
        if (!contains(one) || !contains(other)) return this;
        return of(TreeEdits.swap(root, one, other), focus);
    }

    /** Gives a pane's place, and its focus, to a new one. */
    public PaneTree replace(PaneId pane, PaneId added) {
        if (!contains(pane) || contains(added)) return this;
        return of(TreeEdits.swap(root, pane, added), pane.equals(focus) ? added : focus);
    }

    private PaneId heir(PaneId removed, Node rest) {
        Area place = areaOf(areas(), removed);
        var after = TreeEdits.areas(rest);
        PaneId best = after.keySet().iterator().next();
        double most = 0;
        for (var entry : new ArrayList<>(after.entrySet())) {
            double shared = entry.getValue().shared(place);
            if (shared > most + Node.Split.TOLERANCE) {
                best = entry.getKey();
                most = shared;
            }
        }
        return best;
    }

    private static Area areaOf(Map<PaneId, Area> areas, PaneId pane) {
        Area area = areas.get(pane);
        if (area == null) throw new IllegalStateException("no such pane: " + pane);
        return area;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PaneTree that && root.equals(that.root) && focus.equals(that.focus);
    }

    @Override
    public int hashCode() {
        return 31 * root.hashCode() + focus.hashCode();
    }

    @Override
    public String toString() {
        return TreeEdits.describe(root) + " focus " + focus.number();
    }
}
