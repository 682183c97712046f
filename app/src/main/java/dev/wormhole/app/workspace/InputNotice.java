package dev.wormhole.app.workspace;

/**
 * What there is to say of what was typed or pasted into a pane.
 *
 * <p>Immutable.
 */
public sealed interface InputNotice {

    /** Everything is on its way. */
    record Nothing() implements InputNotice {}

    /**
     * A large paste is taken bit by bit.
     *
     * @param taken bytes of it that the program's terminal has
     * @param total bytes of it
     */
    record Pasting(long taken, long total) implements InputNotice {}

    /**
     * Input reached no program, because the one it was for is gone.
     *
     * @param bytes so many
     */
    record Discarded(long bytes) implements InputNotice {}
}
