package dev.wormhole.server;

import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.connection.KeeperDesk;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Of a server that owns its processes itself: there are no keepers. */
final class NoKeepers implements KeeperDesk {

    @Override
    public CompletableFuture<ServerMessage.Keepers> look() {
        return CompletableFuture.completedFuture(new ServerMessage.Keepers(List.of(), List.of()));
    }

    @Override
    public CompletableFuture<Void> endOrphan(SessionId session, long generation) {
        return CompletableFuture.completedFuture(null);
    }
}
