package dev.wormhole.server.pty;

import dev.wormhole.protocol.TerminalSize;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The calls of POSIX that processes and their terminals need.
 *
 * <p>Safe from any thread.
 */
final class PosixProcess {

    static final int SIGHUP = 1;
    static final int SIGKILL = 9;

    private static final int WNOHANG = 1;
    private static final int SET_DESCRIPTOR_FLAGS = 2;
    private static final int CLOSE_ON_EXEC = 1;

    /** The same on every architecture of Linux. */
    private static final long PIDFD_OPEN = 434;

    private static final long SET_SIZE = Posix.MAC ? 0x80087467L : 0x5414L;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final MethodHandle KILL =
            Posix.function("kill", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle WAITPID =
            Posix.function("waitpid", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle FOREGROUND =
            Posix.function("tcgetpgrp", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle IOCTL =
            Posix.function(
                    "ioctl",
                    FunctionDescriptor.of(INT, INT, LONG, ValueLayout.ADDRESS),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FCNTL =
            Posix.function(
                    "fcntl",
                    FunctionDescriptor.of(INT, INT, INT, INT),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle SYSCALL =
            Posix.function(
                    "syscall",
                    FunctionDescriptor.of(LONG, LONG, INT, INT),
                    Linker.Option.firstVariadicArg(1));

    private PosixProcess() {}

    /** What a call made of it: its result, and errno where that is negative. */
    record Result(int value, int errno) {}

    @FunctionalInterface
    private interface Call {
        int make(Arena arena, MemorySegment errno) throws Throwable;
    }

    /** kill(2); a negative pid is a process group. */
    static Result kill(int pid, int signal) {
        return call((_, errno) -> (int) KILL.invokeExact(errno, pid, signal));
    }

    /** waitpid(2): the status, or null while the process lives. */
    static @org.jspecify.annotations.Nullable Integer reap(int pid, boolean wait)
            throws IOException {
        var status = new int[1];
        while (true) {
            Result result =
                    call(
                            (arena, errno) -> {
                                MemorySegment place = arena.allocate(INT);
                                int found =
                                        (int)
                                                WAITPID.invokeExact(
                                                        errno, pid, place, wait ? 0 : WNOHANG);
                                status[0] = place.get(INT, 0);
                                return found;
                            });
            if (result.value == pid) return status[0];
            if (result.value == 0) return null;
            if (result.errno != Posix.EINTR)
                throw new IOException("waitpid: errno " + result.errno);
        }
    }

    /** The foreground process group of a terminal, by its master; 0 or less where unknown. */
    static int foreground(int terminal) {
        return call((_, errno) -> (int) FOREGROUND.invokeExact(errno, terminal)).value;
    }

    /** Sets a terminal's size, by its master. */
    static Result resize(int terminal, TerminalSize size) {
        return call(
                (arena, errno) -> {
                    MemorySegment place = arena.allocate(ValueLayout.JAVA_SHORT, 4);
                    place.setAtIndex(ValueLayout.JAVA_SHORT, 0, (short) size.rows());
                    place.setAtIndex(ValueLayout.JAVA_SHORT, 1, (short) size.cols());
                    return (int) IOCTL.invokeExact(errno, terminal, SET_SIZE, place);
                });
    }

    /** No child gets this descriptor. */
    static void closeOnExec(int descriptor) {
        call(
                (_, errno) ->
                        (int)
                                FCNTL.invokeExact(
                                        errno, descriptor, SET_DESCRIPTOR_FLAGS, CLOSE_ON_EXEC));
    }

    /** A descriptor that poll(2) finds readable once the process has ended; negative: none here. */
    static int processDescriptor(int pid) {
        if (Posix.MAC) return -1;
        return call((_, errno) -> (int) (long) SYSCALL.invokeExact(errno, PIDFD_OPEN, pid, 0))
                .value;
    }

    private static Result call(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            var errno = new Posix.Errno(arena);
            int value = call.make(arena, errno.state());
            return new Result(value, value < 0 ? errno.value() : 0);
        } catch (Throwable e) {
            throw Posix.unexpected(e);
        }
    }
}
