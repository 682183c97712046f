package dev.wormhole.app.terminal.shape;

import javafx.scene.canvas.GraphicsContext;

import java.util.ArrayList;
import java.util.List;

/**
 * What one character paints in a cell of one size: rectangles of whole pixels, and outlines whose
 * slopes are antialiased.
 *
 * <p>Immutable.
 */
final class Shape {

    /** Part of a shape with an opacity of its own. */
    private static final class Part {

        private final double opacity;

        /** As {@link PixelMask#rectangles} has them. */
        private final int[] rectangles;

        private final List<double[]> outlines;

        Part(double opacity, int[] rectangles, List<double[]> outlines) {
            this.opacity = opacity;
            this.rectangles = rectangles;
            this.outlines = outlines;
        }
    }

    private final CellBox box;
    private final List<Part> parts;

    private Shape(CellBox box, List<Part> parts) {
        this.box = box;
        this.parts = parts;
    }

    static Shape of(CellBox box, PixelMask mask) {
        return new Shape(box, List.of(new Part(1, mask.rectangles(), List.of())));
    }

    /**
     * @param outlines closed polygons in device pixels, x and y in turn; where they overlap, they
     *     are painted once
     */
    static Shape of(CellBox box, List<double[]> outlines) {
        return new Shape(box, List.of(new Part(1, new int[0], clockwise(outlines))));
    }

    /** The same at another opacity, from 0 to 1. */
    Shape shaded(double opacity) {
        return new Shape(
                box,
                parts.stream()
                        .map(part -> new Part(opacity, part.rectangles, part.outlines))
                        .toList());
    }

    Shape with(Shape other) {
        var both = new ArrayList<>(parts);
        both.addAll(other.parts);
        return new Shape(box, List.copyOf(both));
    }

    /**
     * Paints it into cells beside each other. What spans the cell's width is painted once.
     *
     * @param left of the first cell in device pixels, as is top
     */
    void paint(GraphicsContext g, long left, long top, int cells, double scale) {
        for (Part part : parts) {
            if (part.opacity == 1) {
                paint(g, part, left, top, cells, scale);
            } else {
                double before = g.getGlobalAlpha();
                g.setGlobalAlpha(before * part.opacity);
                paint(g, part, left, top, cells, scale);
                g.setGlobalAlpha(before);
            }
        }
    }

    private void paint(GraphicsContext g, Part part, long left, long top, int cells, double scale) {
        int[] rectangles = part.rectangles;
        for (int i = 0; i < rectangles.length; i += 4) {
            int width = rectangles[i + 2];
            boolean isThrough = width == box.width();
            double y = (top + rectangles[i + 1]) / scale;
            double height = rectangles[i + 3] / scale;
            int pieces = isThrough ? 1 : cells;
            int length = isThrough ? width * cells : width;
            for (int piece = 0; piece < pieces; piece++) {
                long x = left + rectangles[i] + (long) piece * box.width();
                g.fillRect(x / scale, y, length / scale, height);
            }
        }
        if (part.outlines.isEmpty()) return;
        for (int cell = 0; cell < cells; cell++) {
            fillOutlines(g, part.outlines, left + (long) cell * box.width(), top, scale);
        }
    }

    private static void fillOutlines(
            GraphicsContext g, List<double[]> outlines, long left, long top, double scale) {
        g.beginPath();
        for (double[] outline : outlines) {
            g.moveTo((left + outline[0]) / scale, (top + outline[1]) / scale);
            for (int i = 2; i < outline.length; i += 2) {
                g.lineTo((left + outline[i]) / scale, (top + outline[i + 1]) / scale);
            }
            g.closePath();
        }
        g.fill();
    }

    /** Turned one way, as otherwise the non-zero rule would take overlaps out. */
    private static List<double[]> clockwise(List<double[]> outlines) {
        return outlines.stream()
                .map(outline -> Polygon.area(outline) < 0 ? Polygon.reversed(outline) : outline)
                .toList();
    }
}
