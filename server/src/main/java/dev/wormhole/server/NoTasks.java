package dev.wormhole.server;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.server.task.TaskException;
import dev.wormhole.server.task.TaskService;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A server without tasks. */
final class NoTasks implements TaskService {

    @Override
    public CompletableFuture<TaskEntry> start(ClientMessage.TaskStart request) {
        return unsupported();
    }

    @Override
    public List<TaskEntry> list() {
        return List.of();
    }

    @Override
    public CompletableFuture<TaskEntry> find(SessionId id, @Nullable TaskStatus unlike) {
        return unsupported();
    }

    @Override
    public CompletableFuture<TaskEntry> terminate(SessionId id) {
        return unsupported();
    }

    @Override
    public CompletableFuture<TaskEntry> rerun(SessionId id, @Nullable String createId) {
        return unsupported();
    }

    @Override
    public CompletableFuture<ServerMessage.TaskOutput> output(
            SessionId id, long offset, int count, boolean wait) {
        return unsupported();
    }

    @Override
    public CompletableFuture<Void> input(SessionId id, ByteString bytes) {
        return unsupported();
    }

    @Override
    public CompletableFuture<Void> remove(SessionId id) {
        return unsupported();
    }

    private static <T> CompletableFuture<T> unsupported() {
        return CompletableFuture.failedFuture(
                new TaskException(ErrorCode.UNSUPPORTED, "this server runs no tasks"));
    }
}
