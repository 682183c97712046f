package dev.wormhole.protocol;

/** WebSocket close codes (RFC 6455 section 7.4) that the server uses. */
public enum CloseCode {
    /** The server is stopping in order; reconnect later. */
    GOING_AWAY(1001),
    /** A message was longer than {@link Limits#MESSAGE_BYTES}. */
    TOO_BIG(1009),
    /** A limit of connections is reached. */
    TRY_AGAIN_LATER(1013),
    /**
     * Nothing was taken for 30 s while bytes were in flight, or more than 1 MiB of control messages
     * waited.
     */
    TOO_SLOW(4408),
    /** No protocol version in common. */
    NO_COMMON_PROTOCOL(4426);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
