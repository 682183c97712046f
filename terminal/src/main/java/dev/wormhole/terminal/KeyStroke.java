package dev.wormhole.terminal;

/**
 * One press of a key, in the terminal's own words, whatever toolkit it came from.
 *
 * <p>Immutable.
 */
public sealed interface KeyStroke {

    Modifiers modifiers();

    /** A key with a name. */
    record Named(Key key, Modifiers modifiers) implements KeyStroke {}

    /**
     * Text as the keyboard layout or an input method made it: Shift, AltGr and dead keys are
     * already in it, so AltGr is not to be told as Ctrl+Alt. With Ctrl it is the text the key would
     * give without Ctrl.
     */
    record Text(String text, Modifiers modifiers) implements KeyStroke {}

    static KeyStroke of(Key key) {
        return new Named(key, Modifiers.NONE);
    }

    static KeyStroke of(Key key, Modifiers modifiers) {
        return new Named(key, modifiers);
    }

    static KeyStroke text(String text) {
        return new Text(text, Modifiers.NONE);
    }

    static KeyStroke text(String text, Modifiers modifiers) {
        return new Text(text, modifiers);
    }
}
