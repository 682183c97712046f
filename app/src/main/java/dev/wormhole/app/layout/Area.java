package dev.wormhole.app.layout;

/**
 * Where a pane lies in a window of size 1×1, dividers counted as nothing; x grows to the right, y
 * downwards.
 *
 * <p>Immutable.
 */
public record Area(double x, double y, double width, double height) {

    /** The whole window. */
    public static final Area WHOLE = new Area(0, 0, 1, 1);

    /** The slice from {@code start} to {@code end}, both shares of the extent along the axis. */
    Area slice(Axis axis, double start, double end) {
        return switch (axis) {
            case ROW -> new Area(x + start * width, y, (end - start) * width, height);
            case COLUMN -> new Area(x, y + start * height, width, (end - start) * height);
        };
    }

    double start(Axis axis) {
        return axis == Axis.ROW ? x : y;
    }

    double end(Axis axis) {
        return axis == Axis.ROW ? x + width : y + height;
    }

    /** How much of the two lies side by side, seen along the axis. */
    double overlap(Axis axis, Area other) {
        double from = Math.max(start(axis), other.start(axis));
        double to = Math.min(end(axis), other.end(axis));
        return Math.max(0, to - from);
    }

    /** The surface that both cover. */
    double shared(Area other) {
        return overlap(Axis.ROW, other) * overlap(Axis.COLUMN, other);
    }
}
