package dev.wormhole.terminal;

import dev.wormhole.terminal.KeyStroke.Action;

/**
 * What a key stroke sends to the program, by what the program has asked for: the kitty keyboard
 * protocol, xterm's modifyOtherKeys, or nothing.
 *
 * <p>Pure.
 */
public final class KeyEncoder {

    private static final byte[] NOTHING = new byte[0];

    private KeyEncoder() {}

    /** The bytes to type; empty for a stroke that sends nothing, such as a modifier alone. */
    public static byte[] encode(KeyStroke stroke, KeyModes modes) {
        if (modes.kittyFlags() != 0) return KittyKeys.encode(stroke, modes);
        if (stroke.action() == Action.RELEASE) return NOTHING;
        if (modes.modifyOtherKeys() != 0) return OtherKeys.encode(stroke, modes);
        return legacy(stroke, modes);
    }

    static byte[] legacy(KeyStroke stroke, KeyModes modes) {
        return switch (stroke) {
            case KeyStroke.Named(Key key, Modifiers modifiers, _) ->
                    LegacyKeys.named(key, modifiers, modes);
            case KeyStroke.Text(String text, Modifiers modifiers, _, _) ->
                    LegacyKeys.text(text, modifiers, modes);
        };
    }
}
