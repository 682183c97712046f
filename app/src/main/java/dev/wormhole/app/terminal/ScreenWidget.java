package dev.wormhole.app.terminal;

import com.techsenger.jeditermfx.core.model.StyleState;
import com.techsenger.jeditermfx.core.model.TerminalTextBuffer;
import com.techsenger.jeditermfx.ui.JediTermFxWidget;
import com.techsenger.jeditermfx.ui.TerminalPanel;
import com.techsenger.jeditermfx.ui.settings.SettingsProvider;

/**
 * The library's widget as the outer node of a pane and the carrier of its settings. Its own text,
 * terminal and emulator stay empty: it is never started (docs/decisions/0008).
 *
 * <p>Owned by the FX thread.
 */
final class ScreenWidget extends JediTermFxWidget {

    ScreenWidget(SettingsProvider settings) {
        super(settings);
    }

    @Override
    protected TerminalPanel createTerminalPanel(
            SettingsProvider settings, StyleState style, TerminalTextBuffer empty) {
        return new ScreenPanel(settings, empty, style);
    }
}
