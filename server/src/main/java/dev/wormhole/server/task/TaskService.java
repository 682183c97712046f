package dev.wormhole.server.task;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.server.session.SessionHandle;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Tasks as all ways in see them: the wire and HTTP. What an entry says is durable.
 *
 * <p>Safe from any thread; nothing blocks. Futures complete on threads of the server that serve
 * others too: what hangs on them must only enqueue. They fail with a {@link TaskException}.
 */
public interface TaskService {

    /**
     * Makes a task and starts its command; completes when the task is durable, before its command
     * starts. The same createId again gives the task that was made the first time.
     */
    CompletableFuture<TaskEntry> start(ClientMessage.TaskStart request);

    /** All tasks, the newest first. */
    List<TaskEntry> list();

    /**
     * One task.
     *
     * @param unlike null: as it is; else as soon as it has another status than this
     */
    CompletableFuture<TaskEntry> find(SessionId id, @Nullable TaskStatus unlike);

    /** Tells its command to end; {@code no_process} where it does not run. */
    CompletableFuture<TaskEntry> terminate(SessionId id);

    /** A task like this one; as {@link #start}. */
    CompletableFuture<TaskEntry> rerun(SessionId id, @Nullable String createId);

    /**
     * Output from an offset on: nothing that is kept is passed over, however slow the reader is.
     *
     * @param count bytes at most
     * @param wait where there is none: completes when there is, or there will be none any more
     */
    CompletableFuture<ServerMessage.TaskOutput> output(
            SessionId id, long offset, int count, boolean wait);

    /** Types into it; {@code no_process} where it does not run. */
    CompletableFuture<Void> input(SessionId id, ByteString bytes);

    /** Whether there is such a task. */
    boolean knows(SessionId id);

    /** Its session, for a viewer: that of one that is over is brought back from the store. */
    CompletableFuture<SessionHandle> open(SessionId id);

    /** Ends it, if it runs, and forgets all of it. */
    CompletableFuture<Void> remove(SessionId id);
}
