package dev.wormhole.server;

import dev.wormhole.server.keeper.link.KeeperStarter;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a server and its keepers start each other; known to whoever started the server.
 *
 * <p>Immutable.
 *
 * @param starter starts a keeper
 * @param restart how a keeper starts this server again; empty: it does not
 */
public record KeeperHands(KeeperStarter starter, Optional<Restart> restart) {

    /** Words and surroundings of a server. */
    public record Restart(String cwd, List<String> command, Map<String, String> env) {
        public Restart {
            command = List.copyOf(command);
            env = Map.copyOf(env);
        }
    }
}
