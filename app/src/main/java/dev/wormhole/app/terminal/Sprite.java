package dev.wormhole.app.terminal;

import javafx.geometry.Rectangle2D;

import org.jspecify.annotations.Nullable;

/**
 * What a character leaves in its cell: for each device pixel how much of the ink it gets, or the
 * colours of a picture. Cut to what is not empty.
 *
 * <p>Immutable; the arrays are not to be written to.
 *
 * @param left of the first pixel from the cell's left edge, negative where it hangs over
 * @param top of the first pixel from the top of the row
 * @param ink 0 to 255 as unsigned bytes, row by row; null for a picture
 * @param colours premultiplied ARGB, row by row; null for ink
 */
@SuppressWarnings("ArrayRecordComponent") // Sprites are compared by nobody.
record Sprite(
        int left, int top, int width, int height, byte @Nullable [] ink, int @Nullable [] colours) {

    static final Sprite EMPTY = new Sprite(0, 0, 0, 0, new byte[0], null);

    /**
     * The part of a sheet that was drawn for a cell, without its empty edges.
     *
     * @param argb premultiplied, of the whole sheet
     * @param place of it on the sheet
     * @param margin of the place beside the cell, on both sides
     * @param isPicture keeps the colours
     */
    static Sprite cut(int[] argb, int stride, Rectangle2D place, int margin, boolean isPicture) {
        int x = (int) place.getMinX();
        int y = (int) place.getMinY();
        int width = (int) place.getWidth();
        int height = (int) place.getHeight();
        int left = width;
        int right = 0;
        int top = height;
        int bottom = 0;
        for (int row = 0; row < height; row++) {
            int at = (y + row) * stride + x;
            for (int column = 0; column < width; column++) {
                if (argb[at + column] >>> 24 == 0) continue;
                left = Math.min(left, column);
                right = Math.max(right, column + 1);
                top = Math.min(top, row);
                bottom = row + 1;
            }
        }
        if (right == 0) return EMPTY;
        int cutWidth = right - left;
        int cutHeight = bottom - top;
        var ink = new byte[isPicture ? 0 : cutWidth * cutHeight];
        var colours = new int[isPicture ? cutWidth * cutHeight : 0];
        for (int row = 0; row < cutHeight; row++) {
            int from = (y + top + row) * stride + x + left;
            int to = row * cutWidth;
            for (int column = 0; column < cutWidth; column++) {
                if (isPicture) colours[to + column] = argb[from + column];
                else ink[to + column] = (byte) (argb[from + column] >>> 24);
            }
        }
        return new Sprite(
                left - margin,
                top,
                cutWidth,
                cutHeight,
                isPicture ? null : ink,
                isPicture ? colours : null);
    }
}
