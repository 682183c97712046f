package dev.wormhole.terminal;

/** What introduced a string that has no grammar of its own. */
public enum StringKind {
    /** Application program command, {@code ESC _}. */
    APC,
    /** Privacy message, {@code ESC ^}. */
    PM,
    /** Start of string, {@code ESC X}. */
    SOS
}
