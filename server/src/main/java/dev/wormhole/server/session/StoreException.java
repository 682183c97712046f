package dev.wormhole.server.session;

/** The durable store cannot do what it was asked; the message says why and what to do. */
public final class StoreException extends Exception {

    private static final long serialVersionUID = 1;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreException(String message) {
        super(message);
    }
}
