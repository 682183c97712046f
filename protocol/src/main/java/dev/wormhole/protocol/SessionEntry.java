package dev.wormhole.protocol;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What the session list says of one session.
 *
 * <p>Immutable.
 *
 * @param name given by a person, or null
 * @param cwd the directory of the foreground process, at most 1 s old; null where unknown
 * @param title the last title that a program set, or null
 * @param createdAt epoch milliseconds
 * @param lastActiveAt the last input or output, epoch milliseconds
 * @param clientCount viewers attached now
 * @param isExited no process is running
 * @param exitCode of the last generation if it ended by itself, else null
 * @param pid of the process, null without one
 * @param command empty for the login shell
 * @param isStored false: nothing of it is written to a disk, and it ends with its process
 */
public record SessionEntry(
        SessionId id,
        @Nullable String name,
        @Nullable String cwd,
        @Nullable String title,
        long createdAt,
        long lastActiveAt,
        int clientCount,
        boolean isExited,
        @Nullable Integer exitCode,
        TerminalSize size,
        @Nullable Long pid,
        List<String> command,
        SessionKind kind,
        boolean isStored) {

    public SessionEntry {
        command = List.copyOf(command);
    }

    /** Of a session that is stored. */
    public SessionEntry(
            SessionId id,
            @Nullable String name,
            @Nullable String cwd,
            @Nullable String title,
            long createdAt,
            long lastActiveAt,
            int clientCount,
            boolean isExited,
            @Nullable Integer exitCode,
            TerminalSize size,
            @Nullable Long pid,
            List<String> command,
            SessionKind kind) {
        this(
                id,
                name,
                cwd,
                title,
                createdAt,
                lastActiveAt,
                clientCount,
                isExited,
                exitCode,
                size,
                pid,
                command,
                kind,
                true);
    }
}
