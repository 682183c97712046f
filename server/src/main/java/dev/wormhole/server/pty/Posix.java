package dev.wormhole.server.pty;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * The calls of POSIX that descriptors need, without the cost of pty4j's (JNA, two calls and an
 * array for each read).
 *
 * <p>Safe from any thread; {@link Errno} belongs to one.
 */
public final class Posix {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    public static final boolean MAC = System.getProperty("os.name", "").startsWith("Mac");

    public static final int EINTR = 4;
    public static final int EAGAIN = MAC ? 35 : 11;

    private static final int GET_FLAGS = 3;
    private static final int SET_FLAGS = 4;
    private static final int NONBLOCK = MAC ? 4 : 0x800;

    public static final short POLLIN = 1;
    public static final short POLLOUT = 4;

    /** POLLERR, POLLHUP and POLLNVAL. */
    public static final int GONE = 8 | 16 | 32;

    /** struct pollfd: the descriptor, then the wanted and the seen events, 16 bits each. */
    public static final long POLLFD_BYTES = 8;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MethodHandle READ = transfer("read");
    private static final MethodHandle WRITE = transfer("write");

    // Two kinds of 64 and 32 bits name the number of descriptors; a long fits both.
    private static final MethodHandle POLL =
            function("poll", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG, INT));
    private static final MethodHandle FCNTL =
            function(
                    "fcntl",
                    FunctionDescriptor.of(INT, INT, INT, INT),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle PIPE =
            function("pipe", FunctionDescriptor.of(INT, ValueLayout.ADDRESS));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));

    private Posix() {}

    /** Where the last call that failed left its reason. Owned by one thread. */
    public static final class Errno {

        private final MemorySegment state;

        public Errno(Arena arena) {
            state = arena.allocate(STATE);
        }

        public int value() {
            return (int) ERRNO.get(state, 0L);
        }

        /** The first argument of every {@link #function}. */
        public MemorySegment state() {
            return state;
        }

        public IOException failure(String call) {
            return new IOException(call + ": errno " + value());
        }
    }

    private static MethodHandle transfer(String name) {
        return function(name, FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
    }

    /** A function of the C library; its first argument is {@link Errno#state}. */
    @SuppressWarnings("restricted") // every start of the program enables native access
    public static MethodHandle function(
            String name, FunctionDescriptor descriptor, Linker.Option... more) {
        var options = new java.util.ArrayList<>(List.of(more));
        options.add(Linker.Option.captureCallState("errno"));
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                descriptor,
                options.toArray(Linker.Option[]::new));
    }

    /** read(2): the count, 0 at the end, or -1 with {@code errno}. */
    public static int read(int descriptor, MemorySegment bytes, Errno errno) {
        try {
            return (int) (long) READ.invokeExact(errno.state, descriptor, bytes, bytes.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** write(2): the count, or -1 with {@code errno}. */
    public static int write(int descriptor, MemorySegment bytes, Errno errno) {
        try {
            return (int) (long) WRITE.invokeExact(errno.state, descriptor, bytes, bytes.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * poll(2): how many of them have something to say; 0 after {@code millis}, -1 with {@code
     * errno}.
     *
     * @param asked an array of struct pollfd
     * @param millis -1: for ever
     */
    public static int poll(MemorySegment asked, int millis, Errno errno) {
        try {
            long count = asked.byteSize() / POLLFD_BYTES;
            return (int) POLL.invokeExact(errno.state, asked, count, millis);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Writes one struct pollfd. */
    public static void ask(MemorySegment asked, int index, int descriptor, short events) {
        long at = index * POLLFD_BYTES;
        asked.set(INT, at, descriptor);
        asked.set(ValueLayout.JAVA_SHORT, at + 4, events);
        asked.set(ValueLayout.JAVA_SHORT, at + 6, (short) 0);
    }

    /** What the last {@link #poll} saw. */
    public static int seen(MemorySegment asked, int index) {
        return asked.get(ValueLayout.JAVA_SHORT, index * POLLFD_BYTES + 6);
    }

    /** From now on reads and writes fail with {@link #EAGAIN} instead of waiting. */
    public static void dontWait(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            var errno = new Errno(arena);
            int flags = (int) FCNTL.invokeExact(errno.state, descriptor, GET_FLAGS, 0);
            if (flags < 0) throw errno.failure("fcntl");
            int done =
                    (int) FCNTL.invokeExact(errno.state, descriptor, SET_FLAGS, flags | NONBLOCK);
            if (done < 0) throw errno.failure("fcntl");
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A pipe: the end to read and the end to write. */
    public static int[] pipe() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            var errno = new Errno(arena);
            MemorySegment ends = arena.allocate(INT, 2);
            int done = (int) PIPE.invokeExact(errno.state, ends);
            if (done < 0) throw errno.failure("pipe");
            return new int[] {ends.getAtIndex(INT, 0), ends.getAtIndex(INT, 1)};
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** close(2); says nothing about failure: the descriptor is gone in any case. */
    public static void close(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            var errno = new Errno(arena);
            int done = (int) CLOSE.invokeExact(errno.state, descriptor);
            assert done == 0 : errno.value();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Handles of functions throw nothing of their own. */
    public static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error error) throw error;
        if (e instanceof RuntimeException runtime) throw runtime;
        return new IllegalStateException(e);
    }
}
