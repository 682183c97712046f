package dev.wormhole.client.link;

import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;

/**
 * What a link tells about itself and about all sessions of its server. Called on the link thread;
 * must not block.
 */
public interface LinkListener {

    default void stateChanged(LinkState state) {}

    /** A session is new or its list entry changed, attached or not. */
    default void sessionChanged(SessionEntry entry) {}

    default void sessionRenamed(SessionId id, String name) {}

    /**
     * How the server's store is doing: after each connect, and when something begins or ceases to
     * be wrong. Only with feature {@code store}.
     */
    default void storeChanged(ServerMessage.StoreState state) {}

    /**
     * A task is new or its entry changed. Only with {@code Feature.TASKS}; one that is removed is
     * told by {@link #sessionDestroyed}.
     */
    default void taskChanged(TaskEntry task) {}

    /** A session is gone for good, whoever destroyed it. */
    default void sessionDestroyed(SessionId id) {}
}
