package dev.wormhole.app.workspace;

import dev.wormhole.client.link.Attachment;
import dev.wormhole.client.link.LinkListener;
import dev.wormhole.client.link.SessionSink;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The session server as a workspace needs it; {@link LinkSessions} is the real one. Requests made
 * while there is no connection wait for one. Safe from any thread; nothing blocks.
 */
public interface SessionService {

    /** Opens the way to one server. */
    @FunctionalInterface
    interface Opener {
        SessionService open(LinkListener listener);
    }

    CompletableFuture<Attachment> create(ClientMessage.Create request, SessionSink sink);

    /** Attaches now or once there is a connection, and again on each later one. */
    Attachment attach(
            SessionId id, @Nullable TerminalSize size, RespawnMode first, SessionSink sink);

    CompletableFuture<List<SessionEntry>> list();

    CompletableFuture<Void> rename(SessionId id, String name);

    /** Ends a session for ever. */
    CompletableFuture<Void> destroy(SessionId id);

    /**
     * Lines of a session's scrollback below a number, as many as one message holds; needs the
     * feature {@code history}.
     *
     * @param count at most so many, 1 or more
     */
    CompletableFuture<ServerMessage.History> history(SessionId id, long before, int count);

    /** How the server's store is doing now; needs the feature {@code store}. */
    CompletableFuture<ServerMessage.StoreState> store();

    /** What the server's last start brought back; empty of a server that does not tell. */
    CompletableFuture<Optional<ServerMessage.Recovery>> recovery();

    /** All tasks, the newest first; empty of a server that knows none. */
    CompletableFuture<Optional<List<TaskEntry>>> tasks();

    /** Makes a task; completes when it is durable, which is before its command starts. */
    CompletableFuture<TaskEntry> startTask(ClientMessage.TaskStart request);

    /** Makes a task like this one. */
    CompletableFuture<TaskEntry> rerunTask(SessionId id);

    /** Has a task's command told to end. */
    CompletableFuture<TaskEntry> terminateTask(SessionId id);

    /**
     * Output of a task from an offset on, as much as one message holds.
     *
     * @param wait where there is none: until there is, or there will be none any more
     */
    CompletableFuture<ServerMessage.TaskOutput> taskOutput(SessionId id, long offset, boolean wait);

    /** What only a terminal knows of itself; remembered for later connections. */
    void tellViewer(ClientMessage.ViewerState state);

    /** Skips the wait before the next attempt to connect. */
    void retryNow();

    /** Lets go of the server; sessions live on. */
    void close();
}
