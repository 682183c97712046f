package dev.wormhole.server.keeper.wire;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.ProcessKey;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Writes one frame. What does not fit into its field is an {@link IllegalArgumentException}.
 *
 * <p>Owned by the thread that made it.
 */
final class WireWriter {

    private static final int LENGTH = 4;

    private byte[] frame = new byte[64];
    private int end = LENGTH;

    WireWriter(int type) {
        u8(type);
    }

    /** The finished frame, its length in front. */
    ByteBuffer finish() {
        int length = end - LENGTH;
        if (length > Wire.MAX_FRAME) throw new IllegalArgumentException("frame: " + length);
        var result = ByteBuffer.wrap(frame, 0, end);
        result.putInt(0, length);
        return result;
    }

    WireWriter u8(int value) {
        if (value < 0 || value > 0xff) throw new IllegalArgumentException("u8: " + value);
        room(1).put((byte) value);
        return this;
    }

    WireWriter flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    WireWriter u16(int value) {
        if (value < 0 || value > 0xffff) throw new IllegalArgumentException("u16: " + value);
        room(2).putShort((short) value);
        return this;
    }

    WireWriter u32(int bits) {
        room(4).putInt(bits);
        return this;
    }

    WireWriter number(long value) {
        if (value < 0 || value >= Wire.MAX_NUMBER)
            throw new IllegalArgumentException("number: " + value);
        room(8).putLong(value);
        return this;
    }

    WireWriter string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        u32(bytes.length);
        room(bytes.length).put(bytes);
        return this;
    }

    WireWriter note(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Wire.MAX_NOTE)
            throw new IllegalArgumentException("note: " + bytes.length);
        return string(value);
    }

    WireWriter bytes(ByteString value) {
        u32(value.length());
        room(value.length()).put(value.toBuffer());
        return this;
    }

    WireWriter piece(ByteString value) {
        if (value.length() > Wire.MAX_BYTES)
            throw new IllegalArgumentException("bytes: " + value.length());
        return bytes(value);
    }

    WireWriter size(TerminalSize value) {
        return u16(value.cols()).u16(value.rows());
    }

    WireWriter key(ProcessKey value) {
        return uuid(value.session().value()).number(value.generation());
    }

    WireWriter client(@Nullable ClientKey value) {
        return uuid(value == null ? new UUID(0, 0) : value.id());
    }

    WireWriter strings(List<String> values) {
        u32(values.size());
        values.forEach(this::string);
        return this;
    }

    WireWriter pairs(Map<String, String> values) {
        u32(values.size());
        values.forEach((name, value) -> string(name).string(value));
        return this;
    }

    private WireWriter uuid(UUID value) {
        room(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (bytes > frame.length - end)
            frame = Arrays.copyOf(frame, Math.max(Math.addExact(end, bytes), 2 * frame.length));
        var place = ByteBuffer.wrap(frame, end, bytes);
        end += bytes;
        return place;
    }
}
