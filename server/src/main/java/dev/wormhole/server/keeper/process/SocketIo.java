package dev.wormhole.server.keeper.process;

import dev.wormhole.server.keeper.wire.FrameBuffer;
import dev.wormhole.server.keeper.wire.FromKeeperCodec;
import dev.wormhole.server.keeper.wire.Wire;
import dev.wormhole.server.pty.Posix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.Deque;

/**
 * Reads and writes sockets that do not wait, through buffers that all connections share.
 *
 * <p>Owned by the loop.
 */
final class SocketIo implements AutoCloseable {

    /** In place of a count: nothing can be moved now. */
    static final int LATER = 0;

    /** In place of a count: the other end is gone. */
    static final int GONE = -1;

    private static final int BUFFER = 64 << 10;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /** struct iovec: where, and how much. */
    private static final long IOVEC_BYTES = 16;

    private static final MethodHandle WRITEV =
            Posix.function(
                    "writev",
                    FunctionDescriptor.of(
                            LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

    private final Arena arena = Arena.ofShared();
    private final Posix.Errno errno = new Posix.Errno(arena);
    private final MemorySegment buffer = arena.allocate(BUFFER);
    private final MemorySegment spilled = arena.allocate(Wire.MAX_BYTES);
    private final MemorySegment header = arena.allocate(Wire.BYTES_HEADER);
    private final MemorySegment vectors = arena.allocate(2 * IOVEC_BYTES, Long.BYTES);

    /** Where bytes from the disk may lie until the next call. */
    MemorySegment spilledScratch() {
        return spilled;
    }

    /** Where what nobody wants to have may go. */
    MemorySegment waste() {
        return buffer;
    }

    Posix.Errno errno() {
        return errno;
    }

    /** Reads once. */
    int read(int socket, FrameBuffer target) throws IOException {
        int count = Posix.read(socket, buffer, errno);
        if (count > 0) target.add(buffer.asSlice(0, count).asByteBuffer());
        return count == 0 ? GONE : count > 0 ? count : failed("read");
    }

    /** Writes of these buffers, in order, what the socket takes at once; sent ones are removed. */
    int write(int socket, Deque<ByteBuffer> frames) throws IOException {
        ByteBuffer gathered = buffer.asByteBuffer();
        for (ByteBuffer frame : frames) {
            int piece = Math.min(gathered.remaining(), frame.remaining());
            gathered.put(frame.slice(frame.position(), piece));
            if (!gathered.hasRemaining()) break;
        }
        int count = Posix.write(socket, buffer.asSlice(0, gathered.position()), errno);
        if (count < 0) return failed("write");
        int left = count;
        while (left > 0) {
            ByteBuffer frame = frames.getFirst();
            int piece = Math.min(left, frame.remaining());
            frame.position(frame.position() + piece);
            left -= piece;
            if (!frame.hasRemaining()) frames.removeFirst();
        }
        return count;
    }

    /**
     * Writes of a BYTES frame what the socket takes at once.
     *
     * @param offset and length of the whole frame's output
     * @param headerSent bytes of the header that were written before
     * @param rest of the output, or its first part
     */
    int write(int socket, long offset, int length, int headerSent, MemorySegment rest)
            throws IOException {
        MemorySegment headerRest = MemorySegment.NULL;
        if (headerSent < Wire.BYTES_HEADER) {
            FromKeeperCodec.bytesHeader(header.asByteBuffer(), offset, length);
            headerRest = header.asSlice(headerSent);
        }
        vector(0, headerRest);
        vector(1, rest);
        int count;
        try {
            count = (int) (long) WRITEV.invokeExact(errno.state(), socket, vectors, 2);
        } catch (Throwable e) {
            throw Posix.unexpected(e);
        }
        return count >= 0 ? count : failed("writev");
    }

    private void vector(int index, MemorySegment bytes) {
        vectors.set(LONG, index * IOVEC_BYTES, bytes.address());
        vectors.set(LONG, index * IOVEC_BYTES + Long.BYTES, bytes.byteSize());
    }

    private int failed(String call) throws IOException {
        int reason = errno.value();
        if (reason == Posix.EAGAIN || reason == Posix.EINTR) return LATER;
        // EPIPE and ECONNRESET, of both systems: the other end has gone.
        if (reason == 32 || reason == (Posix.MAC ? 54 : 104)) return GONE;
        throw errno.failure(call);
    }

    @Override
    public void close() {
        arena.close();
    }
}
