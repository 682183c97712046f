package dev.wormhole.app.terminal.shape;

import java.util.Arrays;

/** Polygons as arrays, x and y of each corner in turn. Pure. */
final class Polygon {

    private Polygon() {}

    static double[] of(double... corners) {
        return corners;
    }

    static double[] rectangle(double left, double top, double right, double bottom) {
        return of(left, top, right, top, right, bottom, left, bottom);
    }

    /** A straight line with flat ends, cut off where it leaves the cell. */
    static double[] line(
            CellBox box, double x1, double y1, double x2, double y2, double thickness) {
        double length = Math.hypot(x2 - x1, y2 - y1);
        double aside = thickness / 2 * (y1 - y2) / length;
        double along = thickness / 2 * (x2 - x1) / length;
        // Longer by its thickness: the corners of the cell that it ends in are cut out of it.
        double moreX = (x2 - x1) / length * thickness;
        double moreY = (y2 - y1) / length * thickness;
        return within(
                box,
                of(
                        x1 - moreX + aside,
                        y1 - moreY + along,
                        x2 + moreX + aside,
                        y2 + moreY + along,
                        x2 + moreX - aside,
                        y2 + moreY - along,
                        x1 - moreX - aside,
                        y1 - moreY - along));
    }

    private static double[] within(CellBox box, double[] polygon) {
        double right = box.width();
        double bottom = box.height();
        double[] cut = half(polygon, 0, 0, 0, bottom, right, 0);
        cut = half(cut, right, 0, right, bottom, 0, 0);
        cut = half(cut, 0, 0, right, 0, 0, bottom);
        return half(cut, 0, bottom, right, bottom, 0, 0);
    }

    /**
     * The part of a convex polygon on that side of the line from (x1, y1) to (x2, y2) where (x, y)
     * is.
     */
    static double[] half(
            double[] polygon, double x1, double y1, double x2, double y2, double x, double y) {
        double wanted = Math.signum(side(x1, y1, x2, y2, x, y));
        double[] kept = new double[2 * polygon.length + 4];
        int size = 0;
        for (int i = 0; i < polygon.length; i += 2) {
            int next = (i + 2) % polygon.length;
            double fromX = polygon[i];
            double fromY = polygon[i + 1];
            double from = wanted * side(x1, y1, x2, y2, fromX, fromY);
            double to = wanted * side(x1, y1, x2, y2, polygon[next], polygon[next + 1]);
            if (from >= 0) {
                kept[size++] = fromX;
                kept[size++] = fromY;
            }
            if (from * to < 0) {
                double way = from / (from - to);
                kept[size++] = fromX + way * (polygon[next] - fromX);
                kept[size++] = fromY + way * (polygon[next + 1] - fromY);
            }
        }
        return Arrays.copyOf(kept, size);
    }

    static double area(double[] polygon) {
        double twice = 0;
        for (int i = 0; i < polygon.length; i += 2) {
            int next = (i + 2) % polygon.length;
            twice += polygon[i] * polygon[next + 1] - polygon[next] * polygon[i + 1];
        }
        return twice / 2;
    }

    static double[] reversed(double[] polygon) {
        double[] reversed = new double[polygon.length];
        for (int i = 0; i < polygon.length; i += 2) {
            reversed[i] = polygon[polygon.length - 2 - i];
            reversed[i + 1] = polygon[polygon.length - 1 - i];
        }
        return reversed;
    }

    static double[] mirrored(double[] polygon, double width) {
        double[] mirrored = polygon.clone();
        for (int i = 0; i < mirrored.length; i += 2) mirrored[i] = width - mirrored[i];
        return mirrored;
    }

    private static double side(double x1, double y1, double x2, double y2, double x, double y) {
        return (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
    }
}
