package dev.wormhole.terminal.screen;

/**
 * Cells of one logical line.
 *
 * <p>Immutable.
 *
 * @param line number of the logical line
 * @param from column of the first cell in the line
 * @param to column after the last cell
 */
public record CellRange(long line, int from, int to) {

    /** Whether the column is one of it. */
    public boolean holds(int column) {
        return column >= from && column < to;
    }
}
