package dev.wormhole.app.terminal;

import dev.wormhole.terminal.screen.ViewRow;

import java.util.Arrays;

/**
 * What is marked in the rows that are seen.
 *
 * <p>Called on the FX thread.
 */
@FunctionalInterface
interface Highlights {

    int[] NONE = {};

    int SELECTED = 1;
    int FOUND = 2;

    /** The match that was gone to. */
    int CURRENT = 3;

    /** A link under the mouse. */
    int LINK = 4;

    /** Text that blinks, and is out now: only what is behind it is seen. */
    int HIDDEN = 5;

    /** Triples of first column, column after the last, and one of the kinds; later ones win. */
    int[] of(ViewRow row);

    /** Both, the second ones above the first. */
    static int[] join(int[] below, int[] above) {
        if (above.length == 0) return below;
        int[] all = Arrays.copyOf(below, below.length + above.length);
        System.arraycopy(above, 0, all, below.length, above.length);
        return all;
    }
}
