package dev.wormhole.client.cli;

import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** List entries for tests. */
final class Entries {

    static final String FIRST = "aaaaaaaa-0000-4000-8000-000000000001";
    static final String SECOND = "aaaabbbb-0000-4000-8000-000000000002";

    private Entries() {}

    static SessionEntry entry(String id, @Nullable String name) {
        return entry(id, name, "/home/ada/src", "vim");
    }

    static SessionEntry entry(String id, @Nullable String name, String cwd, String title) {
        return new SessionEntry(
                SessionId.parse(id),
                name,
                cwd,
                title,
                1,
                2,
                1,
                false,
                null,
                new TerminalSize(80, 24),
                7L,
                List.of(),
                SessionKind.SHELL);
    }

    static TaskEntry running(String id, @Nullable String name) {
        return task(id, name, TaskStatus.RUNNING, null, null, null);
    }

    static TaskEntry completed(String id) {
        return task(id, null, TaskStatus.COMPLETED, 0, null, null);
    }

    static TaskEntry failed(
            String id, TaskReason reason, @Nullable Integer exitCode, @Nullable String signal) {
        return task(id, null, TaskStatus.FAILED, exitCode, reason, signal);
    }

    /** Made at second 100; what ran began at 101, what is over ended at 161. */
    static TaskEntry task(
            String id,
            @Nullable String name,
            TaskStatus status,
            @Nullable Integer exitCode,
            @Nullable TaskReason reason,
            @Nullable String signal) {
        boolean isStillborn =
                reason == TaskReason.SPAWN_FAILED || reason == TaskReason.NEVER_STARTED;
        return new TaskEntry(
                SessionId.parse(id),
                name,
                "/home/ada/src",
                "make all",
                List.of("make", "all"),
                status,
                exitCode,
                reason,
                reason == TaskReason.SPAWN_FAILED ? "there is no program make" : null,
                signal,
                100_000,
                status == TaskStatus.PENDING || isStillborn ? null : 101_000L,
                status.isOver() ? 161_000L : null,
                300_000L,
                null,
                false,
                0);
    }
}
