/**
 * The server's end of the keepers: finds them and starts one, asks them for processes, and is the
 * {@link dev.wormhole.server.pty.PtyFactory} of the sessions. Knows nothing of sessions.
 *
 * <p>{@link dev.wormhole.server.keeper.link.Keepers} is the door. Behind it stand one {@code
 * KeeperLink} for each keeper, with a {@code ControlLink} for its control connection, and one
 * {@code ProcessLink} for each process. All sockets are read by the one platform thread {@code
 * keeper-io}; they are written by whoever has something to say, and by {@code keeper-io} when the
 * socket was full. What a link wants to be known at its keeper is state, not a queue: a {@code
 * Connection} asks for the next frame when the socket has room, and a new connection after a broken
 * one begins from that state again.
 */
@NullMarked
package dev.wormhole.server.keeper.link;

import org.jspecify.annotations.NullMarked;
