package dev.wormhole.app.dialog;

import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.trust.Fingerprint;

import org.jspecify.annotations.Nullable;

/**
 * Where connecting to another host stands.
 *
 * <p>Immutable.
 */
sealed interface ConnectState {

    /** Nothing is under way. */
    record Idle() implements ConnectState {}

    /** Disk or network is asked; can be cancelled. */
    record Busy(String what) implements ConnectState {}

    /** First contact: the person compares the fingerprint and accepts it, or not. */
    record Unknown(String host, Fingerprint shown) implements ConnectState {}

    /** The server shows another certificate than the accepted one. There is no way on from here. */
    record Changed(String host, String accepted, Fingerprint shown) implements ConnectState {}

    /**
     * It did not work.
     *
     * @param field the style of the form's field that is wrong, or null
     * @param anyway what the link could go on trying to reach, or null
     */
    record Failed(String message, @Nullable Field field, @Nullable LinkTarget anyway)
            implements ConnectState {}

    /** A field of the form. */
    enum Field {
        NAME,
        ADDRESS,
        TOKEN
    }
}
