package dev.wormhole.terminal;

/**
 * The modes that a program's output sets and that keys, paste, mouse and focus are encoded by. It
 * knows nothing of the screen.
 *
 * <p>Owned by the thread that feeds the parser it listens to.
 */
public final class TerminalModes implements Parser.Handler {

    // Owned by the feeding thread.
    private KeyModes keyModes = KeyModes.DEFAULT;
    private MouseTracking mouseTracking = MouseTracking.OFF;
    private MouseFormat mouseFormat = MouseFormat.DEFAULT;
    private boolean bracketedPaste;
    private boolean alternateScreen;
    private boolean focusReports;
    private boolean alternateScroll;

    public KeyModes keyModes() {
        return keyModes;
    }

    public MouseModes mouseModes() {
        return new MouseModes(mouseTracking, mouseFormat);
    }

    public boolean bracketedPaste() {
        return bracketedPaste;
    }

    public boolean alternateScreen() {
        return alternateScreen;
    }

    /**
     * Whether the program wants {@code CSI I} and {@code CSI O} when the pane gets and loses the
     * focus.
     */
    public boolean focusReports() {
        return focusReports;
    }

    /** Whether the wheel sends arrows on the alternate screen when no mouse tracking is on. */
    public boolean alternateScroll() {
        return alternateScroll;
    }

    /** As after RIS. */
    public void reset() {
        keyModes = KeyModes.DEFAULT;
        mouseTracking = MouseTracking.OFF;
        mouseFormat = MouseFormat.DEFAULT;
        bracketedPaste = false;
        alternateScreen = false;
        focusReports = false;
        alternateScroll = false;
    }

    @Override
    public void escape(int id) {
        switch (id) {
            case '=' -> keyModes = keyModes.withApplicationKeypad(true);
            case '>' -> keyModes = keyModes.withApplicationKeypad(false);
            case 'c' -> reset();
            default -> {}
        }
    }

    @Override
    public void csi(Csi csi) {
        switch (csi.id()) {
            case 'h' -> setAnsi(csi, true);
            case 'l' -> setAnsi(csi, false);
            case '?' << 24 | 'h' -> setPrivate(csi, true);
            case '?' << 24 | 'l' -> setPrivate(csi, false);
            case '!' << 8 | 'p' -> softReset();
            default -> {}
        }
    }

    /**
     * DECSTR leaves mouse, paste, focus, LNM, DECBKM and the screen alone (VT510; xterm 379 does
     * the same).
     */
    private void softReset() {
        keyModes = keyModes.withApplicationCursor(false).withApplicationKeypad(false);
    }

    private void setAnsi(Csi csi, boolean on) {
        for (int i = 0; i < csi.count(); i++) {
            if (csi.param(i, 0) == 20) keyModes = keyModes.withNewline(on);
        }
    }

    private void setPrivate(Csi csi, boolean on) {
        for (int i = 0; i < csi.count(); i++) setPrivate(csi.param(i, 0), on);
    }

    private void setPrivate(int mode, boolean on) {
        switch (mode) {
            case 1 -> keyModes = keyModes.withApplicationCursor(on);
            case 66 -> keyModes = keyModes.withApplicationKeypad(on);
            case 67 -> keyModes = keyModes.withBackarrowIsBackspace(on);
            case 1036, 1039 -> keyModes = keyModes.withAltSendsEscape(on);
            case 9 -> track(MouseTracking.X10, on);
            case 1000 -> track(MouseTracking.NORMAL, on);
            case 1002 -> track(MouseTracking.BUTTON, on);
            case 1003 -> track(MouseTracking.ANY, on);
            case 1004 -> focusReports = on;
            case 1005 -> format(MouseFormat.UTF8, on);
            case 1006 -> format(MouseFormat.SGR, on);
            case 1007 -> alternateScroll = on;
            case 1015 -> format(MouseFormat.URXVT, on);
            case 1016 -> format(MouseFormat.SGR_PIXELS, on);
            case 47, 1047, 1049 -> alternateScreen = on;
            case 2004 -> bracketedPaste = on;
            default -> {}
        }
    }

    /**
     * There is one tracking: setting a mode replaces another, resetting any turns it off, as in
     * xterm.
     */
    private void track(MouseTracking tracking, boolean on) {
        mouseTracking = on ? tracking : MouseTracking.OFF;
    }

    /** There is one format; a reset only acts on the one in force, as in xterm. */
    private void format(MouseFormat format, boolean on) {
        if (on) mouseFormat = format;
        else if (mouseFormat == format) mouseFormat = MouseFormat.DEFAULT;
    }
}
