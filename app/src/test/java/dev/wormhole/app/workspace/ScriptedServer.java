package dev.wormhole.app.workspace;

import dev.wormhole.client.link.Attachment;
import dev.wormhole.client.link.LinkListener;
import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.client.link.LinkState;
import dev.wormhole.client.link.RequestException;
import dev.wormhole.client.link.SessionSink;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A session server that answers when the test says so. After each of its verbs everything that was
 * posted to the FX thread has run.
 */
public final class ScriptedServer implements SessionService {

    /** All is stored. */
    public static final ServerMessage.StoreState WELL =
            new ServerMessage.StoreState(null, null, null, 0, null, null, true, List.of(), null);

    private ServerMessage.StoreState store = WELL;

    /** One session as one workspace sees it. */
    final class Attached implements Attachment {

        private final SessionId id;
        final SessionSink sink;
        final @Nullable TerminalSize size;
        final @Nullable RespawnMode respawn;
        final List<String> typed = new ArrayList<>();
        final List<String> answers = new ArrayList<>();
        final List<String> votes = new ArrayList<>();
        final Deque<CompletableFuture<Long>> respawns = new ArrayDeque<>();
        @Nullable CompletableFuture<Void> detached;

        Attached(
                SessionId id,
                SessionSink sink,
                @Nullable TerminalSize size,
                @Nullable RespawnMode respawn) {
            this.id = id;
            this.sink = sink;
            this.size = size;
            this.respawn = respawn;
        }

        @Override
        public SessionId sessionId() {
            return id;
        }

        @Override
        public void took(long bytes) {}

        @Override
        public void answerOffer(long generation, boolean run) {
            answers.add((run ? "run " : "forget ") + generation);
        }

        @Override
        public void screenDiffers() {}

        @Override
        public void input(ByteString bytes) {
            typed.add(bytes.toUtf8());
        }

        @Override
        public void dropPending() {}

        @Override
        public void resize(@Nullable TerminalSize wish) {
            votes.add(String.valueOf(wish));
        }

        @Override
        public CompletableFuture<Long> respawn() {
            respawns.add(new CompletableFuture<>());
            return respawns.getLast();
        }

        @Override
        public CompletableFuture<Void> detach() {
            detached = new CompletableFuture<>();
            return detached;
        }

        /** The attach is answered. */
        void answer(boolean isExited) {
            sink.attached(created(id, false, isExited));
            fx.run();
        }

        /** The attach is answered by a server that counts what is typed. */
        void answerCounting() {
            sink.attached(
                    new ServerMessage.Created(
                            id, 0, false, 0, 0, new TerminalSize(80, 24), 1, false, false, 0L));
            fx.run();
        }

        void inputWaits(long taken, long total) {
            sink.inputWaits(taken, total);
            fx.run();
        }

        void offers(long generation, @Nullable String line) {
            List<String> words = line == null ? List.of() : List.of(line);
            sink.offered(new ServerMessage.Offer(id, 0, generation, words, line));
            fx.run();
        }

        void inputDiscarded(long bytes) {
            sink.inputDiscarded(bytes);
            fx.run();
        }

        void resync(String snapshot) {
            var what =
                    new ServerMessage.Resync(
                            id, 0, 0, 0, new TerminalSize(80, 24), snapshot.length(), false, true);
            sink.resync(what, ByteString.utf8(snapshot));
        }

        void output(String text) {
            sink.output(0, ByteString.utf8(text));
            fx.run();
        }

        void exit(int code) {
            sink.exited(new ServerMessage.Exit(id, 0, 1, 0, code, null, ExitReason.EXITED));
            fx.run();
        }

        void refuse(ErrorCode code) {
            sink.ended(code, code.wireName());
            fx.run();
        }

        void respawned(long generation) {
            respawns.remove().complete(generation);
            fx.run();
        }

        void respawnFails(ErrorCode code, String message) {
            respawns.remove().completeExceptionally(new RequestException(code, message));
            fx.run();
        }
    }

    /** A session that was asked for. */
    record Asked(
            ClientMessage.Create request, SessionSink sink, CompletableFuture<Attachment> answer) {}

    private final FxQueue fx;
    private @Nullable LinkListener listener;
    public final Map<SessionId, SessionEntry> sessions = new LinkedHashMap<>();
    final List<Attached> attached = new ArrayList<>();
    final Deque<Asked> creates = new ArrayDeque<>();
    final Deque<CompletableFuture<List<SessionEntry>>> lists = new ArrayDeque<>();
    public final List<SessionId> destroys = new ArrayList<>();
    public final Map<SessionId, String> renames = new LinkedHashMap<>();
    public CompletableFuture<Void> nextDestroy = CompletableFuture.completedFuture(null);
    Optional<ServerMessage.Recovery> recovery = Optional.empty();
    public final ScriptedTasks tasks = new ScriptedTasks(this::taskChanged);
    int retries;
    boolean isClosed;

    ScriptedServer(FxQueue fx) {
        this.fx = fx;
    }

    Opener opener() {
        return opened -> {
            listener = opened;
            return this;
        };
    }

    public static SessionId id(int number) {
        return new SessionId(new UUID(0, number));
    }

    public static SessionEntry entry(int number, @Nullable String cwd) {
        return new SessionEntry(
                id(number),
                null,
                cwd,
                null,
                number,
                number,
                1,
                false,
                null,
                new TerminalSize(80, 24),
                1L,
                List.of(),
                SessionKind.SHELL);
    }

    public ScriptedServer has(int... numbers) {
        for (int number : numbers) sessions.put(id(number), entry(number, "/home/" + number));
        return this;
    }

    public void connects() {
        listener().stateChanged(new LinkState.Connected("test"));
        fx.run();
    }

    public void isLost() {
        var problem = new LinkProblem(LinkProblem.Kind.UNREACHABLE, "gone");
        listener().stateChanged(new LinkState.Reconnecting(1, Duration.ofSeconds(1), problem));
        fx.run();
    }

    void connectsAndLists() {
        connects();
        answersList();
    }

    public void answersList() {
        fx.run();
        lists.remove().complete(List.copyOf(sessions.values()));
        fx.run();
    }

    /** The oldest request for a session is answered with this one. */
    Attached creates(int number) {
        Asked asked = creates.remove();
        SessionEntry entry = entry(number, asked.request().cwd());
        sessions.put(entry.id(), entry);
        var made = new Attached(entry.id(), asked.sink(), asked.request().size(), null);
        attached.add(made);
        asked.sink().attached(created(entry.id(), true, false));
        asked.answer().complete(made);
        listener().sessionChanged(entry);
        fx.run();
        return made;
    }

    void createFails(ErrorCode code, String message) {
        creates.remove().answer().completeExceptionally(new RequestException(code, message));
        fx.run();
    }

    public void changes(SessionEntry entry) {
        sessions.put(entry.id(), entry);
        listener().sessionChanged(entry);
        fx.run();
    }

    public void loses(int number) {
        loses(id(number));
    }

    public void loses(SessionId id) {
        sessions.remove(id);
        tasks.remove(id);
        listener().sessionDestroyed(id);
        fx.run();
    }

    public void renames(int number, String name) {
        listener().sessionRenamed(id(number), name);
        fx.run();
    }

    private void taskChanged(TaskEntry entry) {
        if (listener != null) listener.taskChanged(entry);
        fx.run();
    }

    /** The newest attachment of the session. */
    Attached attachment(int number) {
        return attachment(id(number));
    }

    Attached attachment(SessionId id) {
        return attached.stream()
                .filter(a -> a.sessionId().equals(id))
                .reduce((_, newer) -> newer)
                .orElseThrow();
    }

    private static ServerMessage.Created created(SessionId id, boolean isNew, boolean isExited) {
        return new ServerMessage.Created(
                id, 0, isNew, 0, 0, new TerminalSize(80, 24), 1, isExited, false);
    }

    private LinkListener listener() {
        if (listener == null) throw new IllegalStateException("not opened");
        return listener;
    }

    @Override
    public CompletableFuture<Attachment> create(ClientMessage.Create request, SessionSink sink) {
        creates.add(new Asked(request, sink, new CompletableFuture<>()));
        return creates.getLast().answer();
    }

    @Override
    public Attachment attach(
            SessionId id, @Nullable TerminalSize size, RespawnMode first, SessionSink sink) {
        attached.add(new Attached(id, sink, size, first));
        return attached.getLast();
    }

    @Override
    public void tellViewer(ClientMessage.ViewerState state) {}

    @Override
    public CompletableFuture<List<SessionEntry>> list() {
        lists.add(new CompletableFuture<>());
        return lists.getLast();
    }

    @Override
    public CompletableFuture<Void> rename(SessionId id, String name) {
        renames.put(id, name);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> destroy(SessionId id) {
        destroys.add(id);
        return nextDestroy;
    }

    /** There are none but those that it sent. */
    @Override
    public CompletableFuture<ServerMessage.History> history(SessionId id, long before, int count) {
        return CompletableFuture.completedFuture(
                new ServerMessage.History(id, before, before, before, before, ByteString.EMPTY));
    }

    /** The store is like this now. */
    public void stores(ServerMessage.StoreState state) {
        store = state;
        listener().storeChanged(state);
    }

    @Override
    public CompletableFuture<ServerMessage.StoreState> store() {
        return CompletableFuture.completedFuture(store);
    }

    @Override
    public CompletableFuture<Optional<ServerMessage.Recovery>> recovery() {
        return CompletableFuture.completedFuture(recovery);
    }

    @Override
    public CompletableFuture<Optional<List<TaskEntry>>> tasks() {
        return tasks.list();
    }

    @Override
    public CompletableFuture<TaskEntry> startTask(ClientMessage.TaskStart request) {
        return tasks.start(request);
    }

    @Override
    public CompletableFuture<TaskEntry> rerunTask(SessionId id) {
        return tasks.rerun(id);
    }

    @Override
    public CompletableFuture<TaskEntry> terminateTask(SessionId id) {
        return tasks.terminate(id);
    }

    @Override
    public CompletableFuture<ServerMessage.TaskOutput> taskOutput(
            SessionId id, long offset, boolean wait) {
        return tasks.output(id, offset);
    }

    @Override
    public void retryNow() {
        retries++;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
