package dev.wormhole.app.terminal;

import com.techsenger.jeditermfx.core.TerminalStarter;
import com.techsenger.jeditermfx.core.emulator.mouse.TerminalMouseListener;
import com.techsenger.jeditermfx.core.model.StyleState;
import com.techsenger.jeditermfx.core.model.TerminalTextBuffer;
import com.techsenger.jeditermfx.ui.TerminalAction;
import com.techsenger.jeditermfx.ui.TerminalPanel;
import com.techsenger.jeditermfx.ui.settings.SettingsProvider;

import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The place of the library's panel in its widget, with nothing of the library's own in it: our
 * canvas, and no timer, no keys, no mouse, no text.
 *
 * <p>Owned by the FX thread.
 */
final class ScreenPanel extends TerminalPanel {

    // The library's constructor asks for them before any field of ours is set.
    private @Nullable Canvas canvas;
    private @Nullable Pane pane;

    ScreenPanel(SettingsProvider settings, TerminalTextBuffer empty, StyleState style) {
        super(settings, empty, style);
    }

    @Override
    public void init() {}

    @Override
    public Pane getPane() {
        Pane present = pane;
        if (present == null) {
            present = new StackPane();
            present.setMinSize(0, 0);
            pane = present;
        }
        return present;
    }

    @Override
    public Canvas getCanvas() {
        Canvas present = canvas;
        if (present == null) {
            present = new Canvas();
            present.setFocusTraversable(true);
            // Nothing is drawn on it: seen, it would cost each frame its pixels, and memory for
            // them.
            present.setOpacity(0);
            canvas = present;
        }
        return present;
    }

    @Override
    public void repaint() {}

    @Override
    public void dispose() {}

    @Override
    public void addTerminalMouseListener(TerminalMouseListener listener) {}

    @Override
    public void setTerminalStarter(TerminalStarter starter) {}

    @Override
    public List<TerminalAction> getActions() {
        return List.of();
    }
}
