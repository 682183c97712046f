package dev.wormhole.terminal.screen;

import org.jspecify.annotations.Nullable;

/**
 * How a cell looks, beside its text. Colours are 0 for the default, {@link #INDEXED} with a palette
 * index, or {@link #RGB} with 0xRRGGBB.
 *
 * <p>Immutable.
 *
 * @param underlineColor 0: as the foreground
 * @param flags the bits below
 */
public record Style(
        int foreground, int background, int underlineColor, int flags, @Nullable Hyperlink link) {

    public static final Style DEFAULT = new Style(0, 0, 0, 0, null);

    public static final int INDEXED = 1 << 24;
    public static final int RGB = 2 << 24;

    public static final int BOLD = 1;
    public static final int FAINT = 1 << 1;
    public static final int ITALIC = 1 << 2;
    public static final int BLINK = 1 << 3;
    public static final int INVERSE = 1 << 4;
    public static final int INVISIBLE = 1 << 5;
    public static final int STRIKE = 1 << 6;
    public static final int OVERLINE = 1 << 7;

    /** Three bits: 0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed. */
    public static final int UNDERLINE_SHIFT = 8;

    public static final int UNDERLINE_MASK = 7 << UNDERLINE_SHIFT;

    /** DECSCA: selective erase leaves the cell alone. No matter of looks. */
    public static final int PROTECTED = 1 << 11;

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The parameters of the SGR that selects these looks, whatever was selected before. */
    public String sgr() {
        return Sgr.parameters(this);
    }

    /** 0 to 5, as in SGR 4:n. */
    public int underline() {
        return (flags & UNDERLINE_MASK) >> UNDERLINE_SHIFT;
    }
}
