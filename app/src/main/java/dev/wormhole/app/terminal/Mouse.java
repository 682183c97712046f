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

import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;

/**
 * The mouse over one terminal: a program that asked for it gets its events, unless Shift is held;
 * else it selects, scrolls and follows links.
 *
 * <p>Owned by the FX thread.
 */
final class Mouse {

    /** What the mouse acts on. */
    interface Target {
        Modes modes();

        CellMetrics cells();

        TerminalSize size();

        Selecting selecting();

        /** The selection was made, or is being extended no more. */
        void selected();

        void send(ByteString bytes);

        void scrollLines(int lines);

        /** By a touchpad: up, or down for negative pixels. */
        void scrollPixels(double up);

        /** The mouse is here with the key for links held down, or elsewhere. */
        void pointAt(@Nullable Point2D point);

        /** Follows the link there; false: there is none. */
        boolean followLink();

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

    Mouse(Node canvas, Node area, Target target) {
        this.canvas = canvas;
        this.target = target;
        area.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        area.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        area.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        area.addEventHandler(MouseEvent.MOUSE_MOVED, this::moved);
        area.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> target.pointAt(null));
        area.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        area.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menu);
    }

    private void pressed(MouseEvent event) {
        target.focus();
        event.consume();
        Point2D at = at(event);
        if (isReported(event)) {
            reported.add(event.getButton());
            report(event, button(event.getButton()), Action.PRESS);
        } else if (event.getButton() == MouseButton.MIDDLE) {
            target.pastePrimary();
        } else if (event.getButton() == MouseButton.PRIMARY) {
            if (isForLinks(event) && target.followLink()) return;
            target.selecting()
                    .press(
                            at.getX(),
                            at.getY(),
                            event.getClickCount(),
                            event.isShiftDown() && !isTracked(),
                            event.isAltDown());
        }
    }

    private void released(MouseEvent event) {
        event.consume();
        if (reported.remove(event.getButton())) {
            report(event, button(event.getButton()), Action.RELEASE);
        } else if (event.getButton() == MouseButton.PRIMARY && target.selecting().release()) {
            target.selected();
        }
    }

    private void dragged(MouseEvent event) {
        event.consume();
        Point2D at = at(event);
        if (!reported.isEmpty()) {
            reportMove(event, button(reported.iterator().next()));
        } else if (event.isPrimaryButtonDown()) {
            target.selecting().drag(at.getX(), at.getY());
        }
    }

    private void moved(MouseEvent event) {
        if (isReported(event)) reportMove(event, Button.NONE);
        target.pointAt(isForLinks(event) ? at(event) : null);
    }

    /** A plain click in a terminal takes the focus and selects; links need the key. */
    private static boolean isForLinks(MouseEvent event) {
        return event.isShortcutDown();
    }

    private Point2D at(MouseEvent event) {
        return canvas.sceneToLocal(event.getSceneX(), event.getSceneY());
    }

    private void scrolled(ScrollEvent event) {
        event.consume();
        if (event.isControlDown()) return;
        Modes modes = target.modes();
        boolean isLocal = (!isTracked() || event.isShiftDown()) && !modes.alternateScreen();
        double up = event.getDeltaY() == 0 ? event.getDeltaX() : event.getDeltaY();
        boolean isWheel = up % NOTCH == 0;
        if (isLocal && !isWheel) {
            target.scrollPixels(up);
            return;
        }
        unscrolled -= up * LINES_PER_NOTCH / NOTCH;
        int lines = (int) unscrolled;
        unscrolled -= lines;
        if (lines == 0) return;
        if (isTracked() && !event.isShiftDown()) {
            wheel(event, lines);
        } else if (modes.alternateScreen()) {
            if (modes.alternateScroll()) arrows(lines, modes);
        } else {
            target.scrollLines(lines);
        }
    }

    private void arrows(int lines, Modes modes) {
        Key arrow = lines < 0 ? Key.UP : Key.DOWN;
        byte[] bytes = KeyEncoder.encode(KeyStroke.of(arrow), modes.keys());
        for (int i = 0; i < Math.abs(lines); i++) target.send(ByteString.copyOf(bytes));
    }

    /** Programs scroll several lines for each turn themselves. */
    private void wheel(ScrollEvent event, int lines) {
        Button button = lines < 0 ? Button.WHEEL_UP : Button.WHEEL_DOWN;
        int turns = Math.max(1, Math.abs(lines) / LINES_PER_NOTCH);
        var held =
                Modifiers.of(false, event.isAltDown(), event.isControlDown(), event.isMetaDown());
        Point2D at = canvas.sceneToLocal(event.getSceneX(), event.getSceneY());
        for (int i = 0; i < turns; i++) report(button, Action.PRESS, held, at);
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
        Point2D at = at(event);
        if (col(at) == lastCol && row(at) == lastRow) return;
        report(event, button, Action.MOVE);
    }

    private void report(MouseEvent event, Button button, Action action) {
        var held =
                Modifiers.of(
                        event.isShiftDown(),
                        event.isAltDown(),
                        event.isControlDown(),
                        event.isMetaDown());
        report(button, action, held, at(event));
    }

    private void report(Button button, Action action, Modifiers held, Point2D at) {
        lastCol = col(at);
        lastRow = row(at);
        var said = new dev.wormhole.terminal.MouseEvent(button, action, held, lastCol, lastRow);
        byte[] bytes = MouseEncoder.encode(said, target.modes().mouse());
        if (bytes.length > 0) target.send(ByteString.copyOf(bytes));
    }

    private int col(Point2D at) {
        return Math.clamp((int) (at.getX() / target.cells().width()), 0, target.size().cols() - 1);
    }

    private int row(Point2D at) {
        return Math.clamp((int) (at.getY() / target.cells().height()), 0, target.size().rows() - 1);
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
