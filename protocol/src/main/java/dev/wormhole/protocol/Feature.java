package dev.wormhole.protocol;

import java.util.Locale;

/** Additions to protocol 1 that both sides announce in hello before they use them. */
public enum Feature {
    /** The client says what has reached its terminal (output_ack). */
    ACK,

    /** The client fetches scrollback by number and keeps what it has at an attach. */
    HISTORY,

    /** The client asks what the server's keepers hold, and ends what nobody else would. */
    KEEPERS,

    /** The client compares its screen with the server's. */
    HASH,

    /** The client offers a person to run again what ran when the session's process was lost. */
    RESUME,

    /** The client asks what the server's last start brought back. */
    RECOVERY,

    /** The client numbers its input, so that none of it is lost or repeated over connections. */
    INPUT,

    /** The client hears how the store is doing. */
    STORE,

    /** The client may ask for a session of which nothing is written to a disk. */
    UNSTORED,

    /** The client starts tasks and hears of them. */
    TASKS;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
