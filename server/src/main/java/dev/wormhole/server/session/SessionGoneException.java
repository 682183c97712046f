package dev.wormhole.server.session;

/** The session was destroyed before it came to the request. */
public final class SessionGoneException extends Exception {

    private static final long serialVersionUID = 1;

    public SessionGoneException() {
        super("the session is gone");
    }
}
