package dev.wormhole.terminal;

/**
 * The modifiers held during a key stroke or a mouse event. Their bits are those of the parameters
 * that xterm and kitty send (less one).
 *
 * <p>Immutable.
 */
public record Modifiers(int bits) {

    public static final Modifiers NONE = new Modifiers(0);
    public static final Modifiers SHIFT = new Modifiers(1);
    public static final Modifiers ALT = new Modifiers(2);
    public static final Modifiers CTRL = new Modifiers(4);

    /** The Windows or Command key: xterm's Meta, kitty's super. */
    public static final Modifiers META = new Modifiers(8);

    /** Only told in the kitty protocol. */
    public static final Modifiers HYPER = new Modifiers(16);

    /** A lock, not a held key: only told in the kitty protocol. */
    public static final Modifiers CAPS_LOCK = new Modifiers(64);

    /** A lock too: it also decides between the two meanings of the keypad. */
    public static final Modifiers NUM_LOCK = new Modifiers(128);

    private static final int XTERM = 0x0f;
    private static final int ALL = 0xdf;
    private static final int NUM_LOCK_BIT = 128;

    /** What is held beyond Shift: with it a key gives no text. */
    private static final int COMMAND = 2 | 4 | 8 | 16;

    public Modifiers {
        if ((bits & ~ALL) != 0) throw new IllegalArgumentException("bits: " + bits);
    }

    public static Modifiers of(boolean shift, boolean alt, boolean ctrl, boolean meta) {
        return new Modifiers((shift ? 1 : 0) | (alt ? 2 : 0) | (ctrl ? 4 : 0) | (meta ? 8 : 0));
    }

    public Modifiers plus(Modifiers other) {
        return new Modifiers(bits | other.bits);
    }

    public boolean shift() {
        return (bits & 1) != 0;
    }

    public boolean alt() {
        return (bits & 2) != 0;
    }

    public boolean ctrl() {
        return (bits & 4) != 0;
    }

    public boolean meta() {
        return (bits & 8) != 0;
    }

    public boolean numLock() {
        return (bits & NUM_LOCK_BIT) != 0;
    }

    /**
     * The parameter of a function key: 1 for none, 2 for Shift, … (ctlseqs, "PC-Style Function
     * Keys").
     */
    int parameter() {
        return 1 + (bits & XTERM);
    }

    /** The parameter in the kitty protocol, with the locks. */
    int kittyParameter() {
        return 1 + bits;
    }

    /** Whether a key that types still does. */
    boolean leavesText() {
        return (bits & COMMAND) == 0;
    }

    /** Whether a key is held, whatever the locks. */
    boolean isAnyHeld() {
        return (bits & (COMMAND | 1)) != 0;
    }

    Modifiers without(Modifiers others) {
        return new Modifiers(bits & ~others.bits);
    }
}
