package dev.wormhole.server.pty;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;

/**
 * Asks the kernel whether a terminal takes input now: poll(2), which pty4j does not offer with a
 * limit of time.
 *
 * <p>Owned by the write thread of one process.
 */
final class WriteRoom implements AutoCloseable {

    /** What the kernel said of a descriptor. */
    enum Answer {
        /** On Linux a write of at most 1 KiB by the only writer is taken as a whole, at once. */
        ROOM,
        /** Nobody has the other side open: what is written goes nowhere. */
        GONE,
        /** Nothing changed within the time. */
        FULL
    }

    private static final short POLLOUT = 4;

    /** POLLERR, POLLHUP and POLLNVAL. */
    private static final int NO_READER = 8 | 16 | 32;

    private static final Function POLL = NativeLibrary.getProcess().getFunction("poll");

    /** struct pollfd: the descriptor, then the wanted and the seen events, 16 bits each. */
    private final Memory asked = new Memory(8);

    WriteRoom(int descriptor) {
        asked.setInt(0, descriptor);
        asked.setShort(4, POLLOUT);
    }

    /** Waits for an answer other than {@link Answer#FULL}, but not longer than {@code millis}. */
    Answer await(int millis) {
        asked.setShort(6, (short) 0);
        // Two kinds of 64 and 32 bits name the number of descriptors; a long fits both.
        int ready = POLL.invokeInt(new Object[] {asked, 1L, millis});
        // Interrupted by a signal is like nothing seen: the caller asks again.
        if (ready <= 0) return Answer.FULL;
        int seen = asked.getShort(6);
        if ((seen & NO_READER) != 0) return Answer.GONE;
        return Answer.ROOM;
    }

    @Override
    public void close() {
        asked.close();
    }
}
