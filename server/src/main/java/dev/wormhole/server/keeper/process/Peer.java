package dev.wormhole.server.keeper.process;

import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.keeper.wire.WireException;

import java.io.IOException;

/**
 * What a connection is about at the moment.
 *
 * <p>Owned by the loop.
 */
interface Peer {

    /**
     * A message has come.
     *
     * @throws WireException if it does not belong here: the connection is closed
     */
    void heard(ToKeeper message) throws WireException;

    /** All was written: hands over what comes next. False: there is nothing. */
    default boolean more() throws IOException {
        return false;
    }

    /** What was written of output has reached the socket. */
    default void sent(int bytes) {}

    /** The socket has taken what it took. */
    default void flushed() {}

    /** The connection is closed. Once, last. */
    default void gone() {}
}
