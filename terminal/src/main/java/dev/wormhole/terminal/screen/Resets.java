package dev.wormhole.terminal.screen;

/** DECSTR, RIS, and the reset before a snapshot. */
final class Resets {

    private Resets() {}

    /** DECSTR (VT510; xterm for what it leaves alone): the cursor and the text stay. */
    static void soft(State s) {
        s.modes.set(Mode.CURSOR_VISIBLE, true);
        s.modes.set(Mode.INSERT, false);
        s.modes.set(Mode.KEYBOARD_LOCKED, false);
        s.modes.set(Mode.ORIGIN, false);
        s.modes.set(Mode.AUTOWRAP, true);
        s.modes.set(Mode.REVERSE_WRAP, false);
        s.modes.set(Mode.EXTENDED_REVERSE_WRAP, false);
        s.modes.set(Mode.APPLICATION_CURSOR, false);
        s.modes.set(Mode.APPLICATION_KEYPAD, false);
        s.modes.set(Mode.LEFT_RIGHT_MARGINS, false);
        s.resetMargins();
        s.pen.set(Style.DEFAULT);
        s.penChanged();
        s.sets.reset();
        s.rectangles = false;
        s.cursorShape = 0;
        s.keyboard.modifyOtherKeys = 0;
        s.keyboard.formatOtherKeys = 0;
        s.keyboardStack().reset();
        if (s.isAlternate()) s.savedAlternate = SavedCursor.home();
        else s.savedPrimary = SavedCursor.home();
    }

    /** RIS: as new but for the scrollback and the title, which are the person's. */
    static void hard(State s) {
        s.grid = s.primary;
        s.modes.reset();
        soft(s);
        s.keyboard.reset();
        s.palette.reset();
        s.savedPrimary = SavedCursor.home();
        s.savedAlternate = SavedCursor.home();
        s.primary.clear(0);
        s.alternate.clear(0);
        s.tabs.reset();
        s.x = 0;
        s.y = 0;
        s.pendingWrap = false;
        s.lastGraphic = 0;
    }

    /** Everything, as after creation; the scrollback is the caller's. */
    static void full(State s) {
        hard(s);
        s.titles.reset();
        s.canJoin = false;
    }
}
