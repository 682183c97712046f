package dev.wormhole.client.trust;

/** A text is not the address of a server; the message is a sentence for a person. */
public final class UrlException extends Exception {

    private static final long serialVersionUID = 1;

    UrlException(String message) {
        super(message);
    }
}
