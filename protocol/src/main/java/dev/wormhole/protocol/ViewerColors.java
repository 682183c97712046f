package dev.wormhole.protocol;

import java.util.List;

/**
 * The colours in which a viewer shows a terminal, as 0xRRGGBB; on the wire {@code #rrggbb}.
 *
 * <p>Immutable.
 *
 * @param palette the first colours of the 256, at most {@link Limits#PALETTE_COLORS}; empty where
 *     they are the usual ones
 */
public record ViewerColors(int fg, int bg, int cursor, List<Integer> palette) {

    public ViewerColors {
        palette = List.copyOf(palette);
        check(fg);
        check(bg);
        check(cursor);
        palette.forEach(ViewerColors::check);
        if (palette.size() > Limits.PALETTE_COLORS)
            throw new IllegalArgumentException("palette: " + palette.size() + " colours");
    }

    private static void check(int color) {
        if ((color & 0xff000000) != 0)
            throw new IllegalArgumentException("colour: " + Integer.toHexString(color));
    }
}
