package dev.wormhole.server.session;

import java.util.List;

/**
 * A screen that takes the place of the stored one, with the blocks that were sealed since that one.
 *
 * <p>Immutable.
 *
 * @param newFrom number of the first line that is in none of the stored blocks; those that would
 *     hold it all the same, from a numbering that was given up, go
 * @param blocks those with lines from {@code newFrom} on, in order; what was evicted before it
 *     could be stored is missing
 */
public record NewScreen(StoredScreen screen, long newFrom, List<SealedLines> blocks) {
    public NewScreen {
        blocks = List.copyOf(blocks);
    }
}
