package dev.wormhole.client.attach;

import dev.wormhole.terminal.QueryFilter;

/**
 * A program's output on its way to this terminal without an attachment: what would make the
 * terminal answer is taken out, and the modes that the rest leaves can be taken back.
 *
 * <p>Owned by the thread that feeds it.
 */
public final class Passage {

    private final boolean dropsEffects;
    private final ModeTracker modes = new ModeTracker();
    private QueryFilter filter;

    /**
     * @param dropsEffects whether bells, notifications and clipboard writes go as well: what is
     *     read again later must not ring again
     */
    public Passage(boolean dropsEffects) {
        this.dropsEffects = dropsEffects;
        filter = new QueryFilter(dropsEffects);
    }

    /** What of the bytes may go to the terminal now. */
    public byte[] pass(byte[] bytes) {
        byte[] shown = filter.filter(bytes, 0, bytes.length);
        modes.feed(shown);
        return shown;
    }

    /** What makes the terminal as it was, text aside; from here on this is as new. */
    public byte[] takeBack() {
        filter = new QueryFilter(dropsEffects);
        return modes.takeBack();
    }
}
