package dev.wormhole.server.session;

import dev.wormhole.protocol.ExitReason;

import org.jspecify.annotations.Nullable;

/**
 * How a generation ended.
 *
 * <p>Immutable.
 *
 * @param exitCode null unless the process ended by itself
 * @param signal name such as {@code SIGKILL}, null unless a signal ended it
 */
public record ExitStatus(ExitReason reason, @Nullable Integer exitCode, @Nullable String signal) {

    /** The process vanished with its server: nobody knows how it ended. */
    public static final ExitStatus LOST = new ExitStatus(ExitReason.LOST, null, null);

    public static ExitStatus exited(int code) {
        return new ExitStatus(ExitReason.EXITED, code, null);
    }

    public static ExitStatus signalled(String signal) {
        return new ExitStatus(ExitReason.SIGNAL, null, signal);
    }
}
