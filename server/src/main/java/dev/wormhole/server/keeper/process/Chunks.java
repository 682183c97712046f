package dev.wormhole.server.keeper.process;

import dev.wormhole.server.pty.Posix;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Pieces of memory outside the heap, of 64 KiB, up to a limit for all. They are mapped one by one:
 * of a piece that holds little only the touched pages exist, and what goes back is the system's at
 * once.
 *
 * <p>Owned by the loop.
 */
final class Chunks implements AutoCloseable {

    static final int SIZE = 64 << 10;

    /** Kept for the next who asks: what comes and goes with every line should not cost a call. */
    private static final int SPARE = 16;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MethodHandle MMAP =
            Posix.function(
                    "mmap",
                    FunctionDescriptor.of(
                            ValueLayout.ADDRESS, ValueLayout.ADDRESS, LONG, INT, INT, INT, LONG));
    private static final MethodHandle MUNMAP =
            Posix.function("munmap", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG));

    private static final int READ_WRITE = 1 | 2;
    private static final int PRIVATE_ANONYMOUS = 2 | (Posix.MAC ? 0x1000 : 0x20);

    private final Arena arena = Arena.ofShared();
    private final Posix.Errno errno = new Posix.Errno(arena);
    private final Deque<MemorySegment> spare = new ArrayDeque<>();
    private final int most;
    private int taken;
    private boolean refused;

    /**
     * @param limit bytes that may be taken at a time
     */
    Chunks(long limit) {
        most = (int) (limit / SIZE);
    }

    /** Null: the limit is reached, or the system has no more. */
    @Nullable MemorySegment take() {
        if (taken >= most) {
            refused = true;
            return null;
        }
        MemorySegment chunk = spare.pollLast();
        if (chunk == null) chunk = map();
        if (chunk == null) refused = true;
        else taken++;
        return chunk;
    }

    void giveBack(MemorySegment chunk) {
        taken--;
        if (spare.size() < SPARE) spare.addLast(chunk);
        else unmap(chunk);
    }

    /** Whether somebody was refused since this was last asked, and there is something now. */
    boolean somebodyMayTryAgain() {
        boolean again = refused && taken < most;
        if (again) refused = false;
        return again;
    }

    long bytesTaken() {
        return (long) taken * SIZE;
    }

    @SuppressWarnings("restricted") // the size is what was asked for
    private @Nullable MemorySegment map() {
        try {
            var address =
                    (MemorySegment)
                            MMAP.invokeExact(
                                    errno.state(),
                                    MemorySegment.NULL,
                                    (long) SIZE,
                                    READ_WRITE,
                                    PRIVATE_ANONYMOUS,
                                    -1,
                                    0L);
            return address.address() == -1 ? null : address.reinterpret(SIZE);
        } catch (Throwable e) {
            throw Posix.unexpected(e);
        }
    }

    private void unmap(MemorySegment chunk) {
        try {
            int done = (int) MUNMAP.invokeExact(errno.state(), chunk, (long) SIZE);
            assert done == 0 : errno.value();
        } catch (Throwable e) {
            throw Posix.unexpected(e);
        }
    }

    /** After everything was given back. */
    @Override
    public void close() {
        spare.forEach(this::unmap);
        spare.clear();
        arena.close();
    }
}
