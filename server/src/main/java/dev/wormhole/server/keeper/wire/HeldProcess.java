package dev.wormhole.server.keeper.wire;

import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ProcessKey;

/**
 * A process that a keeper holds, as its list tells it.
 *
 * <p>Immutable.
 *
 * @param ended it has ended, and its end was not yet forgotten
 * @param origin where in the session's output its first byte stands
 * @param first offset of the oldest byte still held
 * @param end offset behind the newest one
 * @param note what its spawn said, for the server alone
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
