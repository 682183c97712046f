package dev.wormhole.terminal;

/** Which mouse events a program wants (ctlseqs, "Mouse Tracking"). */
public enum MouseTracking {
    OFF,
    /** Mode 9: presses of three buttons, without modifiers. */
    X10,
    /** Mode 1000: presses and releases. */
    NORMAL,
    /** Mode 1002: also motion while a button is down. */
    BUTTON,
    /** Mode 1003: also motion without a button. */
    ANY
}
