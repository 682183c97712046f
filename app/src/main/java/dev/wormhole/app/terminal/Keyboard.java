package dev.wormhole.app.terminal;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.terminal.KeyEncoder;
import dev.wormhole.terminal.KeyStroke;
import dev.wormhole.terminal.KeyStroke.Action;
import dev.wormhole.terminal.Modifiers;

import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodRequests;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * The keys of one terminal: every key event ends here, sent once or not at all.
 *
 * <p>Owned by the FX thread. Shortcuts of the window take their events before they get here.
 */
final class Keyboard {

    /** What the keyboard acts on. */
    interface Target {
        Modes modes();

        void type(ByteString bytes);

        void scrollPages(int pages);

        void scrollToTop();

        void scrollToBottom();

        void compose(String text);

        Point2D cursorCorner();
    }

    private final Target target;
    private final KeyMapping.Style style;

    // Owned by the FX thread.
    private boolean isTyped;
    private @Nullable KeyEvent press;
    private final HeldKeys down = new HeldKeys();

    Keyboard(Node node, Node focused, Target target, KeyMapping.Style style) {
        this.target = target;
        this.style = style;
        node.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        node.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
        node.addEventFilter(KeyEvent.KEY_RELEASED, this::released);
        // What is released elsewhere is not told here.
        focused.focusedProperty().addListener((_, _, _) -> down.clear());
        focused.setInputMethodRequests(new CursorPlace());
        focused.setOnInputMethodTextChanged(this::composed);
    }

    private void pressed(KeyEvent event) {
        event.consume();
        isTyped = true;
        if (scrolls(event)) return;
        Optional<KeyStroke> stroke = KeyMapping.pressed(event, action(event), board());
        press = event;
        if (stroke.isEmpty()) isTyped = false;
        else send(event, stroke.get());
    }

    private void typed(KeyEvent event) {
        event.consume();
        if (isTyped) return;
        KeyEvent of = press;
        press = null;
        Action action = of == null ? Action.PRESS : action(of);
        KeyMapping.typed(event, of, action, board()).ifPresent(stroke -> send(of, stroke));
    }

    private void released(KeyEvent event) {
        event.consume();
        down.release(event)
                .ifPresent(pressed -> send(KeyMapping.released(pressed, event, board())));
    }

    /** A key that is down is only pressed again by its repeating. */
    private Action action(KeyEvent event) {
        return down.isDown(event) ? Action.REPEAT : Action.PRESS;
    }

    private void composed(InputMethodEvent event) {
        var composing = new StringBuilder();
        event.getComposed().forEach(run -> composing.append(run.getText()));
        target.compose(composing.toString());
        if (!event.getCommitted().isEmpty()) send(KeyStroke.text(event.getCommitted()));
        event.consume();
    }

    /** Shift with the paging keys goes through the scrollback, where there is one. */
    private boolean scrolls(KeyEvent event) {
        boolean isShiftAlone =
                event.isShiftDown()
                        && !event.isControlDown()
                        && !event.isAltDown()
                        && !event.isMetaDown();
        if (!isShiftAlone || target.modes().alternateScreen()) return false;
        switch (event.getCode()) {
            case PAGE_UP -> target.scrollPages(-1);
            case PAGE_DOWN -> target.scrollPages(1);
            case HOME -> target.scrollToTop();
            case END -> target.scrollToBottom();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void send(@Nullable KeyEvent event, KeyStroke stroke) {
        if (event != null) down.press(event, stroke);
        send(stroke);
    }

    private void send(KeyStroke stroke) {
        byte[] bytes = KeyEncoder.encode(stroke, target.modes().keys());
        if (bytes.length > 0) target.type(ByteString.copyOf(bytes));
    }

    private KeyMapping.Board board() {
        boolean isKitty = target.modes().keys().kittyFlags() != 0;
        return new KeyMapping.Board(locks(), isKitty, style);
    }

    /** Where the system does not say, digits are meant. */
    private static Modifiers locks() {
        Modifiers caps = lock(KeyCode.CAPS, false, Modifiers.CAPS_LOCK);
        return caps.plus(lock(KeyCode.NUM_LOCK, true, Modifiers.NUM_LOCK));
    }

    private static Modifiers lock(KeyCode code, boolean unknown, Modifiers lock) {
        return Platform.isKeyLocked(code).orElse(unknown) ? lock : Modifiers.NONE;
    }

    /** Tells an input method where its window belongs. */
    private final class CursorPlace implements InputMethodRequests {

        @Override
        public Point2D getTextLocation(int offset) {
            return target.cursorCorner();
        }

        @Override
        public int getLocationOffset(int x, int y) {
            return 0;
        }

        @Override
        public void cancelLatestCommittedText() {}

        @Override
        public String getSelectedText() {
            return "";
        }
    }
}
