package dev.wormhole.client.link;

import dev.wormhole.protocol.ErrorCode;

/** The server answered a request with an error; the message is the server's sentence. */
public final class RequestException extends Exception {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    public RequestException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
