package dev.wormhole.client.attach;

/**
 * How an attachment to this terminal came to its end.
 *
 * <p>Immutable.
 */
public sealed interface AttachOutcome {

    /** The person left; the session goes on. */
    record Detached() implements AttachOutcome {}

    /** The session is gone, or the server let this viewer go; the message says why. */
    record Ended(String message) implements AttachOutcome {}
}
