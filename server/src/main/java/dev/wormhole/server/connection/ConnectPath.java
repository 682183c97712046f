package dev.wormhole.server.connection;

import dev.wormhole.protocol.SessionId;

import java.util.Optional;

/** The path on the session server's port at which a task is watched. Pure. */
public final class ConnectPath {

    private static final String PREFIX = "/connect/";

    private ConnectPath() {}

    /**
     * The URL of a task's viewer.
     *
     * @param socketUrl of the session server, with its slash
     */
    public static String url(String socketUrl, SessionId task) {
        return socketUrl + PREFIX.substring(1) + task;
    }

    /** The task that the path names; empty for any other path. */
    static Optional<SessionId> task(String path) {
        if (!path.startsWith(PREFIX)) return Optional.empty();
        try {
            return Optional.of(SessionId.parse(path.substring(PREFIX.length())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
