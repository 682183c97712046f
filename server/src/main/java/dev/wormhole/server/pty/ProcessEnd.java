package dev.wormhole.server.pty;

import org.jspecify.annotations.Nullable;

/**
 * How a process ended, as wait(2) told it.
 *
 * <p>Immutable.
 *
 * @param exitCode 0 to 255; null if a signal ended it
 * @param signal name of that signal, else null
 */
public record ProcessEnd(@Nullable Integer exitCode, @Nullable String signal) {

    /** Takes a status apart: the low seven bits are the signal, the next byte is the code. */
    static ProcessEnd ofStatus(int status) {
        int signal = status & 0x7f;
        return signal == 0
                ? new ProcessEnd((status >> 8) & 0xff, null)
                : new ProcessEnd(null, name(signal));
    }

    private static String name(int signal) {
        return switch (signal) {
            case 1 -> "SIGHUP";
            case 2 -> "SIGINT";
            case 3 -> "SIGQUIT";
            case 4 -> "SIGILL";
            case 5 -> "SIGTRAP";
            case 6 -> "SIGABRT";
            case 7 -> Posix.MAC ? "SIGEMT" : "SIGBUS";
            case 8 -> "SIGFPE";
            case 9 -> "SIGKILL";
            case 10 -> Posix.MAC ? "SIGBUS" : "SIGUSR1";
            case 11 -> "SIGSEGV";
            case 13 -> "SIGPIPE";
            case 14 -> "SIGALRM";
            case 15 -> "SIGTERM";
            case 24 -> "SIGXCPU";
            case 25 -> "SIGXFSZ";
            default -> "SIG" + signal;
        };
    }
}
