package dev.wormhole.client.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The door to one session server: a connection that comes back by itself, the sessions that stay
 * attached over it, and the requests that wait for it. Knows no JavaFX and no terminal.
 *
 * <p>Safe from any thread: every call is a message to the link thread.
 *
 * <p>Futures are completed on the link thread: what hangs on them must not block. They fail with a
 * {@link RequestException} when the server says no, and with a {@link LinkException} when the link
 * is closed, or when the connection was lost before the answer to a request that must not be sent
 * twice. A request made while there is no connection waits for one.
 */
public final class Link implements AutoCloseable {

    private final Mailbox mailbox;
    private final LinkLoop loop;

    Link(Mailbox mailbox, LinkLoop loop) {
        this.mailbox = mailbox;
        this.loop = loop;
    }

    /** Opens a link that connects at once and goes on connecting until it is closed. */
    public static Link start(LinkTarget target, LinkListener listener, String clientName) {
        return start(target, listener, clientName, Capabilities.NONE);
    }

    /** As above, with what its user can do beyond protocol 1. */
    public static Link start(
            LinkTarget target,
            LinkListener listener,
            String clientName,
            Capabilities capabilities) {
        var mailbox = new Mailbox();
        var surroundings =
                new LinkLoop.Surroundings(
                        JavaWebSocketTransport::open,
                        job -> Thread.ofVirtual().name("link-resolve").start(job),
                        Link::later,
                        new Random()::nextDouble);
        var loop = new LinkLoop(target, listener, clientName, capabilities, mailbox, surroundings);
        Thread.ofVirtual().name("link").start(loop::run);
        watch(mailbox, new SleepWatch(InstantSource.system(), System::nanoTime));
        return new Link(mailbox, loop);
    }

    /** Where the link stands now; {@link LinkListener#stateChanged} tells every change. */
    public LinkState state() {
        return loop.state();
    }

    /** Skips the wait before the next attempt; nothing while connecting or connected. */
    public void retryNow() {
        mailbox.signal(new Mail.RetryNow());
    }

    /**
     * Makes a session and attaches it to the sink. Sent again after a lost connection under the
     * same createId (a new one if the request has none), so that exactly one session comes to be.
     * One that is not to be stored is not asked of a server that would store it.
     */
    public CompletableFuture<Attachment> create(ClientMessage.Create request, SessionSink sink) {
        var identified =
                request.createId() != null
                        ? request
                        : new ClientMessage.Create(
                                request.size(),
                                request.name(),
                                request.cwd(),
                                request.command(),
                                request.env(),
                                UUID.randomUUID().toString(),
                                request.isStored());
        return ask(done -> new Mail.Create(identified, sink, done));
    }

    /**
     * Attaches a session now, or as soon as there is a connection, and again on every later one. A
     * session has one attachment on a link: a second one is ended at once.
     *
     * @param size null: no vote on the session's size
     * @param first what the first attach does to a session without a process; later ones start only
     *     a process that was lost
     */
    public Attachment attach(
            SessionId id,
            @Nullable TerminalSize size,
            boolean readOnly,
            RespawnMode first,
            SessionSink sink) {
        var handle = new AttachmentHandle(id, mailbox);
        mailbox.command(new Mail.Attach(handle, size, readOnly, first, sink));
        return handle;
    }

    /** The server's sessions. */
    public CompletableFuture<List<SessionEntry>> list() {
        return ask(Mail.ListSessions::new);
    }

    public CompletableFuture<Void> rename(SessionId id, String name) {
        return ask(done -> new Mail.Rename(id, name, done));
    }

    /** Ends a session for ever. */
    public CompletableFuture<Void> destroy(SessionId id) {
        return ask(done -> new Mail.Destroy(id, done));
    }

    /**
     * Types into a session without attaching it; completes when the server has taken all of it. Not
     * sent twice: a connection lost on the way fails it.
     */
    public CompletableFuture<Void> input(SessionId id, ByteString bytes) {
        return ask(done -> new Mail.TypeInto(id, bytes, done));
    }

    /**
     * Lines of a session's scrollback by number, as many as one message holds; the session need not
     * be attached. Only with feature {@code history}.
     *
     * @param before lines with a smaller number than this; null: the newest
     * @param count at most so many, 1 to {@link Limits#HISTORY_LINES}
     */
    public CompletableFuture<ServerMessage.History> history(
            SessionId id, @Nullable Long before, int count) {
        var request = new ClientMessage.HistoryRequest(id, before, count);
        return ask(done -> new Mail.AskHistory(request, done));
    }

    /** Who holds the server's processes. Only with feature {@code keepers}. */
    public CompletableFuture<ServerMessage.Keepers> keepers() {
        return ask(Mail.AskKeepers::new);
    }

    /** How the server's store is doing. Only with feature {@code store}. */
    public CompletableFuture<ServerMessage.StoreState> store() {
        return ask(Mail.AskStore::new);
    }

    /** What the server's last start brought back. Only with feature {@code recovery}. */
    public CompletableFuture<ServerMessage.Recovery> recovery() {
        return ask(Mail.AskRecovery::new);
    }

    /** Ends a process that no session knows. Only with feature {@code keepers}. */
    public CompletableFuture<Void> endOrphan(SessionId id, long generation) {
        return ask(done -> new Mail.EndOrphan(id, generation, done));
    }

    /** Makes a session of a process that has none. Only with feature {@code keepers}. */
    public CompletableFuture<Void> adoptOrphan(SessionId id, long generation) {
        return ask(done -> new Mail.AdoptOrphan(id, generation, done));
    }

    /**
     * Makes a task and starts its command; completes when the task is durable, which is before its
     * command starts. Sent again after a lost connection under the same createId (a new one if the
     * request has none), so that exactly one task comes to be. Only with feature {@code tasks}, as
     * everything about tasks.
     */
    public CompletableFuture<TaskEntry> startTask(ClientMessage.TaskStart request) {
        var identified =
                request.createId() != null
                        ? request
                        : new ClientMessage.TaskStart(
                                request.repo(),
                                request.task(),
                                request.command(),
                                request.name(),
                                request.env(),
                                request.size(),
                                request.timeLimit(),
                                UUID.randomUUID().toString());
        return ask(identified, ServerMessage.TaskCreated.class)
                .thenApply(ServerMessage.TaskCreated::task);
    }

    /** All tasks that the server knows, the newest first. */
    public CompletableFuture<List<TaskEntry>> tasks() {
        return ask(new ClientMessage.TaskListRequest(), ServerMessage.Tasks.class)
                .thenApply(ServerMessage.Tasks::tasks);
    }

    /**
     * One task.
     *
     * @param unlike null: as it is; else as soon as it has another status than this
     */
    public CompletableFuture<TaskEntry> task(SessionId id, @Nullable TaskStatus unlike) {
        return ask(new ClientMessage.TaskRequest(id, unlike), ServerMessage.Task.class)
                .thenApply(ServerMessage.Task::task);
    }

    /** Tells a task's command to end; completes when it was told. */
    public CompletableFuture<TaskEntry> terminateTask(SessionId id) {
        return ask(new ClientMessage.TaskTerminate(id), ServerMessage.Task.class)
                .thenApply(ServerMessage.Task::task);
    }

    /** Makes a task like this one; completes as {@link #startTask} does. */
    public CompletableFuture<TaskEntry> rerunTask(SessionId id) {
        var request = new ClientMessage.TaskRerun(id, UUID.randomUUID().toString());
        return ask(request, ServerMessage.TaskCreated.class)
                .thenApply(ServerMessage.TaskCreated::task);
    }

    /**
     * Output of a task from an offset on, as much as one message holds; nothing that is kept is
     * missed by asking on from its end.
     *
     * @param wait where there is none: until there is, or there will be none any more
     */
    public CompletableFuture<ServerMessage.TaskOutput> taskOutput(
            SessionId id, long offset, boolean wait) {
        return ask(
                new ClientMessage.TaskOutputRequest(id, offset, Limits.TASK_OUTPUT_BYTES, wait),
                ServerMessage.TaskOutput.class);
    }

    /**
     * What only this end knows of the terminal that a person looks at; remembered and told again
     * over the next connection. Of a session that is not attached here nothing is told.
     */
    public void viewerState(ClientMessage.ViewerState state) {
        mailbox.command(new Mail.TellViewer(state));
    }

    /** How many screens differed from the server's since the link began. */
    public long differences() {
        return loop.differences();
    }

    /** What the server says about itself; waits for a connection. */
    public CompletableFuture<ServerMessage.Hello> hello() {
        return ask(Mail.AskHello::new);
    }

    /**
     * Closes the connection and ends the link; sessions live on and sinks hear nothing more. Does
     * not wait.
     */
    @Override
    public void close() {
        mailbox.signal(new Mail.Close());
    }

    private <A extends ServerMessage> CompletableFuture<A> ask(
            ClientMessage request, Class<A> answer) {
        return ask(done -> new Mail.Ask<>(request, Requests.Repeat.REPEATABLE, answer, done));
    }

    private <T> CompletableFuture<T> ask(Function<CompletableFuture<T>, Mail.Command> command) {
        var done = new CompletableFuture<T>();
        if (!mailbox.command(command.apply(done))) {
            done.completeExceptionally(LinkLoop.closed());
        }
        return done;
    }

    /** Looks at the clocks until the link is closed. */
    private static void watch(Mailbox mailbox, SleepWatch clocks) {
        later(
                SleepWatch.BEAT,
                () -> {
                    if (clocks.woke()) mailbox.signal(new Mail.Woke());
                    if (!mailbox.isClosed()) watch(mailbox, clocks);
                });
    }

    private static void later(Duration delay, Runnable wake) {
        // The wake only enqueues, so it may run on the thread that keeps the time.
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(wake);
    }
}
