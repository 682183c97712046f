package dev.wormhole.server.keeper.wire;

/** The other end broke the grammar; the message says where and holds nothing of the content. */
public final class WireException extends Exception {

    private static final long serialVersionUID = 1;

    public WireException(String message) {
        super(message);
    }
}
