package dev.wormhole.app.terminal.shape;

/**
 * A cell measured in device pixels, and where in it lines run and parts end.
 *
 * <p>Immutable. A boundary between two parts of a cell is computed in one place, so that shapes
 * which complement each other leave no gap and share no pixel.
 *
 * @param width at least 1
 * @param height at least 1
 */
record CellBox(int width, int height) {

    /** A light line is as thick as a text's stem about: 1 pixel up to a height of 26. */
    private static final double HEIGHTS_PER_LINE = 18;

    /** The thickness of a light line, at least 1; a heavy one is twice as thick. */
    int line() {
        return Math.max(1, (int) Math.round(height / HEIGHTS_PER_LINE));
    }

    int heavyLine() {
        return 2 * line();
    }

    /** The left edge of a light vertical line; all other lines lie around it. */
    int lineLeft() {
        return Math.max(0, (width - line()) / 2);
    }

    int lineTop() {
        return Math.max(0, (height - line()) / 2);
    }

    /** Where the first {@code part} of {@code parts} equal columns end. */
    int column(int part, int parts) {
        return cut(width, part, parts);
    }

    /** Where the first {@code part} of {@code parts} equal rows end, from the top. */
    int row(int part, int parts) {
        return cut(height, part, parts);
    }

    /** The rounded part of a length. */
    static int cut(int length, int part, int parts) {
        return (2 * length * part + parts) / (2 * parts);
    }
}
