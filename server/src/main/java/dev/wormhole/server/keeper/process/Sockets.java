package dev.wormhole.server.keeper.process;

import dev.wormhole.server.pty.Posix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Sockets as descriptors, so that one poll waits for them and for terminals.
 *
 * <p>Safe from any thread.
 */
final class Sockets {

    /** The longest path that fits into the address of a socket on every system, with room. */
    static final int MAX_PATH = 100;

    private static final int UNIX = 1;
    private static final int INTERNET = 2;
    private static final int STREAM = 1;
    private static final int BACKLOG = 128;
    private static final int ADDRESS_BYTES = 106;
    private static final int INTERNET_BYTES = 16;
    private static final int LOOPBACK = 0x7f000001;

    private static final int SET_DESCRIPTOR_FLAGS = 2;
    private static final int CLOSE_ON_EXEC = 1;

    /** SOL_SOCKET and SO_PEERCRED of Linux; struct ucred is pid, uid, gid. */
    private static final int SOCKET_LEVEL = 1;

    private static final int PEER_CREDENTIALS = 17;
    private static final int UCRED_BYTES = 12;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfShort NETWORK_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK_INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final MethodHandle SOCKET = ints("socket", 3);
    private static final MethodHandle LISTEN = ints("listen", 2);
    private static final MethodHandle FCNTL =
            Posix.function(
                    "fcntl",
                    FunctionDescriptor.of(INT, INT, INT, INT),
                    java.lang.foreign.Linker.Option.firstVariadicArg(2));
    private static final MethodHandle BIND =
            Posix.function("bind", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle ACCEPT = addressed("accept");
    private static final MethodHandle NAME = addressed("getsockname");
    private static final MethodHandle EUID = Posix.function("geteuid", FunctionDescriptor.of(INT));
    private static final MethodHandle PEER = Posix.MAC ? addressed("getpeereid") : options();

    private Sockets() {}

    private static MethodHandle ints(String name, int count) {
        var arguments = new ValueLayout[count];
        java.util.Arrays.fill(arguments, INT);
        return Posix.function(name, FunctionDescriptor.of(INT, arguments));
    }

    private static MethodHandle addressed(String name) {
        return Posix.function(
                name, FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    }

    private static MethodHandle options() {
        return Posix.function(
                "getsockopt",
                FunctionDescriptor.of(
                        INT, INT, INT, INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    }

    @FunctionalInterface
    private interface Call {
        int make(Arena arena, MemorySegment errno) throws Throwable;
    }

    /** A listening socket at this path, which must not exist. */
    static int listen(Path path) throws IOException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > MAX_PATH) throw new IOException("the path of the socket is too long");
        int socket = open(UNIX);
        return listening(
                socket,
                arena -> {
                    MemorySegment address = arena.allocate(ADDRESS_BYTES, Long.BYTES);
                    family(address, UNIX, ADDRESS_BYTES);
                    MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
                    return address;
                });
    }

    /** A listening socket on a free port of the loopback interface. */
    static int listen() throws IOException {
        int socket = open(INTERNET);
        return listening(
                socket,
                arena -> {
                    MemorySegment address = arena.allocate(INTERNET_BYTES, Long.BYTES);
                    family(address, INTERNET, INTERNET_BYTES);
                    address.set(NETWORK_INT, 4, LOOPBACK);
                    return address;
                });
    }

    /** The port of a socket of {@link #listen()}. */
    static int port(int socket) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(INTERNET_BYTES, Long.BYTES);
            MemorySegment length = arena.allocateFrom(INT, INTERNET_BYTES);
            call(
                    "getsockname",
                    (_, errno) -> (int) NAME.invokeExact(errno, socket, address, length));
            return address.get(NETWORK_SHORT, 2) & 0xffff;
        }
    }

    /** The next connection, which does not wait; negative: none now. */
    static int accept(int socket) throws IOException {
        int[] reason = new int[1];
        int accepted =
                result(
                        (_, errno) ->
                                (int)
                                        ACCEPT.invokeExact(
                                                errno,
                                                socket,
                                                MemorySegment.NULL,
                                                MemorySegment.NULL),
                        reason);
        if (accepted >= 0) {
            prepare(accepted);
            return accepted;
        }
        // Whoever connected may have gone before it was accepted.
        if (reason[0] == Posix.EAGAIN
                || reason[0] == Posix.EINTR
                || reason[0] == (Posix.MAC ? 53 : 103)) return -1;
        throw new IOException("accept: errno " + reason[0]);
    }

    /** Whether the other end of a unix socket belongs to our user. */
    static boolean isOurs(int socket) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment peer = arena.allocate(UCRED_BYTES, Integer.BYTES);
            if (Posix.MAC) {
                MemorySegment group = arena.allocate(INT);
                call(
                        "getpeereid",
                        (_, errno) -> (int) PEER.invokeExact(errno, socket, peer, group));
                return peer.get(INT, 0) == user();
            }
            MemorySegment length = arena.allocateFrom(INT, UCRED_BYTES);
            call(
                    "getsockopt",
                    (_, errno) ->
                            (int)
                                    PEER.invokeExact(
                                            errno,
                                            socket,
                                            SOCKET_LEVEL,
                                            PEER_CREDENTIALS,
                                            peer,
                                            length));
            return peer.get(INT, Integer.BYTES) == user();
        }
    }

    private static int user() {
        return result((_, errno) -> (int) EUID.invokeExact(errno), new int[1]);
    }

    private static int open(int family) throws IOException {
        return call("socket", (_, errno) -> (int) SOCKET.invokeExact(errno, family, STREAM, 0));
    }

    @FunctionalInterface
    private interface Address {
        MemorySegment write(Arena arena);
    }

    private static int listening(int socket, Address address) throws IOException {
        try {
            call(
                    "bind",
                    (arena, errno) -> {
                        MemorySegment place = address.write(arena);
                        int length = (int) place.byteSize();
                        return (int) BIND.invokeExact(errno, socket, place, length);
                    });
            call("listen", (_, errno) -> (int) LISTEN.invokeExact(errno, socket, BACKLOG));
            prepare(socket);
            return socket;
        } catch (IOException e) {
            Posix.close(socket);
            throw e;
        }
    }

    /** No child gets it, and nobody waits for it. */
    private static void prepare(int socket) throws IOException {
        call(
                "fcntl",
                (_, errno) ->
                        (int)
                                FCNTL.invokeExact(
                                        errno, socket, SET_DESCRIPTOR_FLAGS, CLOSE_ON_EXEC));
        Posix.dontWait(socket);
    }

    /** Linux begins an address with 16 bits of family, macOS with its length and 8 bits. */
    private static void family(MemorySegment address, int family, int length) {
        if (Posix.MAC) {
            address.set(ValueLayout.JAVA_BYTE, 0, (byte) length);
            address.set(ValueLayout.JAVA_BYTE, 1, (byte) family);
        } else {
            address.set(ValueLayout.JAVA_SHORT, 0, (short) family);
        }
    }

    private static int call(String name, Call call) throws IOException {
        int[] reason = new int[1];
        int value = result(call, reason);
        if (value < 0) throw new IOException(name + ": errno " + reason[0]);
        return value;
    }

    private static int result(Call call, int[] reason) {
        try (Arena arena = Arena.ofConfined()) {
            var errno = new Posix.Errno(arena);
            int value = call.make(arena, errno.state());
            reason[0] = value < 0 ? errno.value() : 0;
            return value;
        } catch (Throwable e) {
            throw Posix.unexpected(e);
        }
    }
}
