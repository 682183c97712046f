package dev.wormhole.server.keeper.wire;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Cuts the bytes of a connection into frames. It grows with what has come, never with what a length
 * promises, and gives its memory back when nothing waits in it.
 *
 * <p>Owned by the connection's reader.
 */
public final class FrameBuffer {

    private static final byte[] NOTHING = new byte[0];
    private static final int LENGTH = 4;

    /** What an empty one may keep. */
    private static final int KEPT = 4 << 10;

    private int maxFrame;
    private byte[] bytes = NOTHING;
    private int start;
    private int end;

    /**
     * @param maxFrame the largest length that a frame may announce
     */
    public FrameBuffer(int maxFrame) {
        this.maxFrame = maxFrame;
    }

    /** From now on frames may announce this length. */
    public void allow(int length) {
        maxFrame = length;
    }

    /**
     * Where the next bytes of the connection go: a buffer with room for at least {@code wanted},
     * good until the next call; {@link #filled} says how many came.
     */
    public ByteBuffer space(int wanted) {
        if (bytes.length - end < wanted) makeRoom(wanted);
        return ByteBuffer.wrap(bytes, end, bytes.length - end);
    }

    /** So many bytes were put into {@link #space}. */
    public void filled(int count) {
        if (count < 0 || count > bytes.length - end)
            throw new IllegalArgumentException("count: " + count);
        end += count;
    }

    /** Takes what remains in the buffer. */
    public void add(ByteBuffer more) {
        int count = more.remaining();
        space(count).put(more);
        filled(count);
    }

    /**
     * Type and payload of the next whole frame, good until more bytes are put in; null when none is
     * complete.
     */
    public @Nullable ByteBuffer next() throws WireException {
        int held = end - start;
        if (held == 0) giveBack();
        if (held < LENGTH) return null;
        int length = ByteBuffer.wrap(bytes).getInt(start);
        if (length < 1 || length > maxFrame)
            throw new WireException("frame: " + Integer.toUnsignedString(length));
        if (held - LENGTH < length) return null;
        ByteBuffer frame = ByteBuffer.wrap(bytes, start + LENGTH, length).slice();
        start += LENGTH + length;
        return frame;
    }

    private void makeRoom(int wanted) {
        int held = end - start;
        int needed = Math.addExact(held, wanted);
        byte[] target = needed <= bytes.length ? bytes : new byte[Math.max(needed, 2 * held)];
        System.arraycopy(bytes, start, target, 0, held);
        bytes = target;
        start = 0;
        end = held;
    }

    private void giveBack() {
        start = 0;
        end = 0;
        if (bytes.length > KEPT) bytes = NOTHING;
    }

    /** Bytes that wait for the rest of their frame. */
    public int waiting() {
        return end - start;
    }

    /** For tests: what it holds on to. */
    int capacity() {
        return bytes.length;
    }
}
