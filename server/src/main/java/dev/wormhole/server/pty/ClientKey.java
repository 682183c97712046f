package dev.wormhole.server.pty;

import java.util.UUID;

/**
 * Who numbers its input: the {@code clientId} of a connection's hello.
 *
 * <p>Immutable.
 */
public record ClientKey(UUID id) {}
