package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;

/**
 * What a task's session says to somebody who reads its output by offset.
 *
 * <p>Immutable.
 */
public sealed interface TaskRead {

    /**
     * @param offset of the first byte
     * @param end behind the newest byte there is
     * @param isComplete nothing will come behind that
     */
    record Bytes(long offset, ByteString bytes, long end, boolean isComplete) implements TaskRead {}

    /**
     * These bytes are not in memory: the store has them, or nobody.
     *
     * @param resumesAt the next offset that is in memory
     * @param end behind the newest byte there is
     * @param isComplete nothing will come behind that
     */
    record Elsewhere(long resumesAt, long end, boolean isComplete) implements TaskRead {}

    /** Too many wait for this task's output. */
    record Refused() implements TaskRead {}
}
