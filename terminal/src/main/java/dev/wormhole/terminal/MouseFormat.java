package dev.wormhole.terminal;

/** How a mouse event is written (ctlseqs, "Extended coordinates"). */
public enum MouseFormat {
    /** One byte each, up to column and row 223. */
    DEFAULT,
    /** Mode 1005: one UTF-8 character each, up to 2015. */
    UTF8,
    /** Mode 1006: decimal, with the released button. */
    SGR,
    /** Mode 1015: decimal. */
    URXVT,
    /** Mode 1016: like SGR, in pixels. */
    SGR_PIXELS
}
