package dev.wormhole.server.pty;

import dev.wormhole.protocol.ByteString;

import org.jspecify.annotations.Nullable;

/**
 * Hears a process. Called on its read thread, in order; blocking in {@link #output} is how its
 * output is throttled.
 */
public interface PtyListener {

    void output(ByteString bytes);

    /**
     * The process ended and all its output was delivered. Exactly once, last.
     *
     * @param exitCode null if a signal ended the process
     * @param signal name of that signal, else null
     */
    void ended(@Nullable Integer exitCode, @Nullable String signal);
}
