package dev.wormhole.client.link;

/**
 * Why there is no connection just now, in words for a person.
 *
 * <p>Immutable.
 *
 * @param message one sentence that says what is wrong and what to do, without secrets
 */
public record LinkProblem(Kind kind, String message) {

    public enum Kind {
        /** Nobody answers there, or the connection broke. */
        UNREACHABLE,
        /** The server refused the handshake: wrong token, host name or path. */
        REFUSED,
        /**
         * A wss server whose certificate was never seen; a person has to accept its fingerprint.
         */
        CERTIFICATE_UNKNOWN,
        /** The certificate is not the one that was pinned. Somebody may be in between. */
        CERTIFICATE_CHANGED,
        /** No protocol version in common. */
        VERSION,
        /** The local server could not be started. */
        LOCAL_SERVER
    }
}
