/**
 * The protocol between a server and a keeper, version 1: records, their bytes, limits, and the
 * names of a keeper's files. Both ends use it; it opens no socket. The grammar is in {@code
 * docs/keeper.md}; a test holds frozen copies of every message of version 1.
 *
 * <p>A frame is a u32 length of what follows (1 to {@link
 * dev.wormhole.server.keeper.wire.Wire#MAX_FRAME}), a u8 type and a payload; integers are
 * big-endian. A frame of an unknown type is skipped: that is how a later version adds things.
 * Whatever else breaks the grammar ends the connection.
 *
 * <p>Pure, except for {@code KeeperFiles} and {@code KeeperLock}.
 */
@NullMarked
package dev.wormhole.server.keeper.wire;

import org.jspecify.annotations.NullMarked;
