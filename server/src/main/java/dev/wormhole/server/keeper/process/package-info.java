/**
 * The keeper: a small process that owns pseudo-terminals, so that they outlive the server. It knows
 * processes, their unread output and who is connected; it knows nothing of sessions, screens, SQL
 * or WebSockets. {@link dev.wormhole.server.keeper.process.KeeperMain} is its door.
 *
 * <p>Owned by one thread, the one in {@code Keeper.run}: it polls every descriptor, and none of
 * them makes it wait. What does make one wait, starting processes, is done by {@code keeper-spawn},
 * which hands its results to the loop.
 */
@NullMarked
package dev.wormhole.server.keeper.process;

import org.jspecify.annotations.NullMarked;
