package dev.wormhole.app.view;

import dev.wormhole.app.terminal.ShellPty;
import dev.wormhole.app.workspace.ScriptedTasks;
import dev.wormhole.app.workspace.SessionService;
import dev.wormhole.client.link.Attachment;
import dev.wormhole.client.link.LinkListener;
import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.client.link.LinkState;
import dev.wormhole.client.link.SessionSink;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.RecoveredSession;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sessions within this process, for demonstrations of the window: real shells, no server. */
final class DemoServer implements SessionService {

    private static final TerminalSize COMMON = new TerminalSize(80, 24);

    /** All is stored. */
    static final ServerMessage.StoreState WELL =
            new ServerMessage.StoreState(null, null, null, 0, null, null, true, List.of(), null);

    private ServerMessage.StoreState store = WELL;

    private Optional<ServerMessage.Recovery> recovery = Optional.empty();

    private final LinkListener listener;
    private final Map<SessionId, Shell> shells = new LinkedHashMap<>();
    final ScriptedTasks tasks;

    DemoServer(LinkListener listener) {
        this.listener = listener;
        tasks = new ScriptedTasks(listener::taskChanged);
        connected();
    }

    void connected() {
        listener.stateChanged(new LinkState.Connected("demo"));
    }

    /** As after a start that brought sessions back, each with a program that ran in it. */
    void recovered() {
        String ended = "process ended with its keeper or the machine";
        recovery =
                Optional.of(
                        new ServerMessage.Recovery(
                                1,
                                List.of(line("build", null), line("mail", null), line("irc", null)),
                                List.of(line("work", ended), line("notes", ended)),
                                List.of(line("deploy", null)),
                                List.of(
                                        line(
                                                "old",
                                                "the store has lost it, its process goes on:"
                                                        + " wormhole orphans"))));
        connected();
    }

    private static RecoveredSession line(String name, @Nullable String reason) {
        return new RecoveredSession(SessionId.random(), name, reason);
    }

    /** Some that run, and some that have ended in all ways. */
    void hasTasks() {
        long now = System.currentTimeMillis() / 1000;
        TaskEntry build = ScriptedTasks.running((int) now - 83, "Build the image");
        TaskEntry tests = ScriptedTasks.running((int) now - 4000, "");
        tasks.changes(build);
        tasks.changes(tests);
        int age = 0;
        for (TaskReason reason : TaskReason.values()) {
            age += 1600;
            TaskEntry entry = ScriptedTasks.running((int) now - age, "Task that ends: " + reason);
            Integer code = reason == TaskReason.EXITED ? 2 : null;
            tasks.changes(ScriptedTasks.over(entry, reason, code));
        }
        TaskEntry good = ScriptedTasks.running((int) now - 50, "Check the links of the manual");
        tasks.changes(ScriptedTasks.completed(good));
        tasks.prints(good.id(), "all is well\n");
    }

    /** As after the loss of the connection. */
    void lost(Duration delay, LinkProblem.Kind kind, String message) {
        listener.stateChanged(new LinkState.Reconnecting(3, delay, new LinkProblem(kind, message)));
    }

    @Override
    public synchronized CompletableFuture<Attachment> create(
            ClientMessage.Create request, SessionSink sink) {
        var id = SessionId.random();
        var shell = new Shell(id, request.size(), sink);
        shells.put(id, shell);
        listener.sessionChanged(shell.entry());
        shell.start(true);
        if (recovery.isPresent())
            sink.offered(
                    new ServerMessage.Offer(
                            id, 0, 1, List.of("vim", "notes 1.txt"), "vim 'notes 1.txt'"));
        return CompletableFuture.completedFuture(shell);
    }

    @Override
    public Attachment attach(
            SessionId id, @Nullable TerminalSize size, RespawnMode first, SessionSink sink) {
        // Of what is not a shell: a task.
        Shell shell = shells.computeIfAbsent(id, _ -> new Shell(id, COMMON, sink));
        shell.start(true);
        return shell;
    }

    @Override
    public void tellViewer(ClientMessage.ViewerState state) {}

    @Override
    public synchronized CompletableFuture<List<SessionEntry>> list() {
        return CompletableFuture.completedFuture(
                shells.values().stream().map(Shell::entry).toList());
    }

    @Override
    public CompletableFuture<Void> rename(SessionId id, String name) {
        listener.sessionRenamed(id, name);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> destroy(SessionId id) {
        Shell shell = shells.remove(id);
        if (shell != null) shell.pty.end();
        return CompletableFuture.completedFuture(null);
    }

    /** There are none but those that it sent. */
    @Override
    public CompletableFuture<ServerMessage.History> history(SessionId id, long before, int count) {
        return CompletableFuture.completedFuture(
                new ServerMessage.History(id, before, before, before, before, ByteString.EMPTY));
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
        connected();
    }

    @Override
    public void close() {
        shells.values().forEach(shell -> shell.pty.end());
    }

    /** One session with its one viewer. */
    private static final class Shell implements Attachment {

        private final SessionId id;
        private final SessionSink sink;
        private TerminalSize size;
        private ShellPty pty;
        private long generation;
        private long offset;

        Shell(SessionId id, TerminalSize size, SessionSink sink) {
            this.id = id;
            this.size = size;
            this.sink = sink;
            pty = newPty();
        }

        private ShellPty newPty() {
            return new ShellPty(
                    size, Map.of("PS1", "\\[\\e[38;5;111m\\]\\w\\[\\e[0m\\] $ "), "bash", "--norc");
        }

        SessionEntry entry() {
            return new SessionEntry(
                    id,
                    null,
                    System.getProperty("user.dir"),
                    "bash",
                    1,
                    1,
                    1,
                    false,
                    null,
                    size,
                    pty.pid(),
                    List.of(),
                    SessionKind.SHELL);
        }

        void start(boolean created) {
            generation++;
            if (created) {
                sink.attached(
                        new ServerMessage.Created(
                                id, 0, true, 0, 0, size, generation, false, false));
            } else {
                sink.respawned(generation);
            }
            pty.pump(
                    bytes -> {
                        synchronized (this) {
                            sink.output(offset, bytes);
                            offset += bytes.length();
                        }
                    },
                    code ->
                            sink.exited(
                                    new ServerMessage.Exit(
                                            id,
                                            0,
                                            generation,
                                            offset,
                                            code,
                                            null,
                                            ExitReason.EXITED)));
        }

        @Override
        public SessionId sessionId() {
            return id;
        }

        @Override
        public void took(long bytes) {}

        @Override
        public void answerOffer(long generation, boolean run) {
            System.err.println((run ? "run " : "forget ") + generation);
        }

        @Override
        public void screenDiffers() {}

        @Override
        public void dropPending() {}

        @Override
        public void input(ByteString bytes) {
            pty.type(bytes);
        }

        @Override
        public synchronized void resize(@Nullable TerminalSize wish) {
            if (wish == null || wish.equals(size)) return;
            size = wish;
            sink.size(size);
            pty.resize(size);
        }

        @Override
        public CompletableFuture<Long> respawn() {
            pty = newPty();
            start(false);
            return CompletableFuture.completedFuture(generation);
        }

        @Override
        public CompletableFuture<Void> detach() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
