package dev.wormhole.server.task;

import dev.wormhole.protocol.ErrorCode;

/** Why something was not done about a task; the message is for a person and says what to do. */
public final class TaskException extends Exception {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    public TaskException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
