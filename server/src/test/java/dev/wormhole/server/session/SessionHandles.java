package dev.wormhole.server.session;

import dev.wormhole.protocol.SessionId;

/** Handles of sessions that are not there, for tests of whoever holds one. */
public final class SessionHandles {

    private SessionHandles() {}

    /** Takes every command and does nothing. */
    public static SessionHandle unheard() {
        return new SessionHandle(SessionId.random(), null);
    }

    /** Commands that nobody has taken. */
    public static int waiting(SessionHandle session) {
        return session.mailbox().size();
    }
}
