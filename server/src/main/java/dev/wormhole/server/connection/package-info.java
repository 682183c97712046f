/**
 * The server's end of the wire: who may connect, what a connection's messages do, and what its
 * socket gets next. The only importer of Java-WebSocket in the server. Knows sessions through their
 * handles alone.
 *
 * <p>Owned by two virtual threads for each connection: {@code conn-<n>} has the channel table and
 * does what the client asks, {@code conn-<n>-out} writes to the socket. The library's callbacks
 * only enqueue: one that blocked would stop every other connection.
 */
@NullMarked
package dev.wormhole.server.connection;

import org.jspecify.annotations.NullMarked;
