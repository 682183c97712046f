package dev.wormhole.protocol;

import java.nio.ByteBuffer;

/** Frames to bytes and back: the only place that knows the channel byte. Pure. */
public final class FrameCodec {

    private FrameCodec() {}

    /** Reads a message; the payload is copied, since libraries reuse their buffers. */
    public static Frame decode(ByteBuffer message) {
        if (!message.hasRemaining()) return new Frame.Empty();
        int channel = message.get() & 0xff;
        ByteString payload = ByteString.copyOf(message);
        return channel == Limits.CONTROL_CHANNEL
                ? new Frame.Control(payload)
                : new Frame.Data(channel, payload);
    }

    public static byte[] encode(Frame frame) {
        return switch (frame) {
            case Frame.Control(ByteString json) -> withChannel(Limits.CONTROL_CHANNEL, json);
            case Frame.Data(int channel, ByteString bytes) -> withChannel(channel, bytes);
            case Frame.Empty() -> new byte[0];
        };
    }

    private static byte[] withChannel(int channel, ByteString payload) {
        byte[] message = new byte[1 + payload.length()];
        message[0] = (byte) channel;
        payload.copyTo(message, 1);
        return message;
    }
}
