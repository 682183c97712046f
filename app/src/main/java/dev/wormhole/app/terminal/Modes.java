package dev.wormhole.app.terminal;

import dev.wormhole.terminal.KeyModes;
import dev.wormhole.terminal.MouseModes;
import dev.wormhole.terminal.TerminalModes;

/**
 * The modes as output had set them when this copy was taken, for the FX thread to encode keys and
 * mouse by.
 *
 * <p>Immutable.
 */
record Modes(KeyModes keys, MouseModes mouse, boolean bracketedPaste, boolean alternateScreen) {

    static final Modes INITIAL = of(new TerminalModes());

    static Modes of(TerminalModes modes) {
        return new Modes(
                modes.keyModes(),
                modes.mouseModes(),
                modes.bracketedPaste(),
                modes.alternateScreen());
    }
}
