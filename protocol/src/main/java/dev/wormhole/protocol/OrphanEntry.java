package dev.wormhole.protocol;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A process that a keeper holds and that no session of the server goes on with, because its store
 * has lost the session or is an older copy.
 *
 * <p>Immutable.
 *
 * @param sessionId of the session that it belonged to
 * @param generation which of that session's processes it is
 * @param ended it has ended, and nobody has read how
 * @param name that its session had
 * @param cwd that it was started in, where it was told
 * @param createdAt of its session; null where unknown
 * @param command empty for a login shell
 * @param reason why it has no session, in a few words; null where it was not told
 */
public record OrphanEntry(
        SessionId sessionId,
        long generation,
        long pid,
        boolean ended,
        @Nullable String name,
        @Nullable String cwd,
        @Nullable Long createdAt,
        List<String> command,
        @Nullable String reason) {

    public OrphanEntry {
        command = List.copyOf(command);
    }
}
