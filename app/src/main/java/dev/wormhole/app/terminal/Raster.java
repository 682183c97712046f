package dev.wormhole.app.terminal;

import java.util.Arrays;

/**
 * The pixels of one row of cells, and what can be done to them. Whatever reaches beyond the row is
 * cut off.
 *
 * <p>Not thread-safe.
 */
final class Raster {

    private static final int OPAQUE = 0xff000000;
    private static final int RED_BLUE = 0xff00ff;
    private static final int GREEN = 0xff00;

    private final int[] pixels;
    private final int width;
    private final int height;

    /**
     * @param pixels premultiplied ARGB, row by row; written to
     */
    Raster(int[] pixels, int width, int height) {
        this.pixels = pixels;
        this.width = width;
        this.height = height;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** All of it, in an opaque colour. */
    void clear(int rgb) {
        Arrays.fill(pixels, OPAQUE | rgb);
    }

    /** Columns of pixels over the whole height, in an opaque colour. */
    void fill(int from, int to, int rgb) {
        int left = Math.max(0, from);
        int right = Math.min(width, to);
        if (left >= right) return;
        for (int at = 0; at < pixels.length; at += width) {
            Arrays.fill(pixels, at + left, at + right, OPAQUE | rgb);
        }
    }

    /** A sprite of ink in a colour, at a cell's corner. */
    void stamp(Sprite sprite, int x, int y, int rgb) {
        byte[] ink = sprite.ink();
        if (ink == null) return;
        int left = x + sprite.left();
        int first = Math.max(0, -left);
        int last = Math.min(sprite.width(), width - left);
        int colour = OPAQUE | rgb;
        for (int row = 0; row < sprite.height(); row++) {
            int line = y + sprite.top() + row;
            if (line < 0 || line >= height) continue;
            int from = row * sprite.width();
            int to = line * width + left;
            for (int column = first; column < last; column++) {
                int cover = ink[from + column] & 0xff;
                if (cover == 0) continue;
                int at = to + column;
                pixels[at] = cover == 0xff ? colour : mixed(pixels[at], rgb, cover);
            }
        }
    }

    /**
     * A sprite that repeats itself, seen through a window of the row.
     *
     * @param period of the repetition, counted from the row's left edge
     */
    void tile(Sprite sprite, int period, int from, int to, int y, int rgb) {
        byte[] ink = sprite.ink();
        if (ink == null || sprite.width() == 0) return;
        int left = Math.max(0, from);
        int right = Math.min(width, to);
        for (int row = 0; row < sprite.height(); row++) {
            int line = y + sprite.top() + row;
            if (line < 0 || line >= height) continue;
            for (int x = left; x < right; x++) {
                int column = x % period - sprite.left();
                if (column < 0 || column >= sprite.width()) continue;
                int cover = ink[row * sprite.width() + column] & 0xff;
                if (cover == 0) continue;
                int at = line * width + x;
                pixels[at] = mixed(pixels[at], rgb, cover);
            }
        }
    }

    /**
     * A sprite that is a picture.
     *
     * @param opacity of it, from 0 to 255
     */
    void draw(Sprite sprite, int x, int y, int opacity) {
        int[] colours = sprite.colours();
        if (colours == null) return;
        int left = x + sprite.left();
        int first = Math.max(0, -left);
        int last = Math.min(sprite.width(), width - left);
        for (int row = 0; row < sprite.height(); row++) {
            int line = y + sprite.top() + row;
            if (line < 0 || line >= height) continue;
            for (int column = first; column < last; column++) {
                int at = line * width + left + column;
                pixels[at] = over(colours[row * sprite.width() + column], opacity, pixels[at]);
            }
        }
    }

    /** An opaque ground with so much of the colour on it; red and blue are reckoned at once. */
    private static int mixed(int ground, int rgb, int cover) {
        // 0 to 256, so that a shift divides and both ends are exact.
        int part = cover + (cover >> 7);
        int rest = 256 - part;
        int redBlue =
                ((rgb & RED_BLUE) * part + (ground & RED_BLUE) * rest + 0x800080) >>> 8 & RED_BLUE;
        int green = ((rgb & GREEN) * part + (ground & GREEN) * rest + 0x8000) >>> 8 & GREEN;
        return OPAQUE | redBlue | green;
    }

    private static int over(int picture, int opacity, int ground) {
        int rest = 255 - divided((picture >>> 24) * opacity);
        int red = divided((picture >> 16 & 0xff) * opacity + (ground >> 16 & 0xff) * rest);
        int green = divided((picture >> 8 & 0xff) * opacity + (ground >> 8 & 0xff) * rest);
        int blue = divided((picture & 0xff) * opacity + (ground & 0xff) * rest);
        return OPAQUE | red << 16 | green << 8 | blue;
    }

    /** By 255, rounded; exact up to 255². */
    private static int divided(int product) {
        int shifted = product + 128;
        return (shifted + (shifted >> 8)) >> 8;
    }
}
