package dev.wormhole.app.terminal.shape;

import java.util.Arrays;

/**
 * The pixels of a cell that a shape paints, while it is being made. What reaches beyond the cell is
 * cut off; an area without extent is one pixel thick, so that no shape vanishes in a small cell.
 */
final class PixelMask {

    private final CellBox box;
    private final boolean[] painted;

    PixelMask(CellBox box) {
        this.box = box;
        painted = new boolean[box.width() * box.height()];
    }

    /** Right and bottom are exclusive. */
    void fill(int left, int top, int right, int bottom) {
        int x = Math.min(left, box.width() - 1);
        int y = Math.min(top, box.height() - 1);
        set(x, y, Math.max(right, x + 1), Math.max(bottom, y + 1), true);
    }

    void clear(int left, int top, int right, int bottom) {
        set(left, top, right, bottom, false);
    }

    /** A part of the cell in a raster of {@code columns} by {@code rows}. */
    void fillPart(int column, int row, int columns, int rows) {
        fill(
                box.column(column, columns),
                box.row(row, rows),
                box.column(column + 1, columns),
                box.row(row + 1, rows));
    }

    /** The same pixels as rectangles that share none: left, top, width, height of each. */
    int[] rectangles() {
        boolean[] left = painted.clone();
        int[] found = new int[4 * left.length];
        int size = 0;
        for (int y = 0; y < box.height(); y++) {
            for (int x = 0; x < box.width(); x++) {
                if (!left[at(x, y)]) continue;
                int right = x;
                while (right < box.width() && left[at(right, y)]) right++;
                int bottom = y;
                while (bottom < box.height() && isRun(left, x, right, bottom)) {
                    Arrays.fill(left, at(x, bottom), at(right, bottom), false);
                    bottom++;
                }
                found[size++] = x;
                found[size++] = y;
                found[size++] = right - x;
                found[size++] = bottom - y;
            }
        }
        return Arrays.copyOf(found, size);
    }

    /** Whether a row has these pixels and not their neighbours, which would be cut into pieces. */
    private boolean isRun(boolean[] pixels, int left, int right, int y) {
        if (left > 0 && pixels[at(left - 1, y)]) return false;
        if (right < box.width() && pixels[at(right, y)]) return false;
        for (int x = left; x < right; x++) {
            if (!pixels[at(x, y)]) return false;
        }
        return true;
    }

    private void set(int left, int top, int right, int bottom, boolean value) {
        int from = Math.clamp(left, 0, box.width());
        int to = Math.clamp(right, from, box.width());
        for (int y = Math.max(0, top); y < Math.min(bottom, box.height()); y++) {
            Arrays.fill(painted, at(from, y), at(from, y) + to - from, value);
        }
    }

    private int at(int x, int y) {
        return y * box.width() + x;
    }
}
