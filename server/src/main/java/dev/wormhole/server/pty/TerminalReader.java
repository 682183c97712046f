package dev.wormhole.server.pty;

import dev.wormhole.protocol.ByteString;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads a pseudo-terminal until it or its process ends.
 *
 * <p>Owned by the read thread, which closes it; {@link #processEnded} is safe from any thread
 * before that.
 */
final class TerminalReader implements AutoCloseable {

    /**
     * What is read before it is handed on. The kernel gives 4 KiB at most at once, and more at once
     * when asked again: fewer, larger pieces cost the session less.
     */
    private static final int PIECE = 16 << 10;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(PIECE);
    private final MemorySegment asked = arena.allocate(2 * Posix.POLLFD_BYTES, Long.BYTES);
    private final Posix.Errno errno = new Posix.Errno(arena);
    private final int terminal;
    private final int wakeRead;
    private final int wakeWrite;
    private volatile boolean ended;

    /**
     * @param terminal the master's descriptor, which must not wait ({@link Posix#dontWait})
     */
    TerminalReader(int terminal) throws IOException {
        this.terminal = terminal;
        int[] wake = Posix.pipe();
        wakeRead = wake[0];
        wakeWrite = wake[1];
    }

    /**
     * The next output; empty at the end: the terminal was closed by the last program that had it,
     * or the process ended and what it left was read. Other programs may go on holding the
     * terminal: what they print later belongs to nobody.
     */
    ByteString next() throws IOException {
        while (true) {
            // Before the read: what the process printed until it ended is read after this.
            boolean last = ended;
            int count = fill();
            if (count > 0) {
                byte[] bytes = new byte[count];
                MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, 0, count);
                return ByteString.wrap(bytes, 0, count);
            }
            if (count < 0 || last) return ByteString.EMPTY;
            await();
        }
    }

    /** Bytes read; 0: none now; -1: the end. */
    private int fill() throws IOException {
        int total = 0;
        while (total < PIECE) {
            int count = Posix.read(terminal, buffer.asSlice(total), errno);
            if (count > 0) {
                total += count;
                continue;
            }
            int reason = count == 0 ? 0 : errno.value();
            if (reason == Posix.EINTR) continue;
            if (reason == Posix.EAGAIN) return total;
            // Linux reports the end of a terminal whose last program went as EIO. Whatever it is,
            // it comes again at the next read.
            return total > 0 ? total : -1;
        }
        return total;
    }

    private void await() throws IOException {
        Posix.ask(asked, 0, terminal, Posix.POLLIN);
        Posix.ask(asked, 1, wakeRead, Posix.POLLIN);
        if (Posix.poll(asked, -1, errno) < 0 && errno.value() != Posix.EINTR)
            throw errno.failure("poll");
    }

    /** The process has ended. */
    void processEnded() {
        ended = true;
        try (Arena own = Arena.ofConfined()) {
            // One byte fits into an empty pipe.
            Posix.write(wakeWrite, own.allocate(1), new Posix.Errno(own));
        }
    }

    @Override
    public void close() {
        Posix.close(wakeRead);
        Posix.close(wakeWrite);
        arena.close();
    }
}
