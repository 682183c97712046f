package dev.wormhole.app.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Edits a tree at random; the same seed gives the same edits. */
final class RandomTree {

    private static final List<Direction> DIRECTIONS = List.of(Direction.values());

    private final Random random;
    private int lastId = 1;
    private PaneTree tree = PaneTree.of(new PaneId(1));

    RandomTree(long seed) {
        random = new Random(seed);
    }

    PaneTree tree() {
        return tree;
    }

    Random random() {
        return random;
    }

    PaneId anyPane() {
        return tree.panes().get(random.nextInt(tree.panes().size()));
    }

    PaneId newPane() {
        return new PaneId(++lastId);
    }

    /** One edit of any kind; an edit that has no room or meaning leaves the tree as it is. */
    void edit() {
        PaneId pane = anyPane();
        Direction direction = DIRECTIONS.get(random.nextInt(DIRECTIONS.size()));
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> split(pane, random.nextBoolean() ? Axis.ROW : Axis.COLUMN);
            case 4, 5 -> {
                Optional<PaneTree> rest = tree.remove(pane);
                if (rest.isPresent()) tree = rest.get();
            }
            case 6 -> tree = tree.withFocus(pane);
            case 7 -> tree = tree.neighbour(pane, direction).map(tree::withFocus).orElse(tree);
            case 8 -> tree = tree.nudge(pane, direction, random.nextDouble());
            default -> {
                List<PanePath> splits = splits();
                if (splits.isEmpty()) return;
                PanePath path = splits.get(random.nextInt(splits.size()));
                tree = tree.moveDivider(path, random.nextInt(4), random.nextDouble() * 1.4 - 0.2);
            }
        }
        if (random.nextInt(8) == 0) tree = tree.swap(pane, anyPane());
    }

    void split(PaneId pane, Axis axis) {
        if (tree.canSplit(pane, axis)) tree = tree.split(pane, axis, newPane());
    }

    List<PanePath> splits() {
        var paths = new ArrayList<PanePath>();
        collect(tree.root(), PanePath.ROOT, paths);
        return paths;
    }

    private static void collect(Node node, PanePath path, List<PanePath> paths) {
        if (!(node instanceof Node.Split(_, var children))) return;
        paths.add(path);
        for (int i = 0; i < children.size(); i++)
            collect(children.get(i).node(), path.child(i), paths);
    }
}
