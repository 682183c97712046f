package dev.wormhole.server.keeper.process;

import dev.wormhole.server.pty.Posix;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The way of other threads into the loop: a queue, and a pipe that wakes poll.
 *
 * <p>{@link #put} is safe from any thread; the rest is the loop's.
 */
final class Inbox implements AutoCloseable {

    private final Queue<LoopEvent> events = new ConcurrentLinkedQueue<>();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment scratch = arena.allocate(64);
    private final Posix.Errno errno = new Posix.Errno(arena);
    private final int read;
    private final int write;
    private boolean closed;

    Inbox() throws IOException {
        int[] pipe = Posix.pipe();
        read = pipe[0];
        write = pipe[1];
        Posix.dontWait(read);
        Posix.dontWait(write);
    }

    int descriptor() {
        return read;
    }

    /** Never waits. */
    synchronized void put(LoopEvent event) {
        // The pipe may be somebody else's descriptor once the loop has ended.
        if (closed) return;
        events.add(event);
        try (Arena own = Arena.ofConfined()) {
            // A pipe that is full wakes as well.
            Posix.write(write, own.allocate(1), new Posix.Errno(own));
        }
    }

    @Nullable LoopEvent take() {
        return events.poll();
    }

    /** Before the events are taken. */
    void drain() {
        while (Posix.read(read, scratch, errno) == scratch.byteSize()) {
            // More of the same.
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Posix.close(read);
        Posix.close(write);
        arena.close();
    }
}
