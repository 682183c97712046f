package dev.wormhole.server.session;

/**
 * Numbers about all sessions.
 *
 * <p>Immutable.
 *
 * @param viewers attached to them
 * @param outputBytes that their processes have printed since the server started
 * @param waiting commands in their mailboxes
 */
public record SessionTally(int sessions, long viewers, long outputBytes, long waiting) {}
