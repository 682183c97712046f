package dev.wormhole.app.terminal.shape;

import javafx.scene.canvas.GraphicsContext;

/**
 * The lines under, through and over text. It knows the cell's height and baseline, and draws each
 * in the fill that is set on the context, over as many cells as a run has.
 *
 * <p>Immutable; drawing belongs to the FX thread. Curls, dots and dashes take their phase from the
 * distance to the canvas's left edge, so that runs which touch go on into each other; nothing
 * reaches beyond the run or the cell's height.
 */
public final class LineMarks {

    /** As {@code Style.underline()} has them. */
    public static final int SINGLE = 1;

    public static final int DOUBLE = 2;
    public static final int CURLY = 3;
    public static final int DOTTED = 4;
    public static final int DASHED = 5;

    /** Half the height of a small letter, as a part of the ascent. */
    private static final double STRIKE_HEIGHT = 0.3;

    private static final int MIN_CURL = 6;
    private static final int MIN_DASH = 2;

    /** Dashes are two thirds of their period. */
    private static final int DASH_PARTS = 3;

    private final double scale;
    private final int line;
    private final int height;
    private final int singleTop;
    private final int doubleTop;
    private final int strikeTop;
    private final int curlTop;
    private final int curlPeriod;
    private final int dash;

    /**
     * @param cellHeight in logical pixels; at the scale whole device pixels
     * @param baseline of the text, from the cell's top in logical pixels
     * @param scale device pixels per logical pixel
     */
    public LineMarks(double cellHeight, double baseline, double scale) {
        this.scale = scale;
        height = Math.max(1, (int) Math.round(cellHeight * scale));
        line = new CellBox(1, height).line();
        int base = Math.clamp(Math.round(baseline * scale), 0, height);
        int room = height - base;
        singleTop = fitted(base + Math.max(1, (room - line) / 3), line);
        doubleTop = fitted(base + Math.max(1, (room - 3 * line) / 2), 3 * line);
        strikeTop = fitted((int) Math.round(base * (1 - STRIKE_HEIGHT)) - line / 2, line);
        curlTop = fitted(base + 1, Math.max(3 * line, room - 1));
        curlPeriod = Math.max(MIN_CURL, 2 * Math.round(height / 4f));
        dash = Math.max(MIN_DASH, Math.round(height / 6f));
    }

    /**
     * @param style 0 to 5 as in SGR 4:n; 0 draws nothing
     * @param x the left edge of the run in logical pixels, as are y, the top of its cells, and its
     *     width
     */
    public void underline(GraphicsContext g, int style, double x, double y, double width) {
        long left = Math.round(x * scale);
        long right = Math.round((x + width) * scale);
        long top = Math.round(y * scale);
        switch (style) {
            case SINGLE -> fill(g, left, top + singleTop, right, line);
            case DOUBLE -> {
                fill(g, left, top + doubleTop, right, line);
                fill(g, left, top + doubleTop + 2L * line, right, line);
            }
            case CURLY -> curl(g, left, top + curlTop, right);
            case DOTTED -> pieces(g, left, top + singleTop, right, line, 2 * line);
            case DASHED ->
                    pieces(
                            g,
                            left,
                            top + singleTop,
                            right,
                            (DASH_PARTS - 1) * dash,
                            DASH_PARTS * dash);
            default -> {}
        }
    }

    /** After how many device pixels an underline repeats itself; 1 for one that does not change. */
    public int period(int style) {
        return switch (style) {
            case CURLY -> curlPeriod;
            case DOTTED -> 2 * line;
            case DASHED -> DASH_PARTS * dash;
            default -> 1;
        };
    }

    public void strike(GraphicsContext g, double x, double y, double width) {
        long right = Math.round((x + width) * scale);
        fill(g, Math.round(x * scale), Math.round(y * scale) + strikeTop, right, line);
    }

    public void overline(GraphicsContext g, double x, double y, double width) {
        long right = Math.round((x + width) * scale);
        fill(g, Math.round(x * scale), Math.round(y * scale), right, line);
    }

    private int fitted(int top, int thickness) {
        return Math.max(0, Math.min(top, height - thickness));
    }

    private void pieces(
            GraphicsContext g, long left, long top, long right, int length, int period) {
        for (long from = left - Math.floorMod(left, period); from < right; from += period) {
            long start = Math.max(from, left);
            long end = Math.min(from + length, right);
            if (start < end) fill(g, start, top, end, line);
        }
    }

    private void fill(GraphicsContext g, long left, long top, long right, int thickness) {
        g.fillRect(left / scale, top / scale, (right - left) / scale, thickness / scale);
    }

    /** A sine as thick as the line everywhere; its ends are upright, as the next run's are. */
    private void curl(GraphicsContext g, long left, long top, long right) {
        if (left >= right) return;
        double room = height - curlTop;
        double middle = top + Math.min(room, 4.0 * line) / 2;
        double amplitude = Math.max(line / 2.0, Math.min(room, 4.0 * line) / 2 - line * 0.75);
        g.beginPath();
        g.moveTo(left / scale, (middle + curlEdge(left, amplitude, -1)) / scale);
        for (long x = left + 1; x <= right; x++) {
            g.lineTo(x / scale, (middle + curlEdge(x, amplitude, -1)) / scale);
        }
        for (long x = right; x >= left; x--) {
            g.lineTo(x / scale, (middle + curlEdge(x, amplitude, 1)) / scale);
        }
        g.closePath();
        g.fill();
    }

    /** The lower (1) or upper (-1) edge of the curl, seen from its middle. */
    private double curlEdge(long x, double amplitude, int side) {
        double turns = 2 * Math.PI / curlPeriod;
        double slope = amplitude * turns * Math.cos(x * turns);
        return amplitude * Math.sin(x * turns) + side * line / 2.0 * Math.hypot(1, slope);
    }
}
