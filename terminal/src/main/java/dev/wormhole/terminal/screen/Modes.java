package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.MouseFormat;
import dev.wormhole.terminal.MouseModes;
import dev.wormhole.terminal.MouseTracking;

/**
 * Which modes are set, and which were when a program saved them (XTSAVE). What setting one causes
 * beside is {@link ModeSwitch}'s.
 *
 * <p>Owned by the screen's thread.
 */
final class Modes {

    private static final Mode[] TRACKING = {
        Mode.MOUSE_X10, Mode.MOUSE_NORMAL, Mode.MOUSE_BUTTON, Mode.MOUSE_ANY
    };
    private static final Mode[] FORMATS = {
        Mode.MOUSE_UTF8, Mode.MOUSE_SGR, Mode.MOUSE_URXVT, Mode.MOUSE_PIXELS
    };
    private static final Mode[] ALTERNATE = {
        Mode.ALTERNATE_47, Mode.ALTERNATE_1047, Mode.ALTERNATE_1049
    };

    private long set;
    private long saved;

    Modes() {
        reset();
    }

    void reset() {
        set = 0;
        for (Mode mode : Mode.values()) if (mode.initially) set |= bit(mode);
        saved = set;
    }

    boolean is(Mode mode) {
        return (set & bit(mode)) != 0;
    }

    void set(Mode mode, boolean on) {
        if (on) set |= bit(mode);
        else set &= ~bit(mode);
    }

    void save(Mode mode) {
        saved = (saved & ~bit(mode)) | (set & bit(mode));
    }

    boolean isSaved(Mode mode) {
        return (saved & bit(mode)) != 0;
    }

    /** There is one tracking: setting a mode replaces another, resetting any turns it off. */
    void track(Mode mode, boolean on) {
        for (Mode other : TRACKING) set(other, on && other == mode);
    }

    /** There is one format; a reset only acts on the one in force, as in xterm. */
    void format(Mode mode, boolean on) {
        if (on) for (Mode other : FORMATS) set(other, other == mode);
        else set(mode, false);
    }

    void alternate(boolean on) {
        for (Mode mode : ALTERNATE) set(mode, on);
    }

    MouseModes mouse() {
        return new MouseModes(
                is(Mode.MOUSE_ANY)
                        ? MouseTracking.ANY
                        : is(Mode.MOUSE_BUTTON)
                                ? MouseTracking.BUTTON
                                : is(Mode.MOUSE_NORMAL)
                                        ? MouseTracking.NORMAL
                                        : is(Mode.MOUSE_X10)
                                                ? MouseTracking.X10
                                                : MouseTracking.OFF,
                is(Mode.MOUSE_SGR)
                        ? MouseFormat.SGR
                        : is(Mode.MOUSE_PIXELS)
                                ? MouseFormat.SGR_PIXELS
                                : is(Mode.MOUSE_URXVT)
                                        ? MouseFormat.URXVT
                                        : is(Mode.MOUSE_UTF8)
                                                ? MouseFormat.UTF8
                                                : MouseFormat.DEFAULT);
    }

    long bits() {
        return set;
    }

    long savedBits() {
        return saved;
    }

    void bits(long newSet, long newSaved) {
        long known = (1L << Mode.values().length) - 1;
        set = newSet & known;
        saved = newSaved & known;
    }

    @SuppressWarnings("EnumOrdinal") // one version of the screen has one order, see StateCodec
    private static long bit(Mode mode) {
        return 1L << mode.ordinal();
    }
}
