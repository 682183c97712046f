package dev.wormhole.terminal.screen;

import org.jspecify.annotations.Nullable;

/**
 * What only the terminal that a person looks at knows. Colours are 0xRRGGBB.
 *
 * <p>Immutable.
 *
 * @param cellWidth pixels, 0 where unknown
 * @param cellHeight pixels, 0 where unknown
 * @param palette 16 or 256 colours, or null where unknown; not to be changed
 * @param dark whether the scheme is dark
 */
public record TerminalFacts(
        boolean focused,
        double cellWidth,
        double cellHeight,
        int foreground,
        int background,
        int cursor,
        int @Nullable [] palette,
        boolean dark) {

    /** Nobody looks. */
    public static final TerminalFacts UNKNOWN =
            new TerminalFacts(true, 0, 0, 0xe5e5e5, 0x000000, 0xe5e5e5, null, true);
}
