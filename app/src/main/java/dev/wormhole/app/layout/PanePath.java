package dev.wormhole.app.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * The way from the root to a node: at each split the number of the child to take. The root's path
 * is empty.
 *
 * <p>Immutable.
 */
public record PanePath(List<Integer> steps) {

    public static final PanePath ROOT = new PanePath(List.of());

    public PanePath {
        steps = List.copyOf(steps);
    }

    /** The path of a child of the node that this path leads to. */
    public PanePath child(int index) {
        var longer = new ArrayList<>(steps);
        longer.add(index);
        return new PanePath(longer);
    }
}
