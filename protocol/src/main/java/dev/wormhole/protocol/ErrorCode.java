package dev.wormhole.protocol;

import java.util.Locale;

/** Why a request was not done. The wire name is the constant in lower case. */
public enum ErrorCode {
    /** No session has this id. */
    NOT_FOUND,
    /** The message is malformed, of an unknown type or out of range. */
    BAD_REQUEST,
    /** The process could not be started; the message says why. */
    SPAWN_FAILED,
    /** All 255 channels of this connection are in use; detach one. */
    CHANNELS_EXHAUSTED,
    /** This viewer may look only. */
    READ_ONLY,
    /** The session cannot take this now; the same request works later. */
    BUSY,
    /** A limit of the server is reached (sessions, connections, queued input). */
    LIMIT,
    /** This server or this connection does not do that. */
    UNSUPPORTED,
    /** The generation named in the request is not the current one. */
    STALE_GENERATION,
    /** The session has no process. */
    NO_PROCESS,
    /** The change could not be made durable; nothing was changed. */
    STORE_FAILED,
    /** A defect of the server; its log says more. */
    INTERNAL;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
