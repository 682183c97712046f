package dev.wormhole.terminal.screen;

/** Takes a line cell by cell, from the left. */
public interface LineSink {

    /** So many blank cells: never written, or erased. */
    void blanks(int count, Style style);

    /**
     * One cell, or two columns when it is wide.
     *
     * @param codePoints valid during the call
     * @param length at least 1
     */
    void cell(int[] codePoints, int length, boolean wide, Style style);

    /** A mark (OSC 133) in front of this column; before the cells. */
    default void mark(int column, MarkKind kind, int exitCode) {}
}
