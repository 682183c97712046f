package dev.wormhole.app.terminal;

import dev.wormhole.terminal.KeyModes;
import dev.wormhole.terminal.MouseModes;
import dev.wormhole.terminal.screen.Screen;

/**
 * The modes as output had set them when this copy was taken, for the FX thread to encode keys and
 * mouse by.
 *
 * <p>Immutable.
 */
record Modes(
        KeyModes keys,
        MouseModes mouse,
        boolean bracketedPaste,
        boolean alternateScreen,
        boolean alternateScroll) {

    static Modes of(Screen screen) {
        return new Modes(
                screen.keyModes(),
                screen.mouseModes(),
                screen.isBracketedPaste(),
                screen.isAlternate(),
                screen.isAlternateScroll());
    }
}
