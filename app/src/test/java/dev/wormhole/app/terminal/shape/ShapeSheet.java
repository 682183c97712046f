package dev.wormhole.app.terminal.shape;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * All characters that have shapes, each in a cell with an empty margin around it.
 *
 * @param margin around a cell in device pixels
 */
record ShapeSheet(Ink ink, int width, int height, int margin) {

    static final int[] ALL = IntStream.range(0, 0x20000).filter(CellShapes::has).toArray();

    private static final int COLUMNS = 32;
    private static final int MARGIN = 3;

    /** Sizes are device pixels. */
    static ShapeSheet of(int width, int height, double scale) {
        return of(width, height, scale, 1, 1);
    }

    /**
     * @param cells how many cells each character is drawn into
     * @param opacity from 0 to 1
     */
    static ShapeSheet of(int width, int height, double scale, int cells, double opacity) {
        int tileWidth = width * cells + 2 * MARGIN;
        int tileHeight = height + 2 * MARGIN;
        int rows = (ALL.length + COLUMNS - 1) / COLUMNS;
        Ink ink =
                Ink.of(
                        COLUMNS * tileWidth,
                        rows * tileHeight,
                        scale,
                        g -> {
                            g.setGlobalAlpha(opacity);
                            for (int i = 0; i < ALL.length; i++) {
                                CellShapes.drawRun(
                                        g,
                                        ALL[i],
                                        cells,
                                        (i % COLUMNS * tileWidth + MARGIN) / scale,
                                        (i / COLUMNS * tileHeight + MARGIN) / scale,
                                        width / scale,
                                        height / scale,
                                        scale);
                            }
                        });
        return new ShapeSheet(ink, width * cells, height, MARGIN);
    }

    /** The cell of the character alone. */
    Ink cell(int codePoint) {
        return tile(codePoint).part(margin, margin, width, height);
    }

    /** Its cell and the margin around it. */
    Ink tile(int codePoint) {
        int index = Arrays.binarySearch(ALL, codePoint);
        int tileWidth = width + 2 * margin;
        int tileHeight = height + 2 * margin;
        return ink.part(
                index % COLUMNS * tileWidth, index / COLUMNS * tileHeight, tileWidth, tileHeight);
    }
}
