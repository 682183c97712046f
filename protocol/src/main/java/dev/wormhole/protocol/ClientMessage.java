package dev.wormhole.protocol;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * Everything a client may say on the control channel. Null components are fields that were absent.
 *
 * <p>Immutable.
 */
public sealed interface ClientMessage {

    /**
     * Opens the conversation; answered by hello. Without it the connection speaks protocol 1 with
     * no features.
     */
    record Hello(
            int protocol, List<String> features, @Nullable String client, @Nullable String clientId)
            implements ClientMessage {
        public Hello {
            features = List.copyOf(features);
        }
    }

    /**
     * Makes a session and starts its process; answered by session_created. The same createId again
     * answers with the session made the first time.
     *
     * @param command empty for the login shell
     * @param isStored false: nothing of it is written to a disk, and it ends with its process. Only
     *     of a server with feature {@code unstored}: another one would store it
     */
    record Create(
            TerminalSize size,
            @Nullable String name,
            @Nullable String cwd,
            List<String> command,
            Map<String, String> env,
            @Nullable String createId,
            boolean isStored)
            implements ClientMessage {
        public Create {
            command = List.copyOf(command);
            env = Map.copyOf(env);
        }

        /** A session that is stored. */
        public Create(
                TerminalSize size,
                @Nullable String name,
                @Nullable String cwd,
                List<String> command,
                Map<String, String> env,
                @Nullable String createId) {
            this(size, name, cwd, command, env, createId, true);
        }
    }

    /**
     * Attaches this connection; answered by session_created, then a resync or the bytes from
     * resumeOffset.
     *
     * @param size null: no vote on the session's size
     * @param resumeEvent null: every event before resumeOffset counts as seen
     */
    record Attach(
            SessionId sessionId,
            @Nullable TerminalSize size,
            @Nullable Long resumeOffset,
            @Nullable Long resumeEvent,
            boolean readOnly,
            RespawnMode respawn)
            implements ClientMessage {}

    /** Starts the next generation of an exited session; answered by session_respawned. */
    record Respawn(SessionId sessionId, @Nullable Long ifGeneration) implements ClientMessage {}

    /** Ends this connection's attachment and frees its channel; answered by session_detached. */
    record Detach(SessionId sessionId) implements ClientMessage {}

    /**
     * This viewer's wish for the session's size.
     *
     * @param size null, on the wire 0×0: no vote, the viewer is hidden
     */
    record Resize(SessionId sessionId, @Nullable TerminalSize size) implements ClientMessage {}

    /** Names the session; session_renamed goes to every connection. */
    record Rename(SessionId sessionId, String name) implements ClientMessage {}

    /** Ends the session for ever; session_destroyed goes to every connection. */
    record Destroy(SessionId sessionId) implements ClientMessage {}

    /** Types into a session without attaching. No answer but an error. */
    record Input(SessionId sessionId, ByteString data) implements ClientMessage {}

    /**
     * The raw bytes of this channel are numbered from here on: for this generation, the next one is
     * number {@code count}. Only with feature {@code input}. No answer.
     *
     * @param count from 0 at the generation's start
     */
    record InputBegin(int channel, long generation, long count) implements ClientMessage {}

    /** Asks for the list of sessions; answered by session_list. */
    record ListRequest() implements ClientMessage {}

    /**
     * What only a client knows about the terminal that a person looks at. No answer.
     *
     * @param sessionId null: of every session attached on this connection, now and later
     * @param cellWidth in pixels
     * @param cellHeight in pixels
     */
    record ViewerState(
            @Nullable SessionId sessionId,
            @Nullable Boolean focused,
            @Nullable Boolean visible,
            @Nullable Double cellWidth,
            @Nullable Double cellHeight,
            @Nullable ViewerColors colors,
            @Nullable ColorScheme scheme)
            implements ClientMessage {

        /** What is known after another message: it says nothing of what is absent in it. */
        public ViewerState with(ViewerState newer) {
            return new ViewerState(
                    newer.sessionId,
                    newer.focused == null ? focused : newer.focused,
                    newer.visible == null ? visible : newer.visible,
                    newer.cellWidth == null ? cellWidth : newer.cellWidth,
                    newer.cellHeight == null ? cellHeight : newer.cellHeight,
                    newer.colors == null ? colors : newer.colors,
                    newer.scheme == null ? scheme : newer.scheme);
        }
    }

    /**
     * Bytes before {@code offset} reached the terminal. Only with feature {@code ack}. No answer.
     *
     * @param offset where in the session's output the terminal stands; that of the resync, once all
     *     of its snapshot has arrived
     * @param received data bytes that this channel has brought since the connection opened,
     *     snapshots and former sessions on it included: exact where an offset is not. Null: what
     *     {@code offset} says
     */
    record OutputAck(int channel, long offset, @Nullable Long received) implements ClientMessage {}

    /**
     * Asks for lines of the scrollback; answered by history. Only with feature {@code history}.
     *
     * @param before lines with a smaller number than this; null: the newest
     * @param count at most so many, 1 to {@link Limits#HISTORY_LINES}
     */
    record HistoryRequest(SessionId sessionId, @Nullable Long before, int count)
            implements ClientMessage {}

    /**
     * This viewer's screen is not what the server said it is: asks for a whole resync. No answer
     * but the resync. Only with feature {@code hash}.
     */
    record Refresh(SessionId sessionId) implements ClientMessage {}

    /**
     * Asks which keepers hold the processes; answered by keepers. Only with feature {@code
     * keepers}.
     */
    record KeepersRequest() implements ClientMessage {}

    /**
     * Ends a process that no session knows; answered by orphan_ended, also when there is none of
     * this name any more. Only with feature {@code keepers}.
     */
    record OrphanEnd(SessionId sessionId, long generation) implements ClientMessage {}

    /**
     * Makes a session, of the same id, of a process that no session knows; answered by
     * orphan_adopted. Only with feature {@code keepers}.
     */
    record OrphanAdopt(SessionId sessionId, long generation) implements ClientMessage {}

    /** Asks how the store is doing; answered by store_state. Only with feature {@code store}. */
    record StoreRequest() implements ClientMessage {}

    /**
     * What a person wants of the program that {@link ServerMessage.Offer} names; it is withdrawn
     * from every viewer either way. Nothing happens where it is withdrawn already, so that it runs
     * once however many ask. No answer. Only with feature {@code resume}.
     *
     * @param generation of the process that it was offered in
     * @param run type its line into the session; else it is forgotten
     */
    record OfferAnswer(SessionId sessionId, long generation, boolean run)
            implements ClientMessage {}

    /** Asks what the server's start brought back. Only with feature {@code recovery}. */
    record RecoveryRequest() implements ClientMessage {}

    /**
     * Makes a task and starts its command; answered by task_created when the task is durable, which
     * is before its command starts. The same createId again answers with the task made the first
     * time. Needs the feature of tasks, as all that begins with task_ does.
     *
     * @param repo the directory that the command runs in; absolute
     * @param task what it is for; may be empty
     * @param command empty for the login shell
     * @param size of the terminal that the command finds; null: 80×24
     * @param timeLimit milliseconds; null: none
     */
    record TaskStart(
            String repo,
            String task,
            List<String> command,
            @Nullable String name,
            Map<String, String> env,
            @Nullable TerminalSize size,
            @Nullable Long timeLimit,
            @Nullable String createId)
            implements ClientMessage {
        public TaskStart {
            command = List.copyOf(command);
            env = Map.copyOf(env);
        }
    }

    /** Asks for all tasks; answered by task_list. */
    record TaskListRequest() implements ClientMessage {}

    /**
     * Asks for one task; answered by task.
     *
     * @param unlike null: at once; else as soon as the task has another status than this
     */
    record TaskRequest(SessionId sessionId, @Nullable TaskStatus unlike) implements ClientMessage {}

    /**
     * Ends the task's command: SIGTERM to its process group, SIGKILL after a grace. Answered by
     * task as soon as it was told; no_process where it does not run.
     */
    record TaskTerminate(SessionId sessionId) implements ClientMessage {}

    /**
     * Makes a task like this one, which names it as its predecessor; answered by task_created. The
     * same createId again answers with the task made the first time.
     */
    record TaskRerun(SessionId sessionId, @Nullable String createId) implements ClientMessage {}

    /**
     * Asks for output by offset; answered by task_output. Whoever reads so misses nothing that is
     * kept, however slow it is.
     *
     * @param count bytes at most, 1 to {@link Limits#TASK_OUTPUT_BYTES}
     * @param waits where there is none: answer when there is, or when there will be none any more
     */
    record TaskOutputRequest(SessionId sessionId, long offset, int count, boolean waits)
            implements ClientMessage {}

    /** Answered by pong. */
    record Ping() implements ClientMessage {}
}
