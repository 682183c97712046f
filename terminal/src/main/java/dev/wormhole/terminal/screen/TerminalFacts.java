package dev.wormhole.terminal.screen;

import java.util.List;

/**
 * What only the terminal that a person looks at knows. Colours are 0xRRGGBB.
 *
 * <p>Immutable.
 *
 * @param cellWidth pixels, 0 where unknown
 * @param cellHeight pixels, 0 where unknown
 * @param palette the first colours of the palette, at most 256; empty where unknown
 * @param dark whether the scheme is dark
 */
public record TerminalFacts(
        boolean focused,
        double cellWidth,
        double cellHeight,
        int foreground,
        int background,
        int cursor,
        List<Integer> palette,
        boolean dark) {

    public TerminalFacts {
        palette = List.copyOf(palette);
    }

    /** Nobody looks. */
    public static final TerminalFacts UNKNOWN =
            new TerminalFacts(true, 0, 0, 0xe5e5e5, 0x000000, 0xe5e5e5, List.of(), true);
}
