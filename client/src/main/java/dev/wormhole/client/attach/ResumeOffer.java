package dev.wormhole.client.attach;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ServerMessage;

import org.jspecify.annotations.Nullable;

/**
 * The program that ran when the session's process was lost, while it can be run again: what is said
 * of it, and what a key means meanwhile. Only a key that was read alone is one: what is pasted is
 * typed.
 *
 * <p>Owned by the attach thread.
 */
final class ResumeOffer {

    /** What a key means. */
    enum Key {
        RUN,
        FORGET,
        /** It is for the program on the terminal; the offer is over. */
        TYPED,
        /** It is for the program; there is no offer. */
        NO_OFFER
    }

    private static final byte ESC = 0x1b;

    private ServerMessage.@Nullable Offer offer;

    /** What the server says; another generation's offer takes the place of the one before. */
    void told(ServerMessage.Offer next) {
        offer = next.line() == null ? null : next;
    }

    /** Nothing is known: the server says it anew. */
    void clear() {
        offer = null;
    }

    /** Of which generation; 0 without an offer. */
    long generation() {
        return offer == null ? 0 : offer.generation();
    }

    /** Whatever it is, the offer is over, or there was none. */
    Key typed(ByteString bytes) {
        if (offer == null) return Key.NO_OFFER;
        offer = null;
        if (bytes.length() != 1) return Key.TYPED;
        return switch (bytes.at(0)) {
            case '\r', '\n' -> Key.RUN;
            case ESC -> Key.FORGET;
            default -> Key.TYPED;
        };
    }

    /** A few words; null without an offer. */
    @Nullable String words() {
        if (offer == null || offer.line() == null) return null;
        return offer.line().replaceAll("\\p{Cntrl}", " ")
                + " was running here · Enter runs it, Esc does not";
    }
}
