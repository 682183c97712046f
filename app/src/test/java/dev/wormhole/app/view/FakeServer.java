package dev.wormhole.app.view;

import dev.wormhole.app.workspace.ScriptedTasks;
import dev.wormhole.app.workspace.SessionService;
import dev.wormhole.client.link.Attachment;
import dev.wormhole.client.link.LinkListener;
import dev.wormhole.client.link.LinkState;
import dev.wormhole.client.link.SessionSink;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A session server that does everything at once and runs nothing. */
final class FakeServer implements SessionService {

    /** All is stored. */
    static final ServerMessage.StoreState WELL =
            new ServerMessage.StoreState(null, null, null, 0, null, null, true, List.of(), null);

    private ServerMessage.StoreState store = WELL;

    final LinkListener listener;
    volatile Optional<ServerMessage.Recovery> recovery = Optional.empty();
    final List<Shell> shells = new CopyOnWriteArrayList<>();
    final ScriptedTasks tasks;

    FakeServer(LinkListener listener) {
        this.listener = listener;
        tasks = new ScriptedTasks(listener::taskChanged);
        say(new LinkState.Connected("fake"));
    }

    void say(LinkState state) {
        listener.stateChanged(state);
    }

    @Override
    public CompletableFuture<Attachment> create(ClientMessage.Create request, SessionSink sink) {
        var shell = new Shell(SessionId.random(), sink, request.size());
        shells.add(shell);
        listener.sessionChanged(shell.entry());
        shell.live(true);
        return CompletableFuture.completedFuture(shell);
    }

    @Override
    public Attachment attach(
            SessionId id, @Nullable TerminalSize size, RespawnMode first, SessionSink sink) {
        // Of what is not a shell: a task.
        Shell shell =
                shells.stream()
                        .filter(each -> each.id.equals(id))
                        .findFirst()
                        .orElseGet(() -> task(id, sink));
        shell.sink = sink;
        shell.attached();
        return shell;
    }

    private Shell task(SessionId id, SessionSink sink) {
        var made = new Shell(id, sink, new TerminalSize(80, 24));
        made.isTask = true;
        shells.add(made);
        return made;
    }

    @Override
    public void tellViewer(ClientMessage.ViewerState state) {}

    @Override
    public CompletableFuture<List<SessionEntry>> list() {
        return CompletableFuture.completedFuture(shells.stream().map(Shell::entry).toList());
    }

    @Override
    public CompletableFuture<Void> rename(SessionId id, String name) {
        listener.sessionRenamed(id, name);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> destroy(SessionId id) {
        shells.removeIf(shell -> shell.id.equals(id));
        tasks.remove(id);
        listener.sessionDestroyed(id);
        return CompletableFuture.completedFuture(null);
    }

    /** There are none but those that it sent. */
    @Override
    public CompletableFuture<ServerMessage.History> history(SessionId id, long before, int count) {
        return CompletableFuture.completedFuture(
                new ServerMessage.History(id, before, before, before, before, ByteString.EMPTY));
    }

    /** The store is like this now. */
    void stores(ServerMessage.StoreState state) {
        store = state;
        listener.storeChanged(state);
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
        say(new LinkState.Connecting(2));
    }

    @Override
    public void close() {}

    /** One session with its one viewer. */
    static final class Shell implements Attachment {

        final SessionId id;
        volatile SessionSink sink;
        volatile boolean isTask;
        volatile boolean isOver;
        volatile boolean isDetached;
        final List<String> typed = new CopyOnWriteArrayList<>();
        final List<String> answers = new CopyOnWriteArrayList<>();
        private final TerminalSize size;
        private long generation;

        Shell(SessionId id, SessionSink sink, TerminalSize size) {
            this.id = id;
            this.sink = sink;
            this.size = size;
        }

        SessionEntry entry() {
            return new SessionEntry(
                    id,
                    null,
                    "/home",
                    "sh",
                    1,
                    1,
                    1,
                    false,
                    null,
                    size,
                    1L,
                    List.of(),
                    isTask ? SessionKind.TASK : SessionKind.SHELL);
        }

        void live(boolean created) {
            generation++;
            sink.attached(
                    new ServerMessage.Created(
                            id, 0, created, 0, 0, size, generation, false, false));
        }

        /** As after an attach to what is there. */
        void attached() {
            sink.attached(new ServerMessage.Created(id, 0, false, 0, 0, size, 1, isOver, false));
        }

        void offers(String line) {
            sink.offered(new ServerMessage.Offer(id, 0, generation, List.of(line), line));
        }

        void exit(int code) {
            isOver = true;
            sink.exited(
                    new ServerMessage.Exit(id, 0, generation, 0, code, null, ExitReason.EXITED));
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
        public void dropPending() {}

        @Override
        public void input(ByteString bytes) {
            typed.add(bytes.toUtf8());
        }

        @Override
        public void resize(@Nullable TerminalSize wish) {}

        @Override
        public CompletableFuture<Long> respawn() {
            generation++;
            sink.respawned(generation);
            return CompletableFuture.completedFuture(generation);
        }

        @Override
        public CompletableFuture<Void> detach() {
            isDetached = true;
            return CompletableFuture.completedFuture(null);
        }
    }
}
