package dev.wormhole.app.layout;

/** Where to look from a pane. */
public enum Direction {
    LEFT(Axis.ROW, -1),
    RIGHT(Axis.ROW, 1),
    UP(Axis.COLUMN, -1),
    DOWN(Axis.COLUMN, 1);

    private final Axis axis;
    private final int step;

    Direction(Axis axis, int step) {
        this.axis = axis;
        this.step = step;
    }

    /** The axis of the splits that this direction moves along. */
    public Axis axis() {
        return axis;
    }

    /** 1 towards the last child of such a split, -1 towards the first. */
    int step() {
        return step;
    }

    public Direction opposite() {
        return switch (this) {
            case LEFT -> RIGHT;
            case RIGHT -> LEFT;
            case UP -> DOWN;
            case DOWN -> UP;
        };
    }
}
