package dev.wormhole.protocol;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Everything a server may say on the control channel. Null components are left out on the wire, but
 * in list entries.
 *
 * <p>Immutable.
 */
public sealed interface ServerMessage {

    /**
     * Answers hello: what both sides can do. {@code screen} is the version of the Screen's
     * behaviour, 0 without one.
     *
     * @param differences how many screens of clients were found to differ from the server's since
     *     it started
     */
    record Hello(int protocol, List<String> features, String server, int screen, long differences)
            implements ServerMessage {
        public Hello {
            features = List.copyOf(features);
        }
    }

    /**
     * The connection is attached, by a create or an attach; stands before any data of the channel.
     *
     * @param created the session is new and no resync follows
     * @param offset of the next raw byte
     * @param event number of the next event
     * @param inputCount so many bytes of this client's numbered input were taken for this
     *     generation; null where its input is not numbered
     */
    record Created(
            SessionId sessionId,
            int channel,
            boolean created,
            long offset,
            long event,
            TerminalSize size,
            long generation,
            boolean isExited,
            boolean readOnly,
            @Nullable Long inputCount)
            implements ServerMessage {

        /** To a client whose input is not numbered. */
        public Created(
                SessionId sessionId,
                int channel,
                boolean created,
                long offset,
                long event,
                TerminalSize size,
                long generation,
                boolean isExited,
                boolean readOnly) {
            this(
                    sessionId,
                    channel,
                    created,
                    offset,
                    event,
                    size,
                    generation,
                    isExited,
                    readOnly,
                    null);
        }
    }

    /**
     * The next {@code length} bytes of the channel are a snapshot taken at {@code offset}: reset
     * the terminal first.
     *
     * @param keepsHistory the client's scrollback stays
     * @param complete false: output was skipped and the snapshot has no scrollback; until a
     *     complete one follows, the screen is right and its history is not
     */
    record Resync(
            SessionId sessionId,
            int channel,
            long offset,
            long event,
            TerminalSize size,
            int length,
            boolean keepsHistory,
            boolean complete)
            implements ServerMessage {}

    /**
     * The screen changes its size before the byte at {@code offset}; stands there among the
     * channel's bytes.
     */
    record Size(SessionId sessionId, int channel, long offset, long event, TerminalSize size)
            implements ServerMessage {}

    /**
     * The next generation of the process began before the byte at {@code offset}, which is that of
     * its separator.
     *
     * @param channel null for a connection that asked but is not attached
     */
    record Respawned(
            SessionId sessionId,
            @Nullable Integer channel,
            long generation,
            long offset,
            long event)
            implements ServerMessage {}

    /**
     * The process ended; stands after its last byte.
     *
     * @param exitCode null unless the process ended by itself
     * @param signal name of the signal that ended it, else null
     */
    record Exit(
            SessionId sessionId,
            @Nullable Integer channel,
            long generation,
            long offset,
            @Nullable Integer exitCode,
            @Nullable String signal,
            ExitReason reason)
            implements ServerMessage {}

    /** Something that happened once, for live viewers: never repeated on resume. */
    record Event(SessionId sessionId, long offset, Happening what) implements ServerMessage {}

    /**
     * Answers history_request with lines of the scrollback, as many as fit.
     *
     * @param first number of the first line in {@code data}
     * @param end number of the line after the last one in it
     * @param oldest number of the oldest line that the server keeps
     * @param newest number of the line after the newest complete one
     * @param data text and SGR, each line ended by CR LF and beginning with plain SGR
     */
    record History(
            SessionId sessionId, long first, long end, long oldest, long newest, ByteString data)
            implements ServerMessage {}

    /**
     * The session rests and this is the hash of its screen at {@code offset} and {@code event}, of
     * the {@code screen} version told in hello; a viewer whose own differs asks for a refresh. Only
     * with feature {@code hash}.
     */
    record Hash(SessionId sessionId, int channel, long offset, long event, long hash)
            implements ServerMessage {}

    /**
     * So many bytes of this client's input were taken for the generation that the channel stands
     * at. Only with feature {@code input}.
     */
    record InputAck(int channel, long count) implements ServerMessage {}

    /**
     * Numbered input reached no process, because the one of its generation does not run. Only with
     * feature {@code input}.
     *
     * @param generation for which it was meant
     * @param count so many bytes
     */
    record InputDiscarded(int channel, long generation, long count) implements ServerMessage {}

    /**
     * A program ran in the session's foreground when its former process was lost, and may be run
     * again; or that is over. Only with feature {@code resume}.
     *
     * @param generation of the process that runs now
     * @param command its words; empty: nothing is offered any more
     * @param line the same as it would be typed into a shell; null with an empty command
     */
    record Offer(
            SessionId sessionId,
            int channel,
            long generation,
            List<String> command,
            @Nullable String line)
            implements ServerMessage {
        public Offer {
            command = List.copyOf(command);
        }
    }

    record Detached(SessionId sessionId, int channel) implements ServerMessage {}

    record Renamed(SessionId sessionId, String name) implements ServerMessage {}

    record Destroyed(SessionId sessionId) implements ServerMessage {}

    record Sessions(List<SessionEntry> sessions) implements ServerMessage {
        public Sessions {
            sessions = List.copyOf(sessions);
        }
    }

    /** A session is new or its entry changed; at most 10 a second for each session. */
    record Changed(SessionEntry session) implements ServerMessage {}

    /** Answers keepers_request: who holds processes, and those that no session knows. */
    record Keepers(List<KeeperEntry> keepers, List<OrphanEntry> orphans) implements ServerMessage {
        public Keepers {
            keepers = List.copyOf(keepers);
            orphans = List.copyOf(orphans);
        }
    }

    /** The process is gone. */
    record OrphanEnded(SessionId sessionId, long generation) implements ServerMessage {}

    /** The process has a session of this id, which session_changed tells of. */
    record OrphanAdopted(SessionId sessionId, long generation) implements ServerMessage {}

    /**
     * How the store is doing: answers store_request, follows hello, and comes unasked when
     * something begins or ceases to be wrong. Only with feature {@code store}. Times are epoch
     * milliseconds.
     *
     * @param problem why nothing, or not all, is stored; null while the store works
     * @param since when that began; null with {@code problem}
     * @param message what is wrong and what to do; null with {@code problem}
     * @param sessions so many have output that a crash would lose
     * @param oldestAt when the oldest of that came; null where there is none
     * @param lastStoredAt when something was stored last; null if nothing was since the start
     * @param reserve the ballast for names and ends on a full disk is there
     * @param warnings what was found damaged at the start, a sentence each
     * @param report the file on the server's machine that tells of it; null where nothing was
     * @param bytes of the database and its log; null of a server that does not tell
     * @param limit the size from which the database counts as large; null likewise
     */
    record StoreState(
            @Nullable StoreProblem problem,
            @Nullable Long since,
            @Nullable String message,
            int sessions,
            @Nullable Long oldestAt,
            @Nullable Long lastStoredAt,
            boolean reserve,
            List<String> warnings,
            @Nullable String report,
            @Nullable Long bytes,
            @Nullable Long limit)
            implements ServerMessage {
        public StoreState {
            warnings = List.copyOf(warnings);
        }

        /** Of a server that does not tell its size. */
        public StoreState(
                @Nullable StoreProblem problem,
                @Nullable Long since,
                @Nullable String message,
                int sessions,
                @Nullable Long oldestAt,
                @Nullable Long lastStoredAt,
                boolean reserve,
                List<String> warnings,
                @Nullable String report) {
            this(
                    problem,
                    since,
                    message,
                    sessions,
                    oldestAt,
                    lastStoredAt,
                    reserve,
                    warnings,
                    report,
                    null,
                    null);
        }
    }

    /**
     * Answers recovery_request: what became of the sessions when the server started.
     *
     * @param at when that was, epoch milliseconds; tells one start from another
     * @param reattached their processes went on
     * @param recreated they are back as they were stored; their processes ended
     * @param exited they are back, and had no process before
     * @param lost what did not come back, or not to where it was
     */
    record Recovery(
            long at,
            List<RecoveredSession> reattached,
            List<RecoveredSession> recreated,
            List<RecoveredSession> exited,
            List<RecoveredSession> lost)
            implements ServerMessage {
        public Recovery {
            reattached = List.copyOf(reattached);
            recreated = List.copyOf(recreated);
            exited = List.copyOf(exited);
            lost = List.copyOf(lost);
        }

        /** Whether there is nothing that a person would want to hear of. */
        public boolean isUneventful() {
            return reattached.isEmpty() && recreated.isEmpty() && lost.isEmpty();
        }
    }

    /** Answers task_start and task_rerun: the task's record is durable. */
    record TaskCreated(TaskEntry task) implements ServerMessage {}

    /** Answers task_request and task_terminate. */
    record Task(TaskEntry task) implements ServerMessage {}

    /** Answers task_list_request: the newest first. */
    record Tasks(List<TaskEntry> tasks) implements ServerMessage {
        public Tasks {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * A task is new or its entry changed, and that is durable. Only with feature {@link
     * Feature#TASKS}.
     */
    record TaskChanged(TaskEntry task) implements ServerMessage {}

    /**
     * Answers task_output_request.
     *
     * @param offset of the first byte in {@code data}; beyond the one asked for where what lies
     *     between is not kept
     * @param end behind the newest byte there is now
     * @param isComplete the task is over and nothing will come behind {@code end}
     */
    record TaskOutput(
            SessionId sessionId, long offset, long end, boolean isComplete, ByteString data)
            implements ServerMessage {}

    /** A request was not done; the message says why and what to do. */
    record Failure(ErrorCode code, String message, @Nullable SessionId sessionId)
            implements ServerMessage {}

    record Pong() implements ServerMessage {}
}
