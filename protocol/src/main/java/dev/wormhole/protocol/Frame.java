package dev.wormhole.protocol;

/**
 * One binary WebSocket message: a channel byte and its payload.
 *
 * <p>Immutable.
 */
public sealed interface Frame {

    /** A control message: one JSON object, not yet decoded. */
    record Control(ByteString json) implements Frame {}

    /** Raw terminal bytes of one session. */
    record Data(int channel, ByteString bytes) implements Frame {
        public Data {
            if (channel < 0 || channel > Limits.MAX_CHANNEL)
                throw new IllegalArgumentException("channel: " + channel);
        }
    }

    /** A message without even a channel byte; dropped by both ends. */
    record Empty() implements Frame {}
}
