package dev.wormhole.app.layout;

import java.util.List;

/**
 * A part of the tile tree: one pane, or a split of further parts.
 *
 * <p>Immutable. A split has at least two children, none of them a split along the same axis, and
 * their weights are positive and sum to 1: a tree that breaks this cannot be made.
 */
public sealed interface Node {

    /** A leaf: one terminal. */
    record Pane(PaneId id) implements Node {}

    /** Children that share an area along one axis, in reading order. */
    record Split(Axis axis, List<Child> children) implements Node {

        /** Sums of 64 weights are off by less than this. */
        static final double TOLERANCE = 1e-9;

        public Split {
            children = List.copyOf(children);
            if (children.size() < 2)
                throw new IllegalArgumentException("split: children: " + children.size());
            double sum = 0;
            for (Child child : children) {
                sum += child.weight();
                if (child.node() instanceof Split inner && inner.axis() == axis)
                    throw new IllegalArgumentException("split: a child along the same axis");
            }
            if (Math.abs(sum - 1) > TOLERANCE)
                throw new IllegalArgumentException("split: weights sum to " + sum);
        }
    }

    /** One child of a split with its share of the area. */
    record Child(Node node, double weight) {

        public Child {
            if (!(weight > 0 && weight < 1))
                throw new IllegalArgumentException("weight: " + weight);
        }
    }
}
