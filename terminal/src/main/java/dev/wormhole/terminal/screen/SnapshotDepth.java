package dev.wormhole.terminal.screen;

/** How much of the scrollback a snapshot carries. Grids and modes are in every one. */
public enum SnapshotDepth {

    /** None: for a viewer that cannot keep up. The next deeper snapshot makes it whole again. */
    GRIDS,

    /**
     * The lines that are not in sealed blocks: with them the screen behaves like its origin on
     * whatever follows, although its older lines are missing.
     */
    RECENT,

    /** Everything. */
    ALL
}
