package dev.wormhole.bench.window;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A rectangle of one colour, in pixels. Immutable. */
record Block(int x, int y, int width, int height) {

    /** All rectangles of exactly this colour, from the top left to the bottom right. */
    static List<Block> find(Picture picture, int rgb) {
        return find(picture, colour -> colour == rgb);
    }

    /** All rectangles of such colours. A single pixel is none: a letter's edge may have any. */
    static List<Block> find(Picture picture, IntPredicate isMark) {
        var found = new ArrayList<Block>();
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                if (!isMark.test(picture.rgb(x, y))) continue;
                boolean isCorner =
                        (x == 0 || !isMark.test(picture.rgb(x - 1, y)))
                                && (y == 0 || !isMark.test(picture.rgb(x, y - 1)));
                if (!isCorner) continue;
                Block block = at(picture, x, y, isMark);
                if (block.width > 1 && block.height > 1) found.add(block);
            }
        }
        return found;
    }

    private static Block at(Picture picture, int x, int y, IntPredicate isMark) {
        int right = x;
        while (right < picture.width() && isMark.test(picture.rgb(right, y))) right++;
        int bottom = y;
        while (bottom < picture.height() && isMark.test(picture.rgb(x, bottom))) bottom++;
        return new Block(x, y, right - x, bottom - y);
    }

    /** Whether any pixel of it has this colour: a glyph may cover others. */
    boolean shows(Picture picture, int rgb) {
        for (int dy = 0; dy < height; dy++) {
            for (int dx = 0; dx < width; dx++) {
                if (picture.rgb(x + dx, y + dy) == rgb) return true;
            }
        }
        return false;
    }

    /** One of the same size, so many of them further right and down. */
    Block moved(int columns, int rows) {
        return new Block(x + columns * width, y + rows * height, width, height);
    }
}
