package dev.wormhole.server.pty;

import dev.wormhole.protocol.ByteString;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.BooleanSupplier;

/**
 * Writes to a pseudo-terminal without ever sleeping in write(2): Linux loses the wake-up of one
 * that waits while the other side is closed for the last time, and it would wait for ever.
 *
 * <p>Owned by the write thread.
 */
final class TerminalWriter implements AutoCloseable {

    /** How long to wait for a program that does not read before looking for its end. */
    private static final int LOOK_MILLIS = 100;

    /**
     * A line discipline in canonical mode holds 4095 bytes; smaller writes let control characters
     * in between.
     */
    private static final int PIECE = 1 << 10;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(PIECE);
    private final MemorySegment asked = arena.allocate(Posix.POLLFD_BYTES, Long.BYTES);
    private final Posix.Errno errno = new Posix.Errno(arena);
    private final int terminal;

    /**
     * @param terminal the master's descriptor, which must not wait ({@link Posix#dontWait})
     */
    TerminalWriter(int terminal) {
        this.terminal = terminal;
    }

    /** Writes all, less what is left when {@code over}, or when nobody has the other side open. */
    void write(ByteString bytes, BooleanSupplier over) throws IOException {
        int from = 0;
        while (from < bytes.length() && !over.getAsBoolean()) {
            int length = Math.min(PIECE, bytes.length() - from);
            byte[] piece = bytes.slice(from, from + length).toArray();
            MemorySegment.copy(piece, 0, buffer, ValueLayout.JAVA_BYTE, 0, length);
            int written = Posix.write(terminal, buffer.asSlice(0, length), errno);
            if (written > 0) {
                from += written;
                continue;
            }
            int reason = written == 0 ? Posix.EAGAIN : errno.value();
            if (reason != Posix.EAGAIN && reason != Posix.EINTR) throw errno.failure("write");
            if (reason == Posix.EAGAIN && !mayGoOn()) return;
        }
    }

    /** Waits for room, a while; false when what is written goes nowhere. */
    private boolean mayGoOn() {
        Posix.ask(asked, 0, terminal, Posix.POLLOUT);
        int ready = Posix.poll(asked, LOOK_MILLIS, errno);
        return ready <= 0 || (Posix.seen(asked, 0) & Posix.GONE) == 0;
    }

    @Override
    public void close() {
        arena.close();
    }
}
