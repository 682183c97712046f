package dev.wormhole.app.terminal.shape;

import java.util.ArrayList;
import java.util.List;

/**
 * Shapes with slanted or round edges: powerline separators, corner triangles, and the wedges and
 * diagonals among the symbols for legacy computing. Pure.
 */
final class Slopes {

    static final int FIRST_POWERLINE = 0xE0B0;
    static final int LAST_POWERLINE = 0xE0BF;

    static final int FIRST_TRIANGLE = 0x25E2;
    static final int LAST_TRIANGLE = 0x25E5;

    static final int FIRST_WEDGE = 0x1FB3C;
    static final int LAST_WEDGE = 0x1FB67;

    static final int FIRST_QUARTER = 0x1FB68;
    static final int LAST_QUARTER = 0x1FB6F;

    static final int FIRST_FILL = 0x1FB98;
    static final int LAST_FILL = 0x1FBAF;

    private static final int ELLIPSE_STEPS = 32;

    /** Hatching repeats so often in a cell. */
    private static final int HATCHES = 2;

    private static final int UPPER_LEFT = 0;
    private static final int UPPER_RIGHT = 1;
    private static final int LOWER_RIGHT = 2;
    private static final int LOWER_LEFT = 3;

    /**
     * Points on the cell's border, named a to j clockwise from the upper left: x in halves of the
     * width, y in thirds of the height.
     */
    private static final int[] POINTS = {
        0, 0, 1, 0, 2, 0, 2, 1, 2, 2, 2, 3, 1, 3, 0, 3, 0, 2, 0, 1
    };

    /** For each wedge a corner that belongs to it and the ends of the line that cuts it off. */
    private static final String WEDGES =
            "hig hif hjg hjf hag fjb fjc fib fic fhb fid "
                    + "fge fhe fgd fhd fgc hbd had hbe hae hbf hje "
                    + "cig cif cjg cjf cag ajb ajc aib aic ahb aid "
                    + "age ahe agd ahd agc cbd cad cbe cae cbf cje ";

    private static final int WEDGES_STEP = 4;

    /** Triangles between a side and the centre: bit 0 left, 1 upper, 2 right, 3 lower. */
    private static final int[] QUARTERS = {14, 13, 11, 7, 1, 2, 4, 8};

    private static final int UPPER_AND_LOWER = 10;
    private static final int LEFT_AND_RIGHT = 5;

    /**
     * Lines between the middles of two sides, of U+1FBA0 to U+1FBAE: bit 0 upper to right, 1 right
     * to lower, 2 lower to left, 3 left to upper.
     */
    private static final String DIAGONALS = "8142c369a57ebdf";

    private Slopes() {}

    static Shape powerline(CellBox box, int codePoint) {
        return switch (codePoint) {
            case 0xE0B0 -> Shape.of(box, List.of(arrow(box)));
            case 0xE0B1 -> Shape.of(box, List.of(chevron(box)));
            case 0xE0B2 -> Shape.of(box, List.of(Polygon.mirrored(arrow(box), box.width())));
            case 0xE0B3 -> Shape.of(box, List.of(Polygon.mirrored(chevron(box), box.width())));
            case 0xE0B4 -> Shape.of(box, List.of(halfEllipse(box)));
            case 0xE0B5 -> Shape.of(box, List.of(halfRing(box)));
            case 0xE0B6 -> Shape.of(box, List.of(Polygon.mirrored(halfEllipse(box), box.width())));
            case 0xE0B7 -> Shape.of(box, List.of(Polygon.mirrored(halfRing(box), box.width())));
            case 0xE0B8 -> triangle(box, LOWER_LEFT);
            case 0xE0BA -> triangle(box, LOWER_RIGHT);
            case 0xE0BC -> triangle(box, UPPER_LEFT);
            case 0xE0BE -> triangle(box, UPPER_RIGHT);
            case 0xE0B9, 0xE0BF -> Shape.of(box, List.of(BoxLines.falling(box)));
            default -> Shape.of(box, List.of(BoxLines.rising(box)));
        };
    }

    static Shape cornerTriangle(CellBox box, int codePoint) {
        return switch (codePoint) {
            case 0x25E2 -> triangle(box, LOWER_RIGHT);
            case 0x25E3 -> triangle(box, LOWER_LEFT);
            case 0x25E4 -> triangle(box, UPPER_LEFT);
            default -> triangle(box, UPPER_RIGHT);
        };
    }

    static Shape wedge(CellBox box, int codePoint) {
        int at = (codePoint - FIRST_WEDGE) * WEDGES_STEP;
        int corner = 2 * (WEDGES.charAt(at) - 'a');
        int from = 2 * (WEDGES.charAt(at + 1) - 'a');
        int to = 2 * (WEDGES.charAt(at + 2) - 'a');
        double[] wedge =
                Polygon.half(
                        Polygon.rectangle(0, 0, box.width(), box.height()),
                        x(box, from),
                        y(box, from),
                        x(box, to),
                        y(box, to),
                        x(box, corner),
                        y(box, corner));
        return Shape.of(box, List.of(wedge));
    }

    static Shape quarter(CellBox box, int codePoint) {
        return quarters(box, QUARTERS[codePoint - FIRST_QUARTER]);
    }

    /** U+1FB98 to U+1FBAF. */
    static Shape fill(CellBox box, int codePoint) {
        return switch (codePoint) {
            case 0x1FB98 -> Shape.of(box, hatching(box, false));
            case 0x1FB99 -> Shape.of(box, hatching(box, true));
            case 0x1FB9A -> quarters(box, UPPER_AND_LOWER);
            case 0x1FB9B -> quarters(box, LEFT_AND_RIGHT);
            case 0x1FB9C -> triangle(box, UPPER_LEFT).shaded(Blocks.MEDIUM_SHADE);
            case 0x1FB9D -> triangle(box, UPPER_RIGHT).shaded(Blocks.MEDIUM_SHADE);
            case 0x1FB9E -> triangle(box, LOWER_RIGHT).shaded(Blocks.MEDIUM_SHADE);
            case 0x1FB9F -> triangle(box, LOWER_LEFT).shaded(Blocks.MEDIUM_SHADE);
            case 0x1FBAF -> crossedLine(box);
            default -> diagonals(box, Character.digit(DIAGONALS.charAt(codePoint - 0x1FBA0), 16));
        };
    }

    private static double x(CellBox box, int point) {
        return POINTS[point] * box.width() / 2.0;
    }

    private static double y(CellBox box, int point) {
        return box.row(POINTS[point + 1], 3);
    }

    private static double[] arrow(CellBox box) {
        return Polygon.of(0, 0, box.width(), box.height() / 2.0, 0, box.height());
    }

    /** Its outer edge is that of the arrow, so that all of it lies in the cell. */
    private static double[] chevron(CellBox box) {
        double width = box.width();
        double middle = box.height() / 2.0;
        double length = Math.hypot(width, middle);
        double across = box.line() * length / middle;
        double down = box.line() * length / width;
        return Polygon.of(
                0,
                0,
                width,
                middle,
                0,
                box.height(),
                0,
                box.height() - down,
                Math.max(0, width - across),
                middle,
                0,
                down);
    }

    private static double[] halfEllipse(CellBox box) {
        return ellipse(box, box.width(), box.height() / 2.0).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static double[] halfRing(CellBox box) {
        double middle = box.height() / 2.0;
        List<Double> ring = ellipse(box, box.width(), middle);
        List<Double> hole =
                ellipse(
                        box,
                        Math.max(0, box.width() - box.line()),
                        Math.max(0, middle - box.line()));
        for (int i = hole.size() - 2; i >= 0; i -= 2) {
            ring.add(hole.get(i));
            ring.add(hole.get(i + 1));
        }
        return ring.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The right half, from top to bottom, around the middle of the cell's left side. */
    private static List<Double> ellipse(CellBox box, double radiusX, double radiusY) {
        var corners = new ArrayList<Double>();
        for (int i = 0; i <= ELLIPSE_STEPS; i++) {
            double angle = Math.PI * i / ELLIPSE_STEPS;
            corners.add(radiusX * Math.sin(angle));
            corners.add(box.height() / 2.0 - radiusY * Math.cos(angle));
        }
        return corners;
    }

    /** Half of the cell, with this corner. */
    private static Shape triangle(CellBox box, int corner) {
        double right = box.width();
        double bottom = box.height();
        return Shape.of(
                box,
                List.of(
                        switch (corner) {
                            case UPPER_LEFT -> Polygon.of(0, 0, right, 0, 0, bottom);
                            case UPPER_RIGHT -> Polygon.of(0, 0, right, 0, right, bottom);
                            case LOWER_RIGHT -> Polygon.of(right, 0, right, bottom, 0, bottom);
                            default -> Polygon.of(0, 0, right, bottom, 0, bottom);
                        }));
    }

    private static Shape quarters(CellBox box, int bits) {
        double right = box.width();
        double bottom = box.height();
        double[] corners = {0, bottom, 0, 0, right, 0, right, bottom, 0, bottom};
        var triangles = new ArrayList<double[]>();
        for (int side = 0; side < 4; side++) {
            if ((bits >> side & 1) == 0) continue;
            triangles.add(
                    Polygon.of(
                            corners[2 * side],
                            corners[2 * side + 1],
                            corners[2 * side + 2],
                            corners[2 * side + 3],
                            right / 2,
                            bottom / 2));
        }
        return Shape.of(box, triangles);
    }

    /** Lines along the cell's diagonal that go on in the cells around. */
    private static List<double[]> hatching(CellBox box, boolean isRising) {
        var lines = new ArrayList<double[]>();
        double width = box.width();
        for (int i = -HATCHES; i <= HATCHES; i++) {
            double x = width * i / HATCHES;
            double[] line = Polygon.line(box, x, 0, x + width, box.height(), box.line());
            if (line.length < 6) continue;
            lines.add(isRising ? Polygon.mirrored(line, width) : line);
        }
        return lines;
    }

    private static Shape diagonals(CellBox box, int bits) {
        double[] middles = {
            box.width() / 2.0,
            0,
            box.width(),
            box.height() / 2.0,
            box.width() / 2.0,
            box.height(),
            0,
            box.height() / 2.0
        };
        var lines = new ArrayList<double[]>();
        for (int i = 0; i < 4; i++) {
            if ((bits >> i & 1) == 0) continue;
            int next = (i + 1) % 4;
            lines.add(
                    Polygon.line(
                            box,
                            middles[2 * i],
                            middles[2 * i + 1],
                            middles[2 * next],
                            middles[2 * next + 1],
                            box.line()));
        }
        return Shape.of(box, lines);
    }

    /** A light horizontal line with a short vertical stroke through its middle. */
    private static Shape crossedLine(CellBox box) {
        var mask = new PixelMask(box);
        mask.fill(0, box.lineTop(), box.width(), box.lineTop() + box.line());
        int left = box.lineLeft();
        mask.fill(left, box.row(3, 8), left + box.line(), box.row(5, 8));
        return Shape.of(box, mask);
    }
}
