package dev.wormhole.app.workspace;

import dev.wormhole.app.layout.Axis;
import dev.wormhole.app.layout.Direction;
import dev.wormhole.app.layout.PaneId;
import dev.wormhole.app.layout.PanePath;
import dev.wormhole.app.layout.PaneTree;
import dev.wormhole.client.cli.StoreWords;
import dev.wormhole.client.link.LinkListener;
import dev.wormhole.client.link.LinkState;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionName;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TerminalSize;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;
import javafx.collections.ObservableMap;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The tiles of one host: which panes there are, which session each shows, where the link stands and
 * which sessions the server has. Every change of them goes through here; it knows no nodes.
 *
 * <p>Owned by the FX thread. At the start the stored layout is shown and all its sessions are
 * attached at once; the list comes after, and takes away panes whose session is gone. Later lists,
 * one for each connection, only take away.
 */
public final class Workspace {

    private static final double NUDGE = 0.03;

    private final String host;
    private final SessionService.Opener opener;
    private final LayoutSaver saver;
    private final Executor fx;
    private final Tiles tiles = new Tiles(this::save);
    private final KnownSessions known = new KnownSessions();
    private final Shells shells;
    private final Restorer restorer;
    private final RecoveryNews recovery = new RecoveryNews();
    private final WorkspaceTasks tasks;

    // Owned by the FX thread.
    private @Nullable SessionService service;
    private boolean closed;
    private boolean isWatched = true;
    private List<String> toldDamage = List.of();
    private final ReadOnlyObjectWrapper<LinkState> linkState =
            new ReadOnlyObjectWrapper<>(this, "linkState", new LinkState.Disconnected());
    private final ReadOnlyObjectWrapper<Optional<ServerMessage.StoreState>> store =
            new ReadOnlyObjectWrapper<>(this, "store", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Notice>> notice =
            new ReadOnlyObjectWrapper<>(this, "notice", Optional.empty());

    /**
     * @param host what people call the server; its layout is stored under this name
     * @param fx runs what it is given on the FX thread, in order
     */
    public Workspace(String host, SessionService.Opener opener, LayoutSaver saver, Executor fx) {
        this.host = host;
        this.opener = opener;
        this.saver = saver;
        this.fx = fx;
        shells = new Shells(tiles, this::newPane, this::describe, this::say, fx);
        restorer = new Restorer(host, saver, tiles, known, shells, new Keeper());
        tasks = new WorkspaceTasks(new TaskKeeper(), fx);
        tiles.focused.subscribe(_ -> lookAtTask());
    }

    public String host() {
        return host;
    }

    /** The tiles; empty without any pane. */
    public ReadOnlyObjectProperty<Optional<PaneTree>> treeProperty() {
        return tiles.tree.getReadOnlyProperty();
    }

    /** The pane that fills the window. */
    public ReadOnlyObjectProperty<Optional<PaneId>> zoomedProperty() {
        return tiles.zoomed.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<PaneModel>> focusedProperty() {
        return tiles.focused.getReadOnlyProperty();
    }

    /** The panes by number; every pane of the tree is in it, before the tree and after. */
    public ObservableMap<PaneId, PaneModel> panes() {
        return tiles.panesView;
    }

    public Optional<PaneModel> pane(PaneId id) {
        return tiles.pane(id);
    }

    public Optional<PaneModel> paneOf(SessionId session) {
        return tiles.paneOf(session);
    }

    /** What is wrong with the server's store, as far as the person was not told; else empty. */
    public ReadOnlyObjectProperty<Optional<ServerMessage.StoreState>> storeProperty() {
        return store.getReadOnlyProperty();
    }

    /** Tells the person what the store's trouble is, and what a crash would lose now. */
    public void tellOfStore() {
        service()
                .store()
                .whenComplete(
                        (state, problem) ->
                                fx.execute(
                                        () -> {
                                            if (!closed && state != null) tellOf(state);
                                        }));
    }

    private void tellOf(ServerMessage.StoreState state) {
        String trouble = StoreWords.trouble(state, Instant.now());
        if (trouble != null) {
            say(Notice.problem(sentence(trouble)));
        } else if (!state.warnings().isEmpty()) {
            say(Notice.problem(sentence(StoreWords.damage(state))));
            toldDamage = state.warnings();
        }
        storeChanged(state);
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private void storeChanged(ServerMessage.StoreState state) {
        boolean wasBad = store.get().filter(before -> before.problem() != null).isPresent();
        if (wasBad && state.problem() == null) say(Notice.info("Everything is stored again."));
        boolean isNews =
                state.problem() != null
                        || !(state.warnings().isEmpty() || state.warnings().equals(toldDamage));
        store.set(isNews ? Optional.of(state) : Optional.empty());
    }

    public ReadOnlyObjectProperty<LinkState> linkStateProperty() {
        return linkState.getReadOnlyProperty();
    }

    /** What the server's last start brought back. */
    public RecoveryNews recovery() {
        return recovery;
    }

    /** The tasks of the server, shown in a pane or not. */
    public WorkspaceTasks tasks() {
        return tasks;
    }

    /** Whether the person has the window before them: what happens else was not looked at. */
    public void watched(boolean is) {
        isWatched = is;
        lookAtTask();
    }

    /** The sessions of the server, shown in a pane or not. */
    public ObservableList<SessionEntry> sessions() {
        return known.view();
    }

    /** Shells that were asked for and have no pane yet. */
    public ReadOnlyIntegerProperty pendingProperty() {
        return shells.pending.getReadOnlyProperty();
    }

    /** Whether the first list has come: before, an empty window is one that still connects. */
    public ReadOnlyBooleanProperty settledProperty() {
        return restorer.settled.getReadOnlyProperty();
    }

    /** What to tell the person; the newest only. */
    public ReadOnlyObjectProperty<Optional<Notice>> noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    public void dismissNotice() {
        notice.set(Optional.empty());
    }

    /** Connects, and shows what was shown the last time. */
    public void start() {
        if (service != null) throw new IllegalStateException("started already");
        service = opener.open(new Ears());
        shells.open(service);
        restorer.start();
    }

    /** Lets go of the server and saves the layout at once; sessions live on. */
    public CompletableFuture<Void> close() {
        if (!closed) {
            save();
            closed = true;
            shells.close();
            service().close();
            tiles.panes.values().forEach(PaneModel::dispose);
        }
        return saver.flush();
    }

    /** Does what a key or a button asked for. */
    public void execute(WorkspaceCommand.PaneCommand command) {
        if (closed) return;
        switch (command) {
            case WorkspaceCommand.SplitRight() -> shells.ask(Axis.ROW);
            case WorkspaceCommand.SplitDown() -> shells.ask(Axis.COLUMN);
            case WorkspaceCommand.NewShell() -> shells.ask(null);
            case WorkspaceCommand.NewUnstoredShell() ->
                    shells.ask(null, PendingSplits.Program.UNSTORED_SHELL);
            case WorkspaceCommand.Close() -> focused().ifPresent(this::close);
            case WorkspaceCommand.Detach() -> focused().ifPresent(this::detach);
            case WorkspaceCommand.FocusDirection(var direction) -> moveFocus(direction);
            case WorkspaceCommand.FocusNext(var forward) ->
                    tree().ifPresent(t -> tiles.focus(t.following(t.focus(), forward)));
            case WorkspaceCommand.Zoom() -> tiles.toggleZoom();
            case WorkspaceCommand.MoveDivider(var direction) ->
                    tiles.edit(t -> t.nudge(t.focus(), direction, NUDGE));
            case WorkspaceCommand.Swap(var direction) ->
                    tiles.edit(
                            t ->
                                    t.neighbour(t.focus(), direction)
                                            .map(other -> t.swap(t.focus(), other))
                                            .orElse(t));
            case WorkspaceCommand.Reconnect() -> service().retryNow();
        }
    }

    /** A person clicked into the pane or moved there. */
    public void focus(PaneId pane) {
        tiles.focus(pane);
    }

    /** A divider is dragged: see {@link PaneTree#moveDivider}. */
    public void moveDivider(PanePath split, int divider, double position) {
        tiles.edit(tree -> tree.moveDivider(split, divider, position));
    }

    /**
     * Ends the pane's session and removes the pane; only while the server can hear it. A task is
     * not ended by closing its pane: it is detached.
     */
    public void close(PaneModel pane) {
        if (pane.isTask()) {
            closeTask(pane);
            return;
        }
        if (!(linkState.get() instanceof LinkState.Connected)) {
            say(
                    Notice.problem(
                            "Not connected: the session cannot be ended now. Detaching hides"
                                    + " the pane and keeps its session."));
            return;
        }
        remove(pane);
        destroy(pane.session())
                .whenComplete(
                        (_, problem) -> {
                            if (problem != null && !Problems.is(problem, ErrorCode.NOT_FOUND))
                                say(
                                        Notice.problem(
                                                "The session still runs: "
                                                        + Problems.sentence(problem)));
                        });
    }

    private void closeTask(PaneModel pane) {
        boolean isOver =
                pane.taskProperty().get().filter(entry -> entry.status().isOver()).isPresent()
                        || pane.state() instanceof PaneState.Exited;
        detach(pane);
        if (!isOver)
            say(Notice.info("The task goes on without its pane; the list of tasks shows it."));
    }

    /** Removes the pane; its session goes on. */
    public void detach(PaneModel pane) {
        pane.detach();
        remove(pane);
    }

    /** Shows a session: moves the focus to its pane, or makes one beside the focused pane. */
    public void open(SessionId session) {
        if (closed) return;
        Optional<PaneModel> shown = tiles.paneOf(session);
        if (shown.isPresent()) {
            tiles.focus(shown.get().id());
            return;
        }
        PaneId target = tree().map(PaneTree::focus).orElse(null);
        if (!tiles.hasRoom(target, null)) {
            say(Shells.NO_ROOM);
            return;
        }
        PaneModel pane = newPane(session);
        describe(pane);
        tiles.add(pane, target, null, true);
        attach(pane);
    }

    /** Shows a task that repeats another, in the other's pane where that has ended. */
    private void open(SessionId session, @Nullable SessionId predecessor) {
        Optional<PaneModel> old =
                Optional.ofNullable(predecessor)
                        .flatMap(tiles::paneOf)
                        .filter(pane -> pane.state() instanceof PaneState.Exited);
        if (closed || old.isEmpty() || tiles.paneOf(session).isPresent()) {
            open(session);
            return;
        }
        PaneModel pane = newPane(session);
        describe(pane);
        pane.expect(old.get().wish());
        old.get().detach();
        old.get().dispose();
        tiles.replace(old.get(), pane);
        attach(pane);
    }

    /** Runs a command in a new pane, in this directory. */
    public void run(List<String> command, String cwd) {
        if (!closed) shells.ask(null, new PendingSplits.Program(command, cwd));
    }

    /** Asks for the list; it arrives in {@link #sessions}. */
    public void refreshSessions() {
        if (closed) return;
        // The tasks first: a pane may show one that is in no list of sessions any more.
        tasks.ask()
                .thenCompose(_ -> service().list())
                .whenCompleteAsync(
                        (entries, problem) -> {
                            // Without an answer: the next connection asks again.
                            if (problem == null && !closed) restorer.listed(entries);
                        },
                        fx);
    }

    /** Completes on the FX thread; fails with what {@link Problems#sentence} says. */
    public CompletableFuture<Void> rename(SessionId session, String name) {
        try {
            SessionName.check(name);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return service().rename(session, name).whenCompleteAsync((_, _) -> {}, fx);
    }

    /** Ends a session for ever. Completes on the FX thread, like {@link #rename}. */
    public CompletableFuture<Void> destroy(SessionId session) {
        return service().destroy(session).whenCompleteAsync((_, _) -> {}, fx);
    }

    private SessionService service() {
        if (service == null) throw new IllegalStateException("not started");
        return service;
    }

    private Optional<PaneTree> tree() {
        return tiles.tree.get();
    }

    private Optional<PaneModel> focused() {
        return tiles.focused.get();
    }

    /** Tells the person something quietly. */
    public void say(Notice said) {
        notice.set(Optional.of(said));
    }

    private void save() {
        if (!closed) saver.changed(host, tiles.document());
    }

    private void moveFocus(Direction direction) {
        tree().flatMap(t -> t.neighbour(t.focus(), direction)).ifPresent(tiles::focus);
    }

    private void remove(PaneModel pane) {
        pane.dispose();
        tiles.remove(pane);
    }

    private PaneModel newPane(@Nullable SessionId session) {
        return newPane(tiles.nextId(), session);
    }

    private PaneModel newPane(PaneId id, @Nullable SessionId session) {
        return new PaneModel(id, session, new Keeper(), fx);
    }

    private void describe(PaneModel pane) {
        known.find(pane.session()).ifPresent(pane::describe);
        tasks.find(pane.session()).ifPresent(pane::describe);
    }

    private void attach(PaneModel pane) {
        attach(pane, RespawnMode.AUTO);
    }

    private void attach(PaneModel pane, RespawnMode respawn) {
        boolean isTask = tasks.find(pane.session()).isPresent();
        RespawnMode mode = isTask ? RespawnMode.NEVER : respawn;
        pane.bind(service().attach(pane.session(), pane.vote(), mode, pane.newSink()));
    }

    private void lookAtTask() {
        if (isWatched) focused().map(PaneModel::session).ifPresent(tasks::seen);
    }

    private void linkChanged(LinkState next) {
        linkState.set(next);
        switch (next) {
            case LinkState.Connected _ -> {
                refreshSessions();
                recovery.ask(service(), fx);
            }
            case LinkState.Connecting _ -> {}
            case LinkState.Reconnecting _, LinkState.Disconnected _ -> {
                store.set(Optional.empty());
                tiles.panes.values().forEach(PaneModel::linkLost);
            }
        }
    }

    private void described(SessionEntry entry) {
        known.put(entry);
        tiles.paneOf(entry.id()).ifPresent(pane -> pane.describe(entry));
    }

    private void destroyed(SessionId id) {
        known.remove(id);
        tasks.removed(id);
        tiles.paneOf(id).ifPresent(this::remove);
    }

    /** Hears the link on its thread and tells the FX thread. */
    private final class Ears implements LinkListener {

        private void post(Runnable change) {
            fx.execute(
                    () -> {
                        if (!closed) change.run();
                    });
        }

        @Override
        public void stateChanged(LinkState state) {
            post(() -> linkChanged(state));
        }

        @Override
        public void storeChanged(ServerMessage.StoreState state) {
            post(() -> Workspace.this.storeChanged(state));
        }

        @Override
        public void sessionChanged(SessionEntry entry) {
            post(() -> described(entry));
        }

        @Override
        public void sessionRenamed(SessionId id, String name) {
            post(() -> known.renamed(id, name).ifPresent(Workspace.this::described));
        }

        @Override
        public void taskChanged(TaskEntry task) {
            post(() -> tasks.put(task));
        }

        @Override
        public void sessionDestroyed(SessionId id) {
            post(() -> destroyed(id));
        }
    }

    /** What the panes and the restorer ask for. */
    private final class Keeper implements PaneModel.Owner, Restorer.Panes {

        @Override
        public PaneModel make(PaneId id, SessionId session) {
            return newPane(id, session);
        }

        @Override
        public void open(PaneModel pane) {
            // Nobody asked for this session: a shell that had ended stays so.
            attach(pane, RespawnMode.LOST);
        }

        @Override
        public void drop(PaneModel pane) {
            remove(pane);
        }

        @Override
        public void tell(Notice told) {
            say(told);
        }

        @Override
        public boolean isTask(SessionId session) {
            return tasks.find(session).isPresent();
        }

        @Override
        public void sessionMissing(PaneModel pane) {
            refreshSessions();
        }

        @Override
        public void attachAgain(PaneModel pane, RespawnMode respawn) {
            if (!closed) attach(pane, respawn);
        }

        @Override
        public CompletableFuture<ServerMessage.History> history(
                SessionId session, long before, int count) {
            return service().history(session, before, count);
        }

        @Override
        public void tellViewer(ClientMessage.ViewerState state) {
            if (!closed) service().tellViewer(state);
        }

        @Override
        public boolean isFocused(PaneModel pane) {
            return focused().filter(pane::equals).isPresent();
        }

        @Override
        public void resized(PaneModel pane) {
            save();
        }
    }

    /** What the tasks ask for. */
    private final class TaskKeeper implements WorkspaceTasks.Owner {

        @Override
        public SessionService service() {
            return Workspace.this.service();
        }

        @Override
        public void show(SessionId id, @Nullable SessionId predecessor) {
            open(id, predecessor);
        }

        @Override
        public boolean isLookedAt(SessionId id) {
            return isWatched && focused().filter(pane -> pane.session().equals(id)).isPresent();
        }

        @Override
        public TerminalSize nextSize() {
            return shells.sizeBeside(tree().map(PaneTree::focus).orElse(null), null);
        }

        @Override
        public void described(TaskEntry entry) {
            tiles.paneOf(entry.id()).ifPresent(pane -> pane.describe(entry));
        }

        @Override
        public void say(Notice notice) {
            Workspace.this.say(notice);
        }
    }
}
