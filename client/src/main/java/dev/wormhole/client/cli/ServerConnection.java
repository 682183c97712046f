package dev.wormhole.client.cli;

import dev.wormhole.client.link.LinkTarget;
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

/**
 * One conversation of a command with a server: each call waits for the answer. The seam for tests.
 */
interface ServerConnection extends AutoCloseable {

    /** Opens one; fails, with words for a person, when the first attempt does. */
    @FunctionalInterface
    interface Connector {
        ServerConnection connect(LinkTarget target) throws CliException;
    }

    /** The address, as far as it may be shown. */
    String url();

    /** What the server says it is. */
    String server() throws CliException;

    /** Screens of clients that were found to differ from the server's since it started. */
    long differences() throws CliException;

    List<SessionEntry> list() throws CliException;

    /** Who holds the processes; empty of a server that does not tell. */
    Optional<ServerMessage.Keepers> keepers() throws CliException;

    /** How its store is doing; empty of a server that does not tell. */
    Optional<ServerMessage.StoreState> store() throws CliException;

    /** What its start brought back; empty of a server that does not tell. */
    Optional<ServerMessage.Recovery> recovery() throws CliException;

    /** Ends a process that no session knows. */
    void endOrphan(SessionId id, long generation) throws CliException;

    /** Makes a session of such a process. */
    void adoptOrphan(SessionId id, long generation) throws CliException;

    /** A session that nobody is attached to; it keeps the size. */
    SessionId create(ClientMessage.Create request) throws CliException;

    void rename(SessionId id, String name) throws CliException;

    void destroy(SessionId id) throws CliException;

    /** Returns when the server has taken all bytes. */
    void input(SessionId id, ByteString bytes) throws CliException;

    /** Returns when the task is durable, which is before its command runs. */
    TaskEntry startTask(ClientMessage.TaskStart request) throws CliException;

    /** The newest first. */
    List<TaskEntry> tasks() throws CliException;

    TaskEntry task(SessionId id) throws CliException;

    /**
     * As soon as it has another status than this, however long that takes and over lost
     * connections.
     */
    TaskEntry awaitTask(SessionId id, TaskStatus unlike) throws CliException;

    /** Returns when it was told. */
    void terminateTask(SessionId id) throws CliException;

    /** The new one, durable as of {@link #startTask}. */
    TaskEntry rerunTask(SessionId id) throws CliException;

    /** What there is from an offset on. */
    ServerMessage.TaskOutput taskOutput(SessionId id, long offset) throws CliException;

    /**
     * The same as soon as there is any, or will be none any more, however long that takes and over
     * lost connections; empty when the interruption comes first.
     */
    Optional<ServerMessage.TaskOutput> awaitTaskOutput(
            SessionId id, long offset, CompletableFuture<?> interrupted) throws CliException;

    @Override
    void close();
}
