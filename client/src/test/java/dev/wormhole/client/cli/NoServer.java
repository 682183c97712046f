package dev.wormhole.client.cli;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskStatus;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A server that nothing may be asked, for tests to override what they do ask. */
abstract class NoServer implements ServerConnection {

    private static AssertionError unasked() {
        return new AssertionError("this command has no business to ask that");
    }

    @Override
    public String url() {
        throw unasked();
    }

    @Override
    public String server() {
        throw unasked();
    }

    @Override
    public long differences() {
        throw unasked();
    }

    @Override
    public List<SessionEntry> list() {
        throw unasked();
    }

    @Override
    public Optional<ServerMessage.Keepers> keepers() {
        throw unasked();
    }

    @Override
    public Optional<ServerMessage.StoreState> store() {
        throw unasked();
    }

    @Override
    public Optional<ServerMessage.Recovery> recovery() {
        throw unasked();
    }

    @Override
    public void endOrphan(SessionId id, long generation) {
        throw unasked();
    }

    @Override
    public void adoptOrphan(SessionId id, long generation) {
        throw unasked();
    }

    @Override
    public SessionId create(ClientMessage.Create request) {
        throw unasked();
    }

    @Override
    public void rename(SessionId id, String name) {
        throw unasked();
    }

    @Override
    public void destroy(SessionId id) {
        throw unasked();
    }

    @Override
    public void input(SessionId id, ByteString bytes) {
        throw unasked();
    }

    @Override
    public TaskEntry startTask(ClientMessage.TaskStart request) throws CliException {
        throw unasked();
    }

    @Override
    public List<TaskEntry> tasks() throws CliException {
        throw unasked();
    }

    @Override
    public TaskEntry task(SessionId id) throws CliException {
        throw unasked();
    }

    @Override
    public TaskEntry awaitTask(SessionId id, TaskStatus unlike) throws CliException {
        throw unasked();
    }

    @Override
    public void terminateTask(SessionId id) throws CliException {
        throw unasked();
    }

    @Override
    public TaskEntry rerunTask(SessionId id) throws CliException {
        throw unasked();
    }

    @Override
    public ServerMessage.TaskOutput taskOutput(SessionId id, long offset) throws CliException {
        throw unasked();
    }

    @Override
    public Optional<ServerMessage.TaskOutput> awaitTaskOutput(
            SessionId id, long offset, CompletableFuture<?> interrupted) throws CliException {
        throw unasked();
    }

    @Override
    public void close() {}
}
