package dev.wormhole.terminal.screen;

/**
 * How a cell is packed into a long: its style's number in the upper half, its text in the lower.
 *
 * <p>The text is 0 for a blank (never written, or erased), a code point, or with {@link #CLUSTER}
 * the number of a cluster. A wide character's first cell has {@link #WIDE}, its second is {@link
 * #TAIL} in the same style. A WIDE cell is always followed by its TAIL, and a TAIL always follows
 * one.
 */
final class Cells {

    static final int TAIL = 1 << 28;
    static final int WIDE = 1 << 29;
    static final int CLUSTER = 1 << 30;

    /** Code point or number of a cluster. */
    private static final int VALUE = (1 << 28) - 1;

    private Cells() {}

    static int text(long cell) {
        return (int) cell;
    }

    static int style(long cell) {
        return (int) (cell >>> 32);
    }

    static long styled(int style) {
        return (long) style << 32;
    }

    static boolean isBlank(long cell) {
        return (int) cell == 0;
    }

    static boolean isTail(long cell) {
        return (int) cell == TAIL;
    }

    static boolean isWide(long cell) {
        return ((int) cell & WIDE) != 0;
    }

    static boolean isCluster(long cell) {
        return ((int) cell & CLUSTER) != 0;
    }

    static int value(long cell) {
        return (int) cell & VALUE;
    }

    /** The cell's style without its text. */
    static long blanked(long cell) {
        return cell & 0xffffffff00000000L;
    }
}
