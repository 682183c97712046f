package dev.wormhole.server.connection;

import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;

import java.util.concurrent.CompletableFuture;

/**
 * What clients may ask of the keepers behind a server. Safe from any thread; never blocks, and the
 * futures may complete on threads that serve others too.
 */
public interface KeeperDesk {

    /** Every keeper, and every process that no session knows. */
    CompletableFuture<ServerMessage.Keepers> look();

    /**
     * Ends a process that no session knows; completes when it is gone. Fails with an {@link
     * IllegalArgumentException} about one whose session is there.
     */
    CompletableFuture<Void> endOrphan(SessionId session, long generation);

    /**
     * Makes a session of a process that has none; completes when that has read what the keeper
     * holds. Fails with an {@link IllegalArgumentException} where there is no such process, or its
     * session has gone on with another.
     */
    CompletableFuture<Void> adoptOrphan(SessionId session, long generation);
}
