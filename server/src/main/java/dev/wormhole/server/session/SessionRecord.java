package dev.wormhole.server.session;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * What is durable of a session beside its output.
 *
 * <p>Immutable.
 *
 * @param command empty for the login shell
 * @param env what the creator added to the user's environment
 * @param createId the creator's own key, so that a repeated create finds this session; null without
 *     one
 * @param generation number of the last spawn, from 1
 * @param base offset of the first byte of that generation, its separator included
 * @param nextOffset offset after the last byte that is stored
 * @param nextEvent number of the next size or generation change
 * @param exit how that generation ended; null while its process runs
 * @param program in the foreground of its shell, or what was there when that was lost; null for the
 *     shell itself
 * @param task what its kind {@code TASK} adds; null of every other kind
 */
public record SessionRecord(
        SessionId id,
        @Nullable String name,
        @Nullable String cwd,
        @Nullable String title,
        long createdAt,
        long lastActiveAt,
        TerminalSize size,
        SessionKind kind,
        List<String> command,
        Map<String, String> env,
        @Nullable String createId,
        long generation,
        long base,
        long nextOffset,
        long nextEvent,
        @Nullable ExitStatus exit,
        @Nullable Program program,
        @Nullable TaskRecord task) {

    public SessionRecord {
        command = List.copyOf(command);
        env = Map.copyOf(env);
    }

    /** The same task in another state. */
    public SessionRecord with(TaskRecord next) {
        return new SessionRecord(
                id,
                name,
                cwd,
                title,
                createdAt,
                lastActiveAt,
                size,
                kind,
                command,
                env,
                createId,
                generation,
                base,
                nextOffset,
                nextEvent,
                exit,
                program,
                next);
    }

    /** Of a session with nothing but its shell. */
    public SessionRecord(
            SessionId id,
            @Nullable String name,
            @Nullable String cwd,
            @Nullable String title,
            long createdAt,
            long lastActiveAt,
            TerminalSize size,
            SessionKind kind,
            List<String> command,
            Map<String, String> env,
            @Nullable String createId,
            long generation,
            long base,
            long nextOffset,
            long nextEvent,
            @Nullable ExitStatus exit) {
        this(
                id,
                name,
                cwd,
                title,
                createdAt,
                lastActiveAt,
                size,
                kind,
                command,
                env,
                createId,
                generation,
                base,
                nextOffset,
                nextEvent,
                exit,
                null,
                null);
    }
}
