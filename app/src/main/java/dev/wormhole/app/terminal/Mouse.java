package dev.wormhole.app.terminal;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.terminal.Key;
import dev.wormhole.terminal.KeyEncoder;
import dev.wormhole.terminal.KeyStroke;
import dev.wormhole.terminal.Modifiers;
import dev.wormhole.terminal.MouseEncoder;
import dev.wormhole.terminal.MouseEvent.Action;
import dev.wormhole.terminal.MouseEvent.Button;
import dev.wormhole.terminal.MouseTracking;

import javafx.geometry.Dimension2D;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

import java.util.EnumSet;

/**
 * The mouse over one terminal: a program that asked for it gets its events, unless Shift is held;
 * else it selects, scrolls and follows links.
 *
 * <p>Owned by the FX thread. It sees every event before the library, which selects text and marks
 * links, and lets it have those of the left button alone.
 */
final class Mouse {

    /** What the mouse acts on. */
    interface Target {
        Modes modes();

        Dimension2D cellSize();

        TerminalSize size();

        void send(ByteString bytes);

        void scrollLines(int lines);

        void pastePrimary();

        void showMenu(double screenX, double screenY);

        void focus();
    }

    /** Lines a notch of the wheel moves. */
    private static final int LINES_PER_NOTCH = 3;

    /** Pixels that JavaFX tells for a notch. */
    private static final double NOTCH = 40;

    private final Node canvas;
    private final Target target;

    // Owned by the FX thread.
    private final EnumSet<MouseButton> reported = EnumSet.noneOf(MouseButton.class);
    private int lastCol = -1;
    private int lastRow = -1;
    private double unscrolled;

    Mouse(Node canvas, Node canvasPane, Target target) {
        this.canvas = canvas;
        this.target = target;
        canvasPane.addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
        canvasPane.addEventFilter(MouseEvent.MOUSE_RELEASED, this::released);
        canvasPane.addEventFilter(MouseEvent.MOUSE_CLICKED, this::clicked);
        canvasPane.addEventFilter(MouseEvent.MOUSE_DRAGGED, this::dragged);
        canvasPane.addEventFilter(MouseEvent.MOUSE_MOVED, this::moved);
        canvasPane.addEventFilter(ScrollEvent.SCROLL, this::scrolled);
        canvasPane.addEventFilter(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menu);
    }

    private void pressed(MouseEvent event) {
        target.focus();
        if (isReported(event)) {
            reported.add(event.getButton());
            report(event, button(event.getButton()), Action.PRESS);
            event.consume();
        } else if (event.getButton() != MouseButton.PRIMARY) {
            if (event.getButton() == MouseButton.MIDDLE) target.pastePrimary();
            event.consume();
        }
    }

    private void released(MouseEvent event) {
        if (reported.remove(event.getButton())) {
            report(event, button(event.getButton()), Action.RELEASE);
            event.consume();
        } else if (event.getButton() != MouseButton.PRIMARY) {
            event.consume();
        }
    }

    private void clicked(MouseEvent event) {
        boolean isLeft = event.getButton() == MouseButton.PRIMARY;
        // A link is followed with Ctrl: a plain click in a terminal takes the focus and no more.
        boolean isPlainClickOnLink =
                Cursor.HAND.equals(canvas.getCursor()) && !event.isControlDown();
        boolean isSelecting = event.getClickCount() > 1 && isLeft;
        if (isReported(event) || !isLeft || (isPlainClickOnLink && !isSelecting)) event.consume();
    }

    private void dragged(MouseEvent event) {
        if (!reported.isEmpty()) {
            reportMove(event, button(reported.iterator().next()));
            event.consume();
        } else if (!event.isPrimaryButtonDown()) {
            event.consume();
        }
    }

    private void moved(MouseEvent event) {
        if (isReported(event)) reportMove(event, Button.NONE);
    }

    private void scrolled(ScrollEvent event) {
        event.consume();
        if (event.isControlDown()) return;
        unscrolled -= event.getDeltaY() * LINES_PER_NOTCH / NOTCH;
        int lines = (int) unscrolled;
        unscrolled -= lines;
        if (lines == 0) return;
        Modes modes = target.modes();
        if (isTracked() && !event.isShiftDown()) {
            wheel(event, lines);
        } else if (modes.alternateScreen()) {
            Key arrow = lines < 0 ? Key.UP : Key.DOWN;
            byte[] bytes = KeyEncoder.encode(KeyStroke.of(arrow), modes.keys());
            for (int i = 0; i < Math.abs(lines); i++) target.send(ByteString.copyOf(bytes));
        } else {
            target.scrollLines(lines);
        }
    }

    /** Programs scroll several lines for each turn themselves. */
    private void wheel(ScrollEvent event, int lines) {
        Button button = lines < 0 ? Button.WHEEL_UP : Button.WHEEL_DOWN;
        int turns = Math.max(1, Math.abs(lines) / LINES_PER_NOTCH);
        var held =
                Modifiers.of(false, event.isAltDown(), event.isControlDown(), event.isMetaDown());
        for (int i = 0; i < turns; i++) {
            report(button, Action.PRESS, held, event.getX(), event.getY());
        }
    }

    private void menu(ContextMenuEvent event) {
        event.consume();
        boolean isReported = event.isKeyboardTrigger() || (isTracked() && !reported.isEmpty());
        if (!isReported) target.showMenu(event.getScreenX(), event.getScreenY());
    }

    private boolean isTracked() {
        return target.modes().mouse().tracking() != MouseTracking.OFF;
    }

    private boolean isReported(MouseEvent event) {
        return isTracked() && !event.isShiftDown();
    }

    private void reportMove(MouseEvent event, Button button) {
        if (col(event.getX()) == lastCol && row(event.getY()) == lastRow) return;
        report(event, button, Action.MOVE);
    }

    private void report(MouseEvent event, Button button, Action action) {
        var held =
                Modifiers.of(
                        event.isShiftDown(),
                        event.isAltDown(),
                        event.isControlDown(),
                        event.isMetaDown());
        report(button, action, held, event.getX(), event.getY());
    }

    private void report(Button button, Action action, Modifiers held, double x, double y) {
        lastCol = col(x);
        lastRow = row(y);
        var said = new dev.wormhole.terminal.MouseEvent(button, action, held, lastCol, lastRow);
        byte[] bytes = MouseEncoder.encode(said, target.modes().mouse());
        if (bytes.length > 0) target.send(ByteString.copyOf(bytes));
    }

    private int col(double x) {
        return Math.clamp((int) (x / target.cellSize().getWidth()), 0, target.size().cols() - 1);
    }

    private int row(double y) {
        return Math.clamp((int) (y / target.cellSize().getHeight()), 0, target.size().rows() - 1);
    }

    private static Button button(MouseButton button) {
        return switch (button) {
            case MIDDLE -> Button.MIDDLE;
            case SECONDARY -> Button.RIGHT;
            case BACK -> Button.BACK;
            case FORWARD -> Button.FORWARD;
            case PRIMARY, NONE -> Button.LEFT;
        };
    }
}
