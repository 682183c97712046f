package dev.wormhole.server.keeper.process;

import dev.wormhole.server.pty.Posix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Waits for descriptors with poll(2). Each watch says what it waits for; one that waits for nothing
 * is not asked about, so that a terminal nobody holds any more does not wake the loop for ever.
 *
 * <p>Owned by the loop.
 */
final class Poller implements AutoCloseable {

    /** Hears what poll saw of its descriptor. */
    @FunctionalInterface
    interface Ready {
        void ready(int seen);
    }

    /** One descriptor. */
    final class Watch {
        private final int descriptor;
        private final Ready ready;
        private int index;
        private short wanted;

        private Watch(int descriptor, Ready ready) {
            this.descriptor = descriptor;
            this.ready = ready;
        }

        /** From now on these events; 0: none, not even the end. */
        void want(int events) {
            if (wanted == (short) events) return;
            wanted = (short) events;
            write();
        }

        private void write() {
            Posix.ask(asked, index, wanted == 0 ? -1 : descriptor, wanted);
        }

        /** Before the descriptor is closed. */
        void stop() {
            Watch last = watches.removeLast();
            if (last != this) {
                // What poll saw of the last one is lost; poll says it again.
                last.index = index;
                watches.set(index, last);
                last.write();
            }
        }
    }

    private final Arena errnoArena = Arena.ofShared();
    private final Posix.Errno errno = new Posix.Errno(errnoArena);
    private final List<Watch> watches = new ArrayList<>();
    private Arena arena = Arena.ofShared();
    private int capacity = 64;
    private MemorySegment asked = arena.allocate(capacity * Posix.POLLFD_BYTES, Long.BYTES);

    /** Begins to watch, wanting nothing. */
    Watch watch(int descriptor, Ready ready) {
        if (watches.size() == capacity) grow();
        var watch = new Watch(descriptor, ready);
        watch.index = watches.size();
        watches.add(watch);
        watch.write();
        return watch;
    }

    private void grow() {
        Arena larger = Arena.ofShared();
        MemorySegment copy = larger.allocate(2L * capacity * Posix.POLLFD_BYTES, Long.BYTES);
        MemorySegment.copy(asked, 0, copy, 0, asked.byteSize());
        arena.close();
        arena = larger;
        asked = copy;
        capacity *= 2;
    }

    /**
     * Waits, and calls those that are ready.
     *
     * @param millis at most; -1: for ever
     */
    void poll(int millis) throws IOException {
        int ready =
                Posix.poll(asked.asSlice(0, watches.size() * Posix.POLLFD_BYTES), millis, errno);
        if (ready < 0) {
            if (errno.value() == Posix.EINTR) return;
            throw errno.failure("poll");
        }
        // From the last to the first: one that stops is replaced by one that was called.
        for (int i = watches.size() - 1; i >= 0 && ready > 0; i--) {
            if (i >= watches.size()) continue;
            int seen = Posix.seen(asked, i);
            if (seen == 0) continue;
            ready--;
            Watch watch = watches.get(i);
            watch.write();
            watch.ready.ready(seen);
        }
    }

    @Override
    public void close() {
        arena.close();
        errnoArena.close();
    }
}
