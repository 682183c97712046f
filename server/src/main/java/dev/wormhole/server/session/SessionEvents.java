package dev.wormhole.server.session;

import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;

import org.jspecify.annotations.Nullable;

/** What concerns every connection, attached or not. Called on session threads; must not block. */
public interface SessionEvents {

    /**
     * A task is new or has changed, and that is durable.
     *
     * @param isEnding its command was told to end, and has not yet
     */
    default void task(SessionRecord task, boolean isEnding) {}

    /** A session is new, or its entry is another; at most 10 times a second a session. */
    void changed(SessionEntry entry);

    /**
     * @param origin who asked and gets an answer of its own; null for nobody
     */
    void renamed(SessionId id, String name, @Nullable Object origin);

    /**
     * @param origin who asked and gets an answer of its own; null for nobody
     */
    void destroyed(SessionId id, @Nullable Object origin);
}
