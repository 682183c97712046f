package dev.wormhole.server.session;

import dev.wormhole.server.pty.Pty;

import java.util.List;

/**
 * What a session's process is doing. Only the session thread changes it, through {@code
 * Session.become}, which logs.
 *
 * <pre>
 *   (created)  → Starting    from its first moment: the first generation is being committed
 *   (hydrated) → Exited      with how the last generation ended; lost if it was running
 *   Starting   → Live        committed and spawned
 *   Starting   → Exited      the store or the spawn refused (a new session is then forgotten)
 *   Live       → Exited      after the last byte
 *   Exited     → Starting    respawn wanted by an attach or a respawn
 *   any        → Destroyed   the tombstone is being committed; nothing follows
 * </pre>
 */
sealed interface SessionState {

    /** The next generation is being made durable; what came meanwhile waits. */
    record Starting(ExitStatus before, List<SessionCommand> waiting) implements SessionState {}

    record Live(Pty pty) implements SessionState {}

    record Exited(ExitStatus status) implements SessionState {}

    record Destroyed() implements SessionState {}
}
