package dev.wormhole.app.workspace;

import dev.wormhole.app.layout.PaneId;
import dev.wormhole.client.link.Attachment;
import dev.wormhole.client.link.SessionSink;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TerminalSize;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * One pane: the session it shows, what that is doing, and the way of bytes to the terminal and
 * back. It knows no nodes and not where in the window it lies.
 *
 * <p>Owned by the FX thread. A pane shows one session all its life.
 */
public final class PaneModel {

    /** What a pane asks of its workspace. */
    interface Owner {

        /** The server says that the session does not exist. */
        void sessionMissing(PaneModel pane);

        /** The pane wants another attachment. */
        void attachAgain(PaneModel pane, RespawnMode respawn);

        /** The person has not seen what happened here yet. */
        boolean isFocused(PaneModel pane);

        /** Lines of a session's scrollback, as {@link SessionService#history} tells them. */
        CompletableFuture<ServerMessage.History> history(SessionId session, long before, int count);

        /** Something that only the pane's terminal knows of itself. */
        void tellViewer(ClientMessage.ViewerState state);

        /** The pane's own size is another one. */
        void resized(PaneModel pane);
    }

    private final PaneId id;
    private final Owner owner;
    private final Executor fx;
    private final PaneOutput output;
    private final Typed typed = new Typed();
    private final InputWatch inputWatch = new InputWatch();
    private final PaneOffer offer = new PaneOffer();

    // Owned by the FX thread.
    private @Nullable SessionId session;
    private @Nullable Attachment attachment;
    private @Nullable TerminalSize wish;
    private PaneState.@Nullable Exited lastExit;
    private @Nullable Integer listedExitCode;
    private @Nullable Function<SessionId, ClientMessage.ViewerState> viewer;
    private boolean disposed;
    private int attaches;

    private boolean isListedAsTask;

    /** What is typed without a connection reaches the process that runs now, later. */
    private boolean keepsInput;

    private final ReadOnlyObjectWrapper<PaneState> state =
            new ReadOnlyObjectWrapper<>(this, "state", new PaneState.Opening());
    private final ReadOnlyObjectWrapper<Optional<TaskEntry>> task =
            new ReadOnlyObjectWrapper<>(this, "task", Optional.empty());
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(this, "title", "");
    private final ReadOnlyStringWrapper cwd = new ReadOnlyStringWrapper(this, "cwd", "");
    private final ReadOnlyBooleanWrapper stored = new ReadOnlyBooleanWrapper(this, "stored", true);
    private final ReadOnlyBooleanWrapper shown = new ReadOnlyBooleanWrapper(this, "shown", true);
    private final ReadOnlyBooleanWrapper attention =
            new ReadOnlyBooleanWrapper(this, "attention", false);

    PaneModel(PaneId id, @Nullable SessionId session, Owner owner, Executor fx) {
        this.id = id;
        this.session = session;
        this.owner = owner;
        this.fx = fx;
        output = new PaneOutput(() -> fx.execute(this::outputLost));
        state.subscribe(offer::state);
    }

    public PaneId id() {
        return id;
    }

    public SessionId session() {
        if (session == null) throw new IllegalStateException(id + " has no session yet");
        return session;
    }

    public ReadOnlyObjectProperty<PaneState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public PaneState state() {
        return state.get();
    }

    /** The task that the session is, as far as it was heard of; empty of any other session. */
    public ReadOnlyObjectProperty<Optional<TaskEntry>> taskProperty() {
        return task.getReadOnlyProperty();
    }

    /** Whether the session runs one command once: nothing starts it again here. */
    public boolean isTask() {
        return isListedAsTask || task.get().isPresent();
    }

    /** What to call the pane: the session's name, else its program's title, else its directory. */
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /** The session's directory; empty while unknown. */
    public ReadOnlyStringProperty cwdProperty() {
        return cwd.getReadOnlyProperty();
    }

    /** False: nothing of its session is written to a disk. */
    public ReadOnlyBooleanProperty storedProperty() {
        return stored.getReadOnlyProperty();
    }

    /**
     * False while another pane is zoomed: a hidden pane costs nothing and has no vote on the size.
     */
    public ReadOnlyBooleanProperty shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /** The program rang while the focus was elsewhere. */
    public ReadOnlyBooleanProperty attentionProperty() {
        return attention.getReadOnlyProperty();
    }

    /** What there is to say of what was typed here. */
    public ReadOnlyObjectProperty<InputNotice> inputNoticeProperty() {
        return inputWatch.noticeProperty();
    }

    /** The notice about input was shown for long enough. */
    public void inputNoticeSeen() {
        inputWatch.seen();
    }

    /**
     * The command line of the program that ran when the session's process was lost, ready to be run
     * again; empty without one.
     */
    public ReadOnlyStringProperty offerProperty() {
        return offer.lineProperty();
    }

    /** Has the offered program run, or forgets it; nothing where none is offered any more. */
    public void answerOffer(boolean run) {
        long generation = offer.take();
        if (generation > 0 && attachment != null) attachment.answerOffer(generation, run);
    }

    /**
     * Gives the pane its terminal, once: what has come so far is handed over in order on this call,
     * what follows comes on the link thread.
     */
    public void connect(TerminalPort terminal) {
        output.connect(terminal);
    }

    /**
     * Types. Into an exited pane: starts the process again, unless it was a task, and delivers this
     * and what follows once it runs.
     */
    public void input(ByteString bytes) {
        if (bytes.isEmpty() || disposed) return;
        switch (state.get()) {
            case PaneState.Live _ -> {
                offer.typed(bytes);
                send(bytes);
            }
            case PaneState.Opening _, PaneState.Respawning _ -> typed.add(bytes);
            case PaneState.Exited exited -> respawn(exited, bytes);
            case PaneState.Offline offline -> {
                if (offline.keepsInput()) send(bytes);
            }
            case PaneState.Refused _ -> attachAgain(bytes);
        }
    }

    /** The terminal's own size in cells: what this pane votes for while it is shown. */
    public void wish(TerminalSize cells) {
        if (cells.equals(wish)) return;
        wish = cells;
        if (shown.get() && attachment != null) attachment.resize(cells);
        owner.resized(this);
    }

    /**
     * Output was thrown away on its way to the terminal, which shows nothing more until a resync:
     * attaches anew to get one.
     */
    public void outputLost() {
        Attachment lost = attachment;
        if (lost == null || disposed) return;
        attachment = null;
        // The new attachment says what waits for it.
        inputWatch.clear();
        // A session has one attachment on a link: the old one has to be gone first.
        lost.detach()
                .whenCompleteAsync(
                        (_, _) -> {
                            if (!disposed && attachment == null)
                                owner.attachAgain(this, RespawnMode.NEVER);
                        },
                        fx);
    }

    /** What only the terminal knows of itself: told now, and whenever a session is bound. */
    public void viewer(Function<SessionId, ClientMessage.ViewerState> words) {
        viewer = words;
        tellViewer();
    }

    /** Lines of the scrollback that the terminal was not sent. Safe from any thread. */
    public CompletableFuture<ServerMessage.History> olderLines(long before, int count) {
        return CompletableFuture.supplyAsync(() -> session, fx)
                .thenCompose(
                        id ->
                                id == null || disposed
                                        ? CompletableFuture.failedFuture(
                                                new CancellationException("no session"))
                                        : owner.history(id, before, count));
    }

    private void tellViewer() {
        SessionId shownSession = session;
        var words = viewer;
        if (attachment == null || shownSession == null || words == null || disposed) return;
        owner.tellViewer(words.apply(shownSession));
    }

    /** The terminal's screen is not the server's: the server sends it whole. */
    public void screenDiffers() {
        if (attachment != null && !disposed) attachment.screenDiffers();
    }

    /** What the terminal last wished for; null until it was laid out. */
    @Nullable TerminalSize wish() {
        return wish;
    }

    /** The size to attach with: none while hidden. */
    @Nullable TerminalSize vote() {
        return shown.get() ? wish : null;
    }

    /** Expects this size until the terminal says its own. */
    void expect(@Nullable TerminalSize cells) {
        wish = cells;
    }

    /** The listener for the next attachment; the ones made before fall silent. */
    SessionSink newSink() {
        int number = ++attaches;
        return new PaneSink(
                this,
                output,
                change ->
                        fx.execute(
                                () -> {
                                    if (!disposed && number == attaches) change.run();
                                }));
    }

    void bind(Attachment bound) {
        attachment = bound;
        session = bound.sessionId();
        tellViewer();
        flushTyped();
    }

    void describe(SessionEntry described) {
        listedExitCode = described.exitCode();
        isListedAsTask = described.kind() == SessionKind.TASK;
        if (task.get().isEmpty()) title.set(SessionTitle.of(described));
        stored.set(described.isStored());
        if (described.cwd() != null || task.get().isEmpty())
            cwd.set(described.cwd() == null ? "" : described.cwd());
        // The list knows how a session ended that had ended before this window came.
        if (state.get() instanceof PaneState.Exited exited
                && exited.reason() == null
                && exited.exitCode() == null
                && described.exitCode() != null) {
            lastExit = new PaneState.Exited(described.exitCode(), null, null, exited.problem());
            state.set(lastExit);
        }
    }

    void describe(TaskEntry described) {
        task.set(Optional.of(described));
        title.set(TaskWords.title(described));
        if (cwd.get().isEmpty()) cwd.set(described.repo());
    }

    void show(boolean visible) {
        if (visible == shown.get()) return;
        shown.set(visible);
        if (attachment != null) attachment.resize(vote());
    }

    void seen() {
        attention.set(false);
    }

    void linkLost() {
        switch (state.get()) {
            case PaneState.Live _, PaneState.Exited _, PaneState.Respawning _ -> {
                typed.clear();
                boolean isLive = state.get() instanceof PaneState.Live;
                state.set(new PaneState.Offline(isLive && keepsInput));
            }
            case PaneState.Opening _, PaneState.Offline _, PaneState.Refused _ -> {}
        }
    }

    /** Leaves the session running and lets go of it. */
    void detach() {
        if (attachment != null) attachment.detach();
    }

    /** Nothing that still arrives changes the pane. */
    void dispose() {
        disposed = true;
        typed.clear();
    }

    void offered(ServerMessage.Offer told) {
        offer.told(told);
    }

    void inputWaits(long taken, long total) {
        inputWatch.waits(taken, total);
    }

    void inputDiscarded(long bytes) {
        inputWatch.discarded(bytes);
    }

    void attached(ServerMessage.Created created) {
        keepsInput = created.inputCount() != null;
        offer.clear();
        if (created.isExited()) {
            typed.clear();
            state.set(lastExit == null ? unknownExit() : lastExit);
        } else {
            live(created.generation());
        }
    }

    private PaneState.Exited unknownExit() {
        return new PaneState.Exited(listedExitCode, null, null, null);
    }

    void live(long generation) {
        lastExit = null;
        state.set(new PaneState.Live(generation));
        flushTyped();
    }

    void exited(ServerMessage.Exit exit) {
        lastExit = new PaneState.Exited(exit.exitCode(), exit.signal(), exit.reason(), null);
        typed.clear();
        state.set(lastExit);
    }

    void ended(ErrorCode code, String message) {
        attachment = null;
        keepsInput = false;
        typed.clear();
        inputWatch.clear();
        state.set(new PaneState.Refused(code, message));
        if (code == ErrorCode.NOT_FOUND) owner.sessionMissing(this);
    }

    void rang() {
        if (!owner.isFocused(this)) attention.set(true);
    }

    private void respawn(PaneState.Exited exited, ByteString bytes) {
        // A dead program can leave mouse and focus reports on: clicking its pane is not a key.
        if (attachment == null || isTask() || Typed.isReport(bytes)) return;
        state.set(new PaneState.Respawning());
        typed.add(bytes);
        attachment
                .respawn()
                .whenCompleteAsync(
                        (generation, problem) -> answered(exited, generation, problem), fx);
    }

    private void answered(
            PaneState.Exited before, @Nullable Long generation, @Nullable Throwable problem) {
        // The stream may have told the outcome already, and even the next exit.
        if (disposed || !(state.get() instanceof PaneState.Respawning)) return;
        if (generation != null) {
            live(generation);
            return;
        }
        typed.clear();
        lastExit = before.because(problem == null ? "" : Problems.sentence(problem));
        state.set(lastExit);
    }

    private void attachAgain(ByteString bytes) {
        if (Typed.isReport(bytes)) return;
        typed.add(bytes);
        state.set(new PaneState.Opening());
        owner.attachAgain(this, RespawnMode.AUTO);
    }

    private void send(ByteString bytes) {
        // A created session answers to its sink a moment before it is bound here.
        if (attachment == null) typed.add(bytes);
        else attachment.input(bytes);
    }

    private void flushTyped() {
        if (attachment == null || !(state.get() instanceof PaneState.Live)) return;
        typed.drain(attachment::input);
    }
}
