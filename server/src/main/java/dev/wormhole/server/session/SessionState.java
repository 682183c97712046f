package dev.wormhole.server.session;

import java.util.ArrayList;
import java.util.List;

/**
 * What a session's process is doing. Only {@link Generations} changes it, and logs that.
 *
 * <pre>
 *   (created)  → Starting    from its first moment: the first generation is being committed
 *   (hydrated) → Exited      with how the last generation ended; lost if no keeper knows it
 *   (hydrated) → Starting    a keeper holds its process: it is being adopted
 *   Starting   → Live        committed and spawned, or adopted
 *   Starting   → Exited      the store or the spawn refused (a new session is then forgotten)
 *   Live       → Exited      after the last byte
 *   Exited     → Starting    respawn wanted by an attach or a respawn
 *   any        → Destroyed   the tombstone is being committed; nothing follows
 * </pre>
 */
sealed interface SessionState {

    /**
     * The next generation is being made durable and started, or the last one adopted; what came
     * meanwhile waits.
     *
     * @param before what stays if that fails
     */
    record Starting(ExitStatus before, List<SessionCommand.InTurn> waiting)
            implements SessionState {

        /** Of a session whose process this server has not seen. */
        static Starting unseen() {
            return new Starting(ExitStatus.LOST, new ArrayList<>());
        }
    }

    record Live(Running process) implements SessionState {}

    record Exited(ExitStatus status) implements SessionState {}

    record Destroyed() implements SessionState {}
}
