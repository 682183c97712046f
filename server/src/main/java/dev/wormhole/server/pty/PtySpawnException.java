package dev.wormhole.server.pty;

/** A process could not be started; the message names program or directory and what to do. */
public final class PtySpawnException extends Exception {

    private static final long serialVersionUID = 1;

    public PtySpawnException(String message) {
        super(message);
    }

    public PtySpawnException(String message, Throwable cause) {
        super(message, cause);
    }
}
