package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.pty.PtyListener;
import dev.wormhole.server.session.SessionCommand.InputResult;
import dev.wormhole.server.session.SessionCommand.RespawnResult;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * The remote control of one session.
 *
 * <p>Safe from any thread: every call is a message to the session thread. Futures complete there,
 * so what hangs on them must only enqueue. Updates reach a {@link Viewer} in the order of the
 * stream.
 */
public final class SessionHandle implements SessionStore.Source {

    /**
     * Commands that may wait. When there are as many the asking thread waits: the session thread
     * itself never waits for anybody, so that ends soon. What the process says comes on top; the
     * keeper's link bounds it (see {@link Pty#handled}).
     */
    private static final int MAILBOX = 8192;

    private final SessionId id;
    private final @Nullable String createId;
    private final BlockingQueue<SessionCommand> mailbox = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MAILBOX);
    private volatile boolean ended;
    private volatile @Nullable HeldProcess newer;
    private volatile boolean newerEnded;
    private final LongAdder outputBytes = new LongAdder();
    private volatile int viewerCount;

    SessionHandle(SessionId id, @Nullable String createId) {
        this.id = id;
        this.createId = createId;
    }

    @Override
    public SessionId id() {
        return id;
    }

    @Nullable String createId() {
        return createId;
    }

    /**
     * Answered by updates to the viewer: attached, then snapshot or replay, then live; or refused.
     */
    public void attach(Viewer viewer, AttachRequest request) {
        post(new SessionCommand.Attach(viewer, request));
    }

    /** Answered by the viewer's last update. */
    public void detach(Viewer viewer) {
        post(new SessionCommand.Detach(viewer));
    }

    /** The viewer's connection is gone; its vote on the size stays for ten seconds. */
    public void lost(Viewer viewer) {
        post(new SessionCommand.Lost(viewer));
    }

    /** There is room for a viewer that was told there was none. */
    public void ready(Viewer viewer) {
        post(new SessionCommand.Ready(viewer));
    }

    /** The viewer tells what only it can know. */
    public void tell(Viewer viewer, ClientMessage.ViewerState news) {
        post(new SessionCommand.State(viewer, news));
    }

    /** The viewer's screen is not the session's: answered by a whole resync. */
    public void refresh(Viewer viewer) {
        post(new SessionCommand.Refresh(viewer));
    }

    /**
     * Tells a task's command to end; false where it does not run.
     *
     * @param reason what its record says then
     */
    public CompletableFuture<Boolean> terminate(TaskReason reason) {
        var answer = new CompletableFuture<Boolean>();
        post(new SessionCommand.Terminate(reason, answer));
        return answer;
    }

    /** Reads a task's output: see {@link SessionCommand.ReadOutput}. */
    public CompletableFuture<TaskRead> read(long offset, int count, boolean waits) {
        var answer = new CompletableFuture<TaskRead>();
        post(new SessionCommand.ReadOutput(offset, count, waits, answer));
        return answer;
    }

    /** The scrollback as it is now. */
    public CompletableFuture<HistoryView> history() {
        var answer = new CompletableFuture<HistoryView>();
        post(new SessionCommand.ReadHistory(answer));
        return answer;
    }

    /**
     * @param size null: no vote
     */
    public void resize(Viewer viewer, @Nullable TerminalSize size) {
        post(new SessionCommand.Resize(viewer, size));
    }

    /**
     * @param viewer null: types without being attached
     */
    public CompletableFuture<InputResult> input(@Nullable Viewer viewer, ByteString bytes) {
        var answer = new CompletableFuture<InputResult>();
        post(new SessionCommand.Input(viewer, bytes, answer));
        return answer;
    }

    /**
     * As above, of a client that numbers its input; what is not for the present generation comes
     * back to the viewer.
     *
     * @param from number of the first byte
     */
    public CompletableFuture<InputResult> input(
            Viewer viewer, ClientKey client, long generation, long from, ByteString bytes) {
        var answer = new CompletableFuture<InputResult>();
        post(new SessionCommand.NumberedInput(viewer, client, generation, from, bytes, answer));
        return answer;
    }

    /** What the viewer wants of the program that is offered in this generation. */
    public void answerOffer(Viewer viewer, long generation, boolean run) {
        post(new SessionCommand.AnswerOffer(viewer, generation, run));
    }

    /** Completes when the name is durable. */
    CompletableFuture<Void> rename(String name) {
        var answer = new CompletableFuture<Void>();
        post(new SessionCommand.Rename(name, answer));
        return answer;
    }

    /**
     * @param ifGeneration only if this is the generation that ended; null: whichever it was
     */
    public CompletableFuture<RespawnResult> respawn(@Nullable Long ifGeneration) {
        var answer = new CompletableFuture<RespawnResult>();
        post(new SessionCommand.Respawn(ifGeneration, answer));
        return answer;
    }

    public CompletableFuture<SessionEntry> describe() {
        var answer = new CompletableFuture<SessionEntry>();
        post(new SessionCommand.Describe(answer));
        return answer;
    }

    @Override
    public CompletableFuture<Increment> collect() {
        var answer = new CompletableFuture<Increment>();
        post(new SessionCommand.Collect(answer));
        return answer;
    }

    @Override
    public void stored() {
        post(new SessionCommand.Stored());
    }

    @Override
    public void rollBack() {
        post(new SessionCommand.RollBack());
    }

    /**
     * The newest process that a keeper holds for this session and that its store, an older copy,
     * does not know; null once it was adopted, or the session has another.
     */
    @Nullable HeldProcess newer() {
        return newer;
    }

    void newer(@Nullable HeldProcess process) {
        newer = process;
    }

    /** Whether a newer process waits for a person's choice: no other is started unasked. */
    boolean waitsForChoice() {
        return newer != null && !newerEnded;
    }

    void newerEnded() {
        newerEnded = true;
    }

    /** Hears the process of one generation. */
    PtyListener listener(long generation) {
        return new PtyListener() {
            @Override
            public void output(long offset, ByteString bytes) {
                outputBytes.add(bytes.length());
                post(new SessionCommand.Output(generation, offset, bytes));
            }

            @Override
            public void resized(long event, TerminalSize size) {
                post(new SessionCommand.Resized(generation, event, size));
            }

            @Override
            public void accepted(ClientKey client, long count) {
                post(new SessionCommand.Accepted(generation, client, count));
            }

            @Override
            public void ended(@Nullable Integer exitCode, @Nullable String signal, long endedAt) {
                ExitStatus status =
                        signal != null
                                ? ExitStatus.signalled(signal)
                                : ExitStatus.exited(exitCode == null ? 0 : exitCode);
                post(new SessionCommand.Ended(generation, status, endedAt));
            }

            @Override
            public void lost() {
                post(new SessionCommand.Ended(generation, ExitStatus.LOST));
            }
        };
    }

    void post(SessionCommand command) {
        if (!(command instanceof SessionCommand.OfProcess)) room.acquireUninterruptibly();
        mailbox.add(command);
        // The loop may have ended between the look and the put: whoever comes last refuses what is
        // left.
        if (ended) refuseRest();
    }

    /** Bytes that its processes have printed since the server started. */
    long outputBytes() {
        return outputBytes.sum();
    }

    /** Commands that wait for the session thread. */
    int waiting() {
        return mailbox.size();
    }

    int viewerCount() {
        return viewerCount;
    }

    /** Told by the session thread. */
    void viewerCount(int count) {
        viewerCount = count;
    }

    BlockingQueue<SessionCommand> mailbox() {
        return mailbox;
    }

    /** A command was taken out of the mailbox. */
    void taken(SessionCommand command) {
        if (!(command instanceof SessionCommand.OfProcess)) room.release();
    }

    /** The session thread ends: from now on every command is refused by whoever posts it. */
    void end() {
        ended = true;
        refuseRest();
    }

    private void refuseRest() {
        for (SessionCommand rest = mailbox.poll(); rest != null; rest = mailbox.poll()) {
            taken(rest);
            GoneSession.refuse(rest);
        }
    }
}
