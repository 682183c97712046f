package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;

/**
 * A piece of a task's output as it is kept: never changed, and followed by the next one at its end
 * unless what lies between is not kept.
 *
 * <p>Immutable.
 */
public record TaskOutputPart(long offset, ByteString bytes) {

    long end() {
        return offset + bytes.length();
    }
}
