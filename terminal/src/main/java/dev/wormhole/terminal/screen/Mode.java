package dev.wormhole.terminal.screen;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * The modes that SM, RM, DECSET and DECRST know (ctlseqs, "Mouse Tracking" and the lists at CSI h).
 */
enum Mode {
    KEYBOARD_LOCKED(2, false, false),
    INSERT(4, false, false),
    SEND_RECEIVE(12, false, true),
    NEWLINE(20, false, false),

    APPLICATION_CURSOR(1, true, false),
    COLUMNS_132(3, true, false),
    SMOOTH_SCROLL(4, true, false),
    REVERSE_VIDEO(5, true, false),
    ORIGIN(6, true, false),
    AUTOWRAP(7, true, true),
    AUTOREPEAT(8, true, true),
    MOUSE_X10(9, true, false),
    CURSOR_BLINKS(12, true, false),
    CURSOR_VISIBLE(25, true, true),
    ALLOW_132(40, true, false),
    REVERSE_WRAP(45, true, false),
    ALTERNATE_47(47, true, false),
    APPLICATION_KEYPAD(66, true, false),
    BACKARROW(67, true, false),
    LEFT_RIGHT_MARGINS(69, true, false),
    KEEP_SCREEN_132(95, true, false),
    MOUSE_NORMAL(1000, true, false),
    MOUSE_BUTTON(1002, true, false),
    MOUSE_ANY(1003, true, false),
    FOCUS(1004, true, false),
    MOUSE_UTF8(1005, true, false),
    MOUSE_SGR(1006, true, false),
    ALTERNATE_SCROLL(1007, true, false),
    MOUSE_URXVT(1015, true, false),
    MOUSE_PIXELS(1016, true, false),
    META_SENDS_ESCAPE(1036, true, true),
    ALT_SENDS_ESCAPE(1039, true, true),
    EXTENDED_REVERSE_WRAP(1045, true, false),
    ALTERNATE_1047(1047, true, false),
    SAVE_CURSOR(1048, true, false),
    ALTERNATE_1049(1049, true, false),
    BRACKETED_PASTE(2004, true, false),
    SYNCHRONIZED(2026, true, false),
    GRAPHEMES(2027, true, false),
    SCHEME_UPDATES(2031, true, false),
    RESIZE_REPORTS(2048, true, false);

    final int number;
    final boolean isPrivate;
    final boolean initially;

    Mode(int number, boolean isPrivate, boolean initially) {
        this.number = number;
        this.isPrivate = isPrivate;
        this.initially = initially;
    }

    private static final Map<Integer, Mode> ANSI = new HashMap<>();
    private static final Map<Integer, Mode> PRIVATE = new HashMap<>();

    static {
        for (Mode mode : values()) (mode.isPrivate ? PRIVATE : ANSI).put(mode.number, mode);
    }

    static @Nullable Mode of(int number, boolean isPrivate) {
        return (isPrivate ? PRIVATE : ANSI).get(number);
    }
}
