package dev.wormhole.app.terminal.shape;

import java.util.ArrayList;
import java.util.List;

/** Box drawing, U+2500 to U+257F. Pure. */
final class BoxLines {

    static final int FIRST = 0x2500;
    static final int LAST = 0x257F;

    private static final int UP = 0;
    private static final int RIGHT = 1;
    private static final int DOWN = 2;
    private static final int LEFT = 3;

    private static final int NONE = 0;
    private static final int LIGHT = 1;
    private static final int HEAVY = 2;
    private static final int DOUBLE = 3;

    /**
     * For each character the weights of its lines up, right, down and left; - where not so made.
     */
    private static final String ARMS =
            "0101 0202 1010 2020 ---- ---- ---- ---- ---- ---- ---- ---- 0110 0210 0120 0220 0011"
                + " 0012 0021 0022 1100 1200 2100 2200 1001 1002 2001 2002 1110 1210 2110 1120 2120"
                + " 2210 1220 2220 1011 1012 2011 1021 2021 2012 1022 2022 0111 0112 0211 0212 0121"
                + " 0122 0221 0222 1101 1102 1201 1202 2101 2102 2201 2202 1111 1112 1211 1212 2111"
                + " 1121 2121 2112 2211 1122 1221 2212 1222 2122 2221 2222 ---- ---- ---- ---- 0303"
                + " 3030 0310 0130 0330 0013 0031 0033 1300 3100 3300 1003 3001 3003 1310 3130 3330"
                + " 1013 3031 3033 0313 0131 0333 1303 3101 3303 1313 3131 3333 ---- ---- ---- ----"
                + " ---- ---- ---- 0001 1000 0100 0010 0002 2000 0200 0020 0201 1020 0102 2010 ";

    private static final int ARMS_STEP = 5;

    /** So many corners make a quarter of a circle round at any size of a cell. */
    private static final int ARC_STEPS = 12;

    private final CellBox box;
    private final PixelMask mask;

    private BoxLines(CellBox box) {
        this.box = box;
        mask = new PixelMask(box);
    }

    static Shape of(CellBox box, int codePoint) {
        return switch (codePoint) {
            case 0x256D -> arc(box, 1, 1);
            case 0x256E -> arc(box, -1, 1);
            case 0x256F -> arc(box, -1, -1);
            case 0x2570 -> arc(box, 1, -1);
            case 0x2571 -> Shape.of(box, List.of(rising(box)));
            case 0x2572 -> Shape.of(box, List.of(falling(box)));
            case 0x2573 -> Shape.of(box, List.of(rising(box), falling(box)));
            default -> Shape.of(box, new BoxLines(box).mask(codePoint));
        };
    }

    static double[] rising(CellBox box) {
        return Polygon.line(box, 0, box.height(), box.width(), 0, box.line());
    }

    static double[] falling(CellBox box) {
        return Polygon.line(box, 0, 0, box.width(), box.height(), box.line());
    }

    private PixelMask mask(int codePoint) {
        switch (codePoint) {
            case 0x2504, 0x2505 -> dashAcross(3, codePoint & 1);
            case 0x2506, 0x2507 -> dashDown(3, codePoint & 1);
            case 0x2508, 0x2509 -> dashAcross(4, codePoint & 1);
            case 0x250A, 0x250B -> dashDown(4, codePoint & 1);
            case 0x254C, 0x254D -> dashAcross(2, codePoint & 1);
            case 0x254E, 0x254F -> dashDown(2, codePoint & 1);
            default -> {
                int at = (codePoint - FIRST) * ARMS_STEP;
                drawArms(
                        new int[] {
                            ARMS.charAt(at + UP) - '0',
                            ARMS.charAt(at + RIGHT) - '0',
                            ARMS.charAt(at + DOWN) - '0',
                            ARMS.charAt(at + LEFT) - '0'
                        });
            }
        }
        return mask;
    }

    /**
     * Double lines first, as broad bands whose channel is then taken out of all of them at once, so
     * that channels open into each other; then the single lines, which nothing interrupts.
     */
    private void drawArms(int[] arms) {
        for (int side = UP; side <= LEFT; side++) {
            if (arms[side] == DOUBLE) band(side, 3 * box.line(), reach(arms, side), true);
        }
        for (int side = UP; side <= LEFT; side++) {
            if (arms[side] == DOUBLE) band(side, box.line(), channelReach(arms, side), false);
        }
        for (int side = UP; side <= LEFT; side++) {
            if (arms[side] == LIGHT) band(side, box.line(), reach(arms, side), true);
            if (arms[side] == HEAVY) band(side, box.heavyLine(), reach(arms, side), true);
        }
    }

    /** How thick the line is, beyond whose far side an arm must not reach: in pixels around it. */
    private int reach(int[] arms, int side) {
        int one = arms[turn(side, 1)];
        int other = arms[turn(side, 3)];
        boolean isThrough = arms[side] == arms[turn(side, 2)];
        if (arms[side] != DOUBLE && one == DOUBLE && other == DOUBLE && !isThrough) {
            return -box.line();
        }
        return thickness(Math.max(one, other));
    }

    private int channelReach(int[] arms, int side) {
        return arms[turn(side, 1)] == DOUBLE || arms[turn(side, 3)] == DOUBLE
                ? box.line()
                : thickness(Math.max(arms[turn(side, 1)], arms[turn(side, 3)]));
    }

    private int thickness(int weight) {
        return switch (weight) {
            case NONE, LIGHT -> box.line();
            case HEAVY -> box.heavyLine();
            default -> 3 * box.line();
        };
    }

    private static int turn(int side, int quarters) {
        return (side + quarters) % 4;
    }

    /**
     * Paints or clears a line from the edge on a side to the far side of another line that crosses
     * there and is so thick; a negative thickness means to its near side.
     */
    private void band(int side, int thickness, int crossing, boolean paint) {
        boolean isAcross = side == LEFT || side == RIGHT;
        int length = isAcross ? box.width() : box.height();
        int from = around(isAcross ? box.lineTop() : box.lineLeft(), thickness);
        int to = from + thickness;
        int centre = isAcross ? box.lineLeft() : box.lineTop();
        int near = around(centre, Math.abs(crossing));
        int far = near + Math.abs(crossing);
        boolean isFirst = side == LEFT || side == UP;
        int start = isFirst ? 0 : crossing < 0 ? far : near;
        int end = isFirst ? crossing < 0 ? near : far : length;
        if (isAcross) set(start, from, end, to, paint);
        else set(from, start, to, end, paint);
    }

    private void set(int left, int top, int right, int bottom, boolean paint) {
        if (paint) mask.fill(left, top, right, bottom);
        else mask.clear(left, top, right, bottom);
    }

    /** Where a line begins that is so thick and lies around the light one. */
    private int around(int light, int thickness) {
        return light - (thickness - box.line()) / 2;
    }

    private void dashAcross(int dashes, int heavy) {
        int thickness = heavy == 1 ? box.heavyLine() : box.line();
        int top = around(box.lineTop(), thickness);
        int gap = gap(box.width(), dashes);
        for (int i = 0; i < dashes; i++) {
            int from = box.column(i, dashes) + gap / 2;
            mask.fill(from, top, box.column(i + 1, dashes) - (gap - gap / 2), top + thickness);
        }
    }

    private void dashDown(int dashes, int heavy) {
        int thickness = heavy == 1 ? box.heavyLine() : box.line();
        int left = around(box.lineLeft(), thickness);
        int gap = gap(box.height(), dashes);
        for (int i = 0; i < dashes; i++) {
            int from = box.row(i, dashes) + gap / 2;
            mask.fill(left, from, left + thickness, box.row(i + 1, dashes) - (gap - gap / 2));
        }
    }

    /** Half of it lies at each end of the cell, so that the rhythm goes on in the next one. */
    private static int gap(int length, int dashes) {
        return Math.max(1, (int) Math.round(length * 0.3 / dashes));
    }

    /**
     * A rounded corner, as wide as the cell allows: its last pixel is that of a straight line, to
     * meet the next cell's without a shadow.
     *
     * @param right 1 if it opens to the right, -1 to the left
     * @param down 1 if it opens downwards, -1 upwards
     */
    private static Shape arc(CellBox box, int right, int down) {
        double line = box.line();
        double outerX = right > 0 ? box.lineLeft() : box.lineLeft() + line;
        double outerY = down > 0 ? box.lineTop() : box.lineTop() + line;
        double edgeX = right > 0 ? box.width() : 0;
        double edgeY = down > 0 ? box.height() : 0;
        double room = Math.min(Math.abs(edgeX - outerX), Math.abs(edgeY - outerY));
        double radius = Math.max(0, room - 1);
        var corners = new ArrayList<Double>();
        corner(corners, outerX, edgeY);
        for (int i = 0; i <= ARC_STEPS; i++) {
            double angle = Math.PI / 2 * i / ARC_STEPS;
            corner(
                    corners,
                    outerX + right * radius * (1 - Math.cos(angle)),
                    outerY + down * radius * (1 - Math.sin(angle)));
        }
        corner(corners, edgeX, outerY);
        corner(corners, edgeX, outerY + down * line);
        double inner = Math.max(0, radius - line);
        for (int i = ARC_STEPS; i >= 0; i--) {
            double angle = Math.PI / 2 * i / ARC_STEPS;
            corner(
                    corners,
                    outerX + right * (line + inner * (1 - Math.cos(angle))),
                    outerY + down * (line + inner * (1 - Math.sin(angle))));
        }
        corner(corners, outerX + right * line, edgeY);
        return Shape.of(box, List.of(corners.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    private static void corner(List<Double> corners, double x, double y) {
        corners.add(x);
        corners.add(y);
    }
}
