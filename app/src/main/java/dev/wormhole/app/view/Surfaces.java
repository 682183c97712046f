package dev.wormhole.app.view;

import dev.wormhole.app.terminal.TerminalSurface;
import dev.wormhole.app.terminal.TerminalTheme;

/** Makes the terminals that panes show. */
@FunctionalInterface
public interface Surfaces {

    TerminalSurface create(TerminalTheme theme, TerminalSurface.Listener listener);
}
