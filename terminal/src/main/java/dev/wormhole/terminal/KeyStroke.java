package dev.wormhole.terminal;

/**
 * One press of a key, in the terminal's own words, whatever toolkit it came from; also its repeats
 * and its release, which only a program that asked hears of.
 *
 * <p>Immutable.
 */
public sealed interface KeyStroke {

    Modifiers modifiers();

    Action action();

    /** What happened to the key. */
    enum Action {
        PRESS(1),
        REPEAT(2),
        RELEASE(3);

        /** The number in the kitty protocol. */
        final int code;

        Action(int code) {
            this.code = code;
        }
    }

    /** A key with a name. The press of a modifier has its own bit set, its release has not. */
    record Named(Key key, Modifiers modifiers, Action action) implements KeyStroke {

        public Named(Key key, Modifiers modifiers) {
            this(key, modifiers, Action.PRESS);
        }
    }

    /**
     * Text as the keyboard layout or an input method made it: Shift, AltGr and dead keys are
     * already in it, so AltGr is not to be told as Ctrl+Alt. With Ctrl it is the text the key would
     * give without Ctrl. A release has no text.
     */
    record Text(String text, Modifiers modifiers, Action action, Codes codes) implements KeyStroke {

        public Text(String text, Modifiers modifiers) {
            this(text, modifiers, Action.PRESS, Codes.UNKNOWN);
        }
    }

    /**
     * Which key typed a text, as code points; 0 where unknown.
     *
     * @param key what it types alone in the present layout: {@code a}, never {@code A}
     * @param shifted what it types with Shift in the present layout
     * @param base what the key at its place types on a US keyboard
     */
    record Codes(int key, int shifted, int base) {

        /** What can be told from the text is. */
        public static final Codes UNKNOWN = new Codes(0, 0, 0);

        public Codes {
            check("key", key);
            check("shifted", shifted);
            check("base", base);
        }

        private static void check(String name, int value) {
            boolean isPossible = value >= 0 && value <= Character.MAX_CODE_POINT;
            if (!isPossible) throw new IllegalArgumentException(name + ": " + value);
        }
    }

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
