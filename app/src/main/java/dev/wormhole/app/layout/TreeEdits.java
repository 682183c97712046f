package dev.wormhole.app.layout;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The recursions over nodes behind {@link PaneTree}, whose bounds on depth and number bound them
 * too. Pure.
 */
final class TreeEdits {

    private TreeEdits() {}

    /** Splits on the longest way down. */
    static int depth(Node node) {
        return switch (node) {
            case Node.Pane _ -> 0;
            case Node.Split split -> {
                int deepest = 0;
                for (Node.Child child : split.children())
                    deepest = Math.max(deepest, depth(child.node()));
                yield deepest + 1;
            }
        };
    }

    static List<PaneId> panes(Node root) {
        var panes = new ArrayList<PaneId>();
        collect(root, panes);
        return panes;
    }

    private static void collect(Node node, List<PaneId> panes) {
        switch (node) {
            case Node.Pane(var id) -> panes.add(id);
            case Node.Split split -> split.children().forEach(c -> collect(c.node(), panes));
        }
    }

    static Map<PaneId, Area> areas(Node root) {
        var areas = new LinkedHashMap<PaneId, Area>();
        lay(root, Area.WHOLE, areas);
        return areas;
    }

    private static void lay(Node node, Area area, Map<PaneId, Area> areas) {
        switch (node) {
            case Node.Pane(var id) -> areas.put(id, area);
            case Node.Split(var axis, var children) -> {
                double start = 0;
                for (int i = 0; i < children.size(); i++) {
                    Node.Child child = children.get(i);
                    // The last one ends where the split ends, not where the sum of weights does.
                    double end = i == children.size() - 1 ? 1 : start + child.weight();
                    lay(child.node(), area.slice(axis, start, end), areas);
                    start = end;
                }
            }
        }
    }

    static @Nullable Node at(Node root, PanePath path) {
        Node node = root;
        for (int step : path.steps()) {
            if (!(node instanceof Node.Split split)) return null;
            if (step < 0 || step >= split.children().size()) return null;
            node = split.children().get(step).node();
        }
        return node;
    }

    /** The splits above a pane with the child that leads to it, the root's first. */
    record Step(Node.Split split, int index) {}

    static List<Step> way(Node root, PaneId pane) {
        var way = new ArrayList<Step>();
        find(root, pane, way);
        return way;
    }

    private static boolean find(Node node, PaneId pane, List<Step> way) {
        if (node instanceof Node.Pane(var id)) return id.equals(pane);
        var split = (Node.Split) node;
        for (int i = 0; i < split.children().size(); i++) {
            way.add(new Step(split, i));
            if (find(split.children().get(i).node(), pane, way)) return true;
            way.removeLast();
        }
        return false;
    }

    /** Splits above the pane once it has been split along the axis. */
    static int depth(Node root, PaneId pane, Axis axis) {
        List<Step> way = way(root, pane);
        boolean wraps = way.isEmpty() || way.getLast().split().axis() != axis;
        return way.size() + (wraps ? 1 : 0);
    }

    /** What a split along the axis divides: the pane's weight among its siblings, or all of it. */
    static double share(Node root, PaneId pane, Axis axis) {
        List<Step> way = way(root, pane);
        if (way.isEmpty() || way.getLast().split().axis() != axis) return 1;
        return way.getLast().split().children().get(way.getLast().index()).weight();
    }

    static Node split(Node node, PaneId at, Axis axis, PaneId added) {
        return switch (node) {
            case Node.Pane(var id) when id.equals(at) ->
                    new Node.Split(
                            axis,
                            List.of(
                                    new Node.Child(node, 0.5),
                                    new Node.Child(new Node.Pane(added), 0.5)));
            case Node.Pane _ -> node;
            case Node.Split split -> {
                var children = new ArrayList<Node.Child>();
                for (Node.Child child : split.children()) {
                    if (split.axis() == axis && isPane(child.node(), at)) {
                        // Halving is exact in binary: removing the new pane restores the weight.
                        double half = child.weight() / 2;
                        children.add(new Node.Child(child.node(), half));
                        children.add(new Node.Child(new Node.Pane(added), half));
                    } else {
                        Node inner = split(child.node(), at, axis, added);
                        children.add(new Node.Child(inner, child.weight()));
                    }
                }
                yield new Node.Split(split.axis(), children);
            }
        };
    }

    static @Nullable Node remove(Node node, PaneId pane) {
        return switch (node) {
            case Node.Pane _ -> isPane(node, pane) ? null : node;
            case Node.Split(var axis, var children) -> {
                var nodes = new ArrayList<Node>();
                var weights = new ArrayList<Double>();
                double freed = 0;
                for (Node.Child child : children) {
                    Node inner = remove(child.node(), pane);
                    if (inner != null) {
                        nodes.add(inner);
                        weights.add(child.weight() + freed);
                        freed = 0;
                    } else if (nodes.isEmpty()) {
                        freed = child.weight();
                    } else {
                        weights.add(weights.removeLast() + child.weight());
                    }
                }
                yield join(axis, nodes, weights);
            }
        };
    }

    /**
     * The split of these nodes: one alone stands for itself, splits along the same axis open up.
     */
    private static Node join(Axis axis, List<Node> nodes, List<Double> weights) {
        if (nodes.size() == 1) return nodes.getFirst();
        var flat = new ArrayList<Node.Child>();
        boolean opened = false;
        for (int i = 0; i < nodes.size(); i++) {
            double weight = weights.get(i);
            if (nodes.get(i) instanceof Node.Split inner && inner.axis() == axis) {
                for (Node.Child part : inner.children())
                    flat.add(new Node.Child(part.node(), part.weight() * weight));
                opened = true;
            } else {
                flat.add(new Node.Child(nodes.get(i), weight));
            }
        }
        return new Node.Split(axis, opened ? raised(flat) : flat);
    }

    /** The same children with no weight far below the least share, which products can reach. */
    private static List<Node.Child> raised(List<Node.Child> children) {
        double sum = 0;
        for (Node.Child child : children) sum += Math.max(child.weight(), PaneTree.MIN_SHARE);
        var raised = new ArrayList<Node.Child>();
        for (Node.Child child : children) {
            double weight = Math.max(child.weight(), PaneTree.MIN_SHARE);
            raised.add(new Node.Child(child.node(), weight / sum));
        }
        return raised;
    }

    /** The panes on the other side of the pane's edge in that direction, in reading order. */
    static List<PaneId> facing(Node root, PaneId pane, Direction direction) {
        for (Step step : way(root, pane).reversed()) {
            int next = step.index() + direction.step();
            if (step.split().axis() != direction.axis()) continue;
            if (next < 0 || next >= step.split().children().size()) continue;
            var edge = new ArrayList<PaneId>();
            collectEdge(step.split().children().get(next).node(), direction, edge);
            return edge;
        }
        return List.of();
    }

    /** The panes of a node that touch the edge by which this direction enters it. */
    private static void collectEdge(Node node, Direction direction, List<PaneId> edge) {
        switch (node) {
            case Node.Pane(var id) -> edge.add(id);
            case Node.Split(var axis, var children) when axis == direction.axis() -> {
                var first = direction.step() > 0 ? children.getFirst() : children.getLast();
                collectEdge(first.node(), direction, edge);
            }
            case Node.Split(_, var children) ->
                    children.forEach(child -> collectEdge(child.node(), direction, edge));
        }
    }

    static @Nullable Node moveDivider(Node root, PanePath path, int divider, double position) {
        if (!(at(root, path) instanceof Node.Split split)) return null;
        if (divider < 0 || divider + 1 >= split.children().size()) return null;
        if (!Double.isFinite(position)) return null;
        return replace(root, path.steps(), moved(split, divider, position));
    }

    private static Node.Split moved(Node.Split split, int divider, double position) {
        var children = new ArrayList<>(split.children());
        double start = 0;
        for (Node.Child child : children.subList(0, divider)) start += child.weight();
        Node.Child before = children.get(divider);
        Node.Child after = children.get(divider + 1);
        double both = before.weight() + after.weight();
        // Two panes that are small already keep what they have at least in equal parts.
        double least = Math.min(PaneTree.MIN_SHARE, both / 2);
        double weight = Math.clamp(position - start, least, Math.max(least, both - least));
        children.set(divider, new Node.Child(before.node(), weight));
        children.set(divider + 1, new Node.Child(after.node(), both - weight));
        return new Node.Split(split.axis(), children);
    }

    private static Node replace(Node node, List<Integer> steps, Node changed) {
        if (steps.isEmpty()) return changed;
        var split = (Node.Split) node;
        var children = new ArrayList<>(split.children());
        int index = steps.getFirst();
        Node.Child child = children.get(index);
        Node inner = replace(child.node(), steps.subList(1, steps.size()), changed);
        children.set(index, new Node.Child(inner, child.weight()));
        return new Node.Split(split.axis(), children);
    }

    static @Nullable Node nudge(Node root, PaneId pane, Direction direction, double share) {
        List<Step> way = way(root, pane);
        for (int level = way.size() - 1; level >= 0; level--) {
            Node.Split split = way.get(level).split();
            if (split.axis() != direction.axis()) continue;
            int index = way.get(level).index();
            boolean last = index == split.children().size() - 1;
            int divider = (direction.step() > 0 ? !last : index == 0) ? index : index - 1;
            double position = direction.step() * share;
            for (Node.Child child : split.children().subList(0, divider + 1))
                position += child.weight();
            List<Integer> steps = way.subList(0, level).stream().map(Step::index).toList();
            return replace(root, steps, moved(split, divider, position));
        }
        return null;
    }

    static Node swap(Node node, PaneId one, PaneId other) {
        return switch (node) {
            case Node.Pane(var id) when id.equals(one) -> new Node.Pane(other);
            case Node.Pane(var id) when id.equals(other) -> new Node.Pane(one);
            case Node.Pane _ -> node;
            case Node.Split(var axis, var children) ->
                    new Node.Split(
                            axis,
                            children.stream()
                                    .map(
                                            c ->
                                                    new Node.Child(
                                                            swap(c.node(), one, other), c.weight()))
                                    .toList());
        };
    }

    static Node grid(List<PaneId> panes) {
        if (panes.isEmpty()) throw new IllegalArgumentException("grid: no panes");
        int columns = (int) Math.ceil(Math.sqrt(panes.size()));
        var nodes = new ArrayList<Node>();
        int from = 0;
        for (int column = 0; column < columns; column++) {
            int count = (panes.size() - from) / (columns - column);
            List<Node> cells = new ArrayList<>();
            for (PaneId pane : panes.subList(from, from + count)) cells.add(new Node.Pane(pane));
            nodes.add(equal(Axis.COLUMN, cells));
            from += count;
        }
        return equal(Axis.ROW, nodes);
    }

    private static Node equal(Axis axis, List<Node> nodes) {
        if (nodes.size() == 1) return nodes.getFirst();
        return new Node.Split(
                axis, nodes.stream().map(n -> new Node.Child(n, 1.0 / nodes.size())).toList());
    }

    /** The tree on one line, such as {@code row(1 0.50, column(2 0.50, 3 0.50) 0.50)}. */
    static String describe(Node node) {
        return switch (node) {
            case Node.Pane(var id) -> Integer.toString(id.number());
            case Node.Split(var axis, var children) -> {
                var parts = new ArrayList<String>();
                for (Node.Child child : children)
                    parts.add(
                            describe(child.node()) + " " + Math.round(child.weight() * 100) + "%");
                yield axis.storedName() + "(" + String.join(", ", parts) + ")";
            }
        };
    }

    private static boolean isPane(Node node, PaneId pane) {
        return node instanceof Node.Pane(var id) && id.equals(pane);
    }
}
