package dev.wormhole.server.pty;

import dev.wormhole.protocol.SessionId;

/**
 * Which process: one generation of one session. A keeper starts each at most once.
 *
 * <p>Immutable.
 *
 * @param generation from 1
 */
public record ProcessKey(SessionId session, long generation) {}
