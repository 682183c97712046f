package dev.wormhole.terminal;

/**
 * One event of the mouse over the grid. Column and row count from 0; for {@link
 * MouseFormat#SGR_PIXELS} they are pixels. A drag is a move with a button, a turn of the wheel is a
 * press of its button. Several moves inside one cell are the caller's to merge.
 *
 * <p>Immutable.
 */
public record MouseEvent(Button button, Action action, Modifiers modifiers, int col, int row) {

    /** A mouse button, or none for a move without one. */
    public enum Button {
        LEFT(0),
        MIDDLE(1),
        RIGHT(2),
        NONE(3),
        WHEEL_UP(64),
        WHEEL_DOWN(65),
        WHEEL_LEFT(66),
        WHEEL_RIGHT(67),
        BACK(128),
        FORWARD(129);

        final int code;

        Button(int code) {
            this.code = code;
        }

        boolean isWheel() {
            return (code & 64) != 0;
        }
    }

    /** What the button did. */
    public enum Action {
        PRESS,
        RELEASE,
        MOVE
    }

    public MouseEvent {
        if (col < 0) throw new IllegalArgumentException("col: " + col);
        if (row < 0) throw new IllegalArgumentException("row: " + row);
        if (button == Button.NONE && action != Action.MOVE) {
            throw new IllegalArgumentException("button: none, action: " + action);
        }
    }
}
