package dev.wormhole.terminal.screen;

import dev.wormhole.terminal.Csi;

/**
 * Setting and resetting modes, with what that causes (ctlseqs, CSI h, CSI l, CSI ? h, CSI ? l).
 *
 * <p>Owned by the screen's thread.
 */
final class ModeSwitch {

    private final State s;
    private final Motion motion;
    private final Editing editing;
    private final Reports reports;

    ModeSwitch(State state, Motion motion, Editing editing, Reports reports) {
        s = state;
        this.motion = motion;
        this.editing = editing;
        this.reports = reports;
    }

    void set(Csi csi, boolean isPrivate, boolean on) {
        for (int i = 0; i < csi.count(); i++) {
            Mode mode = Mode.of(csi.param(i, 0), isPrivate);
            if (mode != null) set(mode, on);
        }
    }

    /** XTSAVE. */
    void save(Csi csi) {
        for (int i = 0; i < csi.count(); i++) {
            Mode mode = Mode.of(csi.param(i, 0), true);
            if (mode != null) s.modes.save(mode);
        }
    }

    /** XTRESTORE. */
    void restore(Csi csi) {
        for (int i = 0; i < csi.count(); i++) {
            Mode mode = Mode.of(csi.param(i, 0), true);
            if (mode != null && s.is(mode) != s.modes.isSaved(mode)) {
                set(mode, s.modes.isSaved(mode));
            }
        }
    }

    void set(Mode mode, boolean on) {
        switch (mode) {
            case MOUSE_X10, MOUSE_NORMAL, MOUSE_BUTTON, MOUSE_ANY -> s.modes.track(mode, on);
            case MOUSE_UTF8, MOUSE_SGR, MOUSE_URXVT, MOUSE_PIXELS -> s.modes.format(mode, on);
            case ORIGIN -> {
                s.modes.set(mode, on);
                motion.address(0, 0);
            }
            case AUTOWRAP -> {
                s.modes.set(mode, on);
                if (!on) s.pendingWrap = false;
            }
            case LEFT_RIGHT_MARGINS -> {
                s.modes.set(mode, on);
                s.left = 0;
                s.right = s.columns();
                if (on) singleWidth();
            }
            case COLUMNS_132 -> columns132(on);
            case ALTERNATE_47, ALTERNATE_1047 -> {
                if (on) toAlternate(false);
                else toPrimary();
            }
            case SAVE_CURSOR -> {
                s.modes.set(mode, on);
                if (on) motion.save();
                else motion.restore();
            }
            case ALTERNATE_1049 -> {
                if (on) {
                    if (!s.isAlternate()) motion.save();
                    toAlternate(true);
                } else {
                    boolean was = s.isAlternate();
                    toPrimary();
                    if (was) motion.restore();
                }
            }
            case RESIZE_REPORTS -> {
                s.modes.set(mode, on);
                // The first report is what says that the mode is there.
                if (on) reports.size();
            }
            case SYNCHRONIZED -> {
                boolean was = s.is(mode);
                s.modes.set(mode, on);
                if (was && !on && !s.restoring) s.listener.pictureEnded();
            }
            default -> s.modes.set(mode, on);
        }
    }

    /** The size is the stream's: DECCOLM clears and homes, as far as it is allowed to. */
    private void columns132(boolean on) {
        if (!s.is(Mode.ALLOW_132)) return;
        s.modes.set(Mode.COLUMNS_132, on);
        s.resetMargins();
        s.modes.set(Mode.LEFT_RIGHT_MARGINS, false);
        if (!s.is(Mode.KEEP_SCREEN_132)) editing.eraseDisplay(2, false);
        s.x = 0;
        s.y = 0;
        s.pendingWrap = false;
    }

    private void singleWidth() {
        for (int y = 0; y < s.rows(); y++) s.grid.row(y).lineSize = Row.SINGLE;
    }

    private void toAlternate(boolean clear) {
        if (!s.isAlternate()) {
            s.grid = s.alternate;
            s.modes.alternate(true);
        }
        if (clear) s.alternate.clear(s.eraser());
    }

    /** Nobody sees the alternate screen again: it is clear whenever it is not shown. */
    private void toPrimary() {
        if (!s.isAlternate()) return;
        s.alternate.clear(0);
        s.grid = s.primary;
        s.modes.alternate(false);
    }
}
