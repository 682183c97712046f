package dev.wormhole.terminal.screen;

import java.util.List;

/**
 * A link that somebody may follow.
 *
 * <p>Immutable.
 *
 * @param uri well-formed and of a scheme that may be opened, see {@link Links}
 * @param cells what to underline, from the top; at least one range
 */
public record TextLink(String uri, List<CellRange> cells) {

    public TextLink {
        cells = List.copyOf(cells);
    }
}
