package dev.wormhole.app.terminal.shape;

import javafx.scene.canvas.GraphicsContext;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Draws the characters that have to meet their neighbours, in place of a font: box drawing, blocks
 * and shades, braille, sextants, octants, legacy wedges and powerline separators.
 *
 * <p>Owned by the FX thread. Each shape is worked out once for a size of the cell and kept. Every
 * straight edge lies on a device pixel and nothing reaches beyond the cell, so no clip is needed;
 * with an opaque fill or not, no pixel of straight shapes is painted twice.
 */
public final class CellShapes {

    /** First and last of each range of characters, ascending. */
    private static final int[][] RANGES = {
        {Blocks.FIRST_SCAN_LINE, Blocks.LAST_SCAN_LINE},
        {BoxLines.FIRST, Blocks.LAST},
        {Slopes.FIRST_TRIANGLE, Slopes.LAST_TRIANGLE},
        {Blocks.FIRST_BRAILLE, Blocks.LAST_BRAILLE},
        {Slopes.FIRST_POWERLINE, Slopes.LAST_POWERLINE},
        {Blocks.FIRST_OCTANT, Blocks.LAST_OCTANT},
        {LegacyBlocks.FIRST_QUARTERS, LegacyBlocks.LAST_QUARTERS},
        {Blocks.FIRST_SEXTANT, LegacyBlocks.HOLE - 1},
        {LegacyBlocks.HOLE + 1, Slopes.LAST_FILL},
        {LegacyBlocks.FIRST_THIRDS, LegacyBlocks.LAST_THIRDS},
        {LegacyBlocks.FIRST_MIDDLES, LegacyBlocks.LAST_MIDDLES},
    };

    /** Windows on different screens, and their zooms. */
    private static final int SIZES_KEPT = 8;

    private static final Map<CellBox, CellShapes> KEPT = new LinkedHashMap<>(16, 0.75f, true);
    private static @Nullable CellShapes last;

    private final CellBox box;
    private final @Nullable Shape[] shapes = new Shape[count()];

    private CellShapes(CellBox box) {
        this.box = box;
    }

    /** Whether {@link #draw} draws this character. */
    public static boolean has(int codePoint) {
        return index(codePoint) >= 0;
    }

    /** As {@link #drawRun} of one cell. */
    public static void draw(
            GraphicsContext g,
            int codePoint,
            double x,
            double y,
            double width,
            double height,
            double scale) {
        drawRun(g, codePoint, 1, x, y, width, height, scale);
    }

    /**
     * Draws a character in the fill that is set into several cells beside each other; what goes
     * through all of them costs no more than in one. The path and the opacity of the context are
     * used, the latter is put back.
     *
     * @param codePoint one that {@link #has} is true of
     * @param x the left edge of the first cell in logical pixels; at the scale a whole device
     *     pixel, as are y, width and height
     * @param width of one cell
     * @param scale device pixels per logical pixel
     */
    public static void drawRun(
            GraphicsContext g,
            int codePoint,
            int cells,
            double x,
            double y,
            double width,
            double height,
            double scale) {
        int index = index(codePoint);
        if (index < 0) throw new IllegalArgumentException("no shape: " + codePoint);
        int deviceWidth = Math.max(1, (int) Math.round(width * scale));
        int deviceHeight = Math.max(1, (int) Math.round(height * scale));
        sized(deviceWidth, deviceHeight)
                .shape(index, codePoint)
                .paint(g, Math.round(x * scale), Math.round(y * scale), cells, scale);
    }

    private static CellShapes sized(int width, int height) {
        CellShapes shapes = last;
        if (shapes != null && shapes.box.width() == width && shapes.box.height() == height) {
            return shapes;
        }
        shapes = KEPT.computeIfAbsent(new CellBox(width, height), CellShapes::new);
        if (KEPT.size() > SIZES_KEPT) KEPT.remove(KEPT.keySet().iterator().next());
        last = shapes;
        return shapes;
    }

    private Shape shape(int index, int codePoint) {
        Shape shape = shapes[index];
        if (shape == null) {
            shape = made(box, codePoint);
            shapes[index] = shape;
        }
        return shape;
    }

    private static Shape made(CellBox box, int codePoint) {
        if (codePoint <= Blocks.LAST_SCAN_LINE) return Blocks.scanLine(box, codePoint);
        if (codePoint <= BoxLines.LAST) return BoxLines.of(box, codePoint);
        if (codePoint <= Blocks.LAST) return Blocks.of(box, codePoint);
        if (codePoint <= Slopes.LAST_TRIANGLE) return Slopes.cornerTriangle(box, codePoint);
        if (codePoint <= Blocks.LAST_BRAILLE) return Blocks.braille(box, codePoint);
        if (codePoint <= Slopes.LAST_POWERLINE) return Slopes.powerline(box, codePoint);
        if (codePoint <= Blocks.LAST_OCTANT) return Blocks.octants(box, codePoint);
        if (codePoint <= LegacyBlocks.LAST_QUARTERS) return LegacyBlocks.quarter(box, codePoint);
        if (codePoint <= Blocks.LAST_SEXTANT) return Blocks.sextants(box, codePoint);
        if (codePoint <= Slopes.LAST_WEDGE) return Slopes.wedge(box, codePoint);
        if (codePoint <= Slopes.LAST_QUARTER) return Slopes.quarter(box, codePoint);
        if (codePoint <= LegacyBlocks.LAST) return LegacyBlocks.of(box, codePoint);
        if (codePoint <= Slopes.LAST_FILL) return Slopes.fill(box, codePoint);
        if (codePoint <= LegacyBlocks.LAST_THIRDS) return LegacyBlocks.thirds(box, codePoint);
        return LegacyBlocks.middle(box, codePoint);
    }

    /** The number of a character among all that have shapes; negative if it has none. */
    private static int index(int codePoint) {
        if (codePoint < Blocks.FIRST_SCAN_LINE) return -1;
        int before = 0;
        for (int[] range : RANGES) {
            if (codePoint < range[0]) return -1;
            if (codePoint <= range[1]) return before + codePoint - range[0];
            before += range[1] - range[0] + 1;
        }
        return -1;
    }

    private static int count() {
        int count = 0;
        for (int[] range : RANGES) count += range[1] - range[0] + 1;
        return count;
    }
}
