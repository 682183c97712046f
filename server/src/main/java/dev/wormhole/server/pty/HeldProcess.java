package dev.wormhole.server.pty;

import dev.wormhole.protocol.TerminalSize;

/**
 * A process that a keeper holds.
 *
 * <p>Immutable.
 *
 * @param ended it has ended, and its end was not yet said to be stored
 * @param origin where its first byte stands in its session's output
 * @param first the oldest byte that is still held
 * @param end behind the newest
 * @param note what its server said of it at the start, see {@link PtyFactory#spawn}
 */
public record HeldProcess(
        ProcessKey key,
        long pid,
        boolean ended,
        long origin,
        long first,
        long end,
        TerminalSize size,
        String note) {}
