package dev.wormhole.server.connection;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.CloseCode;
import dev.wormhole.protocol.Decoded;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.SessionHandle;
import dev.wormhole.server.session.Sessions;
import dev.wormhole.server.task.TaskService;
import dev.wormhole.terminal.screen.Screen;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One connection: does what its client asks, in order. No message ends it: what is wrong is
 * answered with an error.
 *
 * <p>Owned by the {@code conn-<n>} thread; {@link #post} and {@link #announce} are safe from any
 * thread.
 */
final class Connection implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /**
     * Bytes of messages that wait for this thread; it never waits long, so a client beyond this is
     * closed.
     */
    private static final int MAX_WAITING_BYTES = 8 << 20;

    private final int number;
    private final String serverName;
    private final AtomicLong differences;
    private final Sessions sessions;
    private final Outbox outbox;
    private final Answers answers;
    private final KeeperRequests keepers;
    private final Supplier<ServerMessage.Recovery> recovery;
    private final Supplier<ServerMessage.StoreState> store;
    private final Announced announced;
    private final TaskService tasks;
    private final TaskRequests taskRequests;
    private final ChannelInput input;
    private final Attachments attachments;
    private final BlockingQueue<ConnectionCommand> mailbox = new LinkedBlockingQueue<>();
    private volatile boolean hearsOfStore;
    private volatile boolean hearsOfTasks;

    /** Tasks that are being brought back for this connection. */
    private CompletableFuture<?> opening = CompletableFuture.completedFuture(null);

    private final AtomicInteger waitingBytes = new AtomicInteger();

    /**
     * @param differences screens of all clients that were found to differ
     */
    Connection(
            int number,
            EndpointSettings settings,
            Sessions sessions,
            Outbox outbox,
            AtomicLong differences) {
        this.differences = differences;
        this.number = number;
        this.serverName = settings.serverName();
        this.sessions = sessions;
        this.outbox = outbox;
        this.answers = new Answers(number, outbox);
        this.store = settings.store();
        this.recovery = settings.recovery();
        this.keepers = new KeeperRequests(settings.keepers(), answers);
        this.announced = new Announced(answers);
        this.tasks = settings.tasks();
        this.taskRequests = new TaskRequests(tasks, announced, answers);
        this.input = new ChannelInput(announced, outbox, answers);
        this.attachments =
                new Attachments(
                        sessions,
                        announced,
                        outbox,
                        answers,
                        (viewer, farewell) ->
                                post(new ConnectionCommand.ChannelFreed(viewer, farewell)));
    }

    Outbox outbox() {
        return outbox;
    }

    /** Bytes of its client's messages that wait for this thread. Safe from any thread. */
    int waitingBytes() {
        return waitingBytes.get();
    }

    /** Queues a command; the queue is bounded by the bytes of its frames. */
    void post(ConnectionCommand command) {
        if (waitingBytes.addAndGet(weight(command)) > MAX_WAITING_BYTES) {
            outbox.close(CloseCode.TOO_SLOW, "more than 8 MiB of messages waited to be read");
            return;
        }
        mailbox.add(command);
    }

    /** Whether its client announced so. Safe from any thread. */
    boolean hearsOfStore() {
        return hearsOfStore;
    }

    /** Whether its client announced so. Safe from any thread. */
    boolean hearsOfTasks() {
        return hearsOfTasks;
    }

    /** Tells the client something that concerns no channel. */
    void announce(ByteString message) {
        outbox.control(message);
    }

    @Override
    public void run() {
        try {
            for (ConnectionCommand next = mailbox.take(); ; next = mailbox.take()) {
                waitingBytes.addAndGet(-weight(next));
                if (next instanceof ConnectionCommand.Closed) return;
                handle(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            attachments.lost();
            taskRequests.close();
            outbox.end();
        }
    }

    private void handle(ConnectionCommand command) {
        try {
            switch (command) {
                case ConnectionCommand.FrameArrived(Frame frame) -> frame(frame);
                case ConnectionCommand.TextArrived() ->
                        answers.fail(
                                ErrorCode.BAD_REQUEST,
                                "text messages are not part of this protocol: send binary",
                                null,
                                null);
                case ConnectionCommand.ChannelFreed(var viewer, var farewell) ->
                        attachments.freed(viewer, farewell);
                case ConnectionCommand.SessionDestroyed(SessionId id, String ref) ->
                        attachments.destroyed(id, ref);
                // On this thread: encoding takes as long as the client asked for.
                case ConnectionCommand.HistoryRead(var view, var request, String ref) ->
                        answers.answerLeisurely(view.answer(request), ref);
                case ConnectionCommand.TaskOpened opened -> opened(opened);
                case ConnectionCommand.Closed() -> {}
            }
        } catch (RuntimeException e) {
            // A defect costs one message, not the connection.
            log.error("conn-{}: {} failed", number, command.getClass().getSimpleName(), e);
            answers.defect();
        }
    }

    private void frame(Frame frame) {
        switch (frame) {
            case Frame.Empty() -> {}
            case Frame.Data(int channel, ByteString bytes) ->
                    attachments.on(channel).ifPresent(viewer -> input.type(viewer, bytes));
            case Frame.Control(ByteString json) -> {
                switch (MessageCodec.decodeClient(json)) {
                    case Decoded.Message<ClientMessage>(ClientMessage message, String ref) ->
                            request(message, ref);
                    case Decoded.Unknown<ClientMessage>(_, String ref) ->
                            answers.fail(ErrorCode.BAD_REQUEST, "unknown message type", null, ref);
                    case Decoded.Malformed<ClientMessage>(String reason, String ref) ->
                            answers.fail(ErrorCode.BAD_REQUEST, reason, null, ref);
                }
            }
        }
    }

    private void request(ClientMessage message, @Nullable String ref) {
        switch (message) {
            case ClientMessage.Hello hello -> hello(hello, ref);
            case ClientMessage.Create create -> attachments.create(create, ref);
            case ClientMessage.Attach attach -> attach(attach, ref);
            case ClientMessage.Respawn(SessionId id, Long ifGeneration) ->
                    withSession(
                            id,
                            ref,
                            session ->
                                    new Respawn(session, attachments.of(id), answers, ref)
                                            .ask(ifGeneration));
            case ClientMessage.Detach(SessionId id) -> attachments.detach(id, ref);
            case ClientMessage.Resize(SessionId id, var size) ->
                    attachments.with(id, ref, viewer -> viewer.session().resize(viewer, size));
            case ClientMessage.Rename(SessionId id, String name) ->
                    withSession(id, ref, session -> rename(session, name, ref));
            case ClientMessage.Destroy(SessionId id) -> {
                if (tasks.knows(id)) forget(id, ref);
                else withSession(id, ref, session -> destroy(session, ref));
            }
            case ClientMessage.Input(SessionId id, ByteString data) ->
                    withSession(
                            id,
                            ref,
                            session ->
                                    session.input(null, data)
                                            .thenAccept(result -> answers.input(result, id, ref)));
            case ClientMessage.InputBegin begin -> {
                if (announced.allows(Feature.INPUT, null, ref)) {
                    attachments.on(begin.channel()).ifPresent(viewer -> input.begin(viewer, begin));
                }
            }
            case ClientMessage.ListRequest() ->
                    // Of a task that is being brought back its client knows already.
                    opening.handle((_, _) -> null)
                            .thenCompose(_ -> sessions.list())
                            .thenAccept(
                                    entries ->
                                            answers.answer(
                                                    new ServerMessage.Sessions(entries), ref));
            case ClientMessage.ViewerState news -> attachments.tell(news);
            case ClientMessage.OutputAck(int channel, long offset, Long received) -> {
                if (announced.allows(Feature.ACK, null, ref))
                    outbox.acknowledged(channel, offset, received);
            }
            case ClientMessage.HistoryRequest history -> readHistory(history, ref);
            case ClientMessage.Refresh(SessionId id) -> refresh(id, ref);
            case ClientMessage.KeepersRequest() -> {
                if (announced.allows(Feature.KEEPERS, null, ref)) keepers.look(ref);
            }
            case ClientMessage.StoreRequest() -> {
                if (announced.allows(Feature.STORE, null, ref)) answers.answer(store.get(), ref);
            }
            case ClientMessage.OfferAnswer answer -> {
                if (announced.allows(Feature.RESUME, answer.sessionId(), ref)) offer(answer, ref);
            }
            case ClientMessage.RecoveryRequest() -> {
                if (announced.allows(Feature.RECOVERY, null, ref))
                    answers.answerLeisurely(recovery.get(), ref);
            }
            case ClientMessage.OrphanEnd orphan -> {
                if (announced.allows(Feature.KEEPERS, null, ref)) keepers.end(orphan, ref);
            }
            case ClientMessage.OrphanAdopt orphan -> {
                if (announced.allows(Feature.KEEPERS, null, ref)) keepers.adopt(orphan, ref);
            }
            case ClientMessage.TaskStart start -> taskRequests.start(start, ref);
            case ClientMessage.TaskListRequest() -> taskRequests.list(ref);
            case ClientMessage.TaskRequest look -> taskRequests.look(look, ref);
            case ClientMessage.TaskTerminate(SessionId id) -> taskRequests.terminate(id, ref);
            case ClientMessage.TaskRerun rerun -> taskRequests.rerun(rerun, ref);
            case ClientMessage.TaskOutputRequest read -> taskRequests.output(read, ref);
            case ClientMessage.Ping() -> answers.answer(new ServerMessage.Pong(), ref);
        }
    }

    private void hello(ClientMessage.Hello hello, @Nullable String ref) {
        if (hello.protocol() < Limits.PROTOCOL) {
            outbox.close(
                    CloseCode.NO_COMMON_PROTOCOL, "this server speaks protocol " + Limits.PROTOCOL);
            return;
        }
        announced.hear(hello);
        hearsOfTasks = announced.features().contains(Feature.TASKS);
        if (announced.features().contains(Feature.ACK)) outbox.clientAcknowledges();
        answers.answer(
                new ServerMessage.Hello(
                        Limits.PROTOCOL,
                        Arrays.stream(Feature.values()).map(Feature::wireName).toList(),
                        serverName,
                        Screen.VERSION,
                        differences.get()),
                ref);
        if (!announced.features().contains(Feature.STORE)) return;
        // First: what changes in between is told twice rather than not at all.
        hearsOfStore = true;
        answers.answer(store.get(), null);
    }

    private void attach(ClientMessage.Attach attach, @Nullable String ref) {
        SessionId id = attach.sessionId();
        if (!isHistory(id)) {
            withSession(id, ref, session -> attachments.attach(session, attach, ref));
            return;
        }
        CompletableFuture<SessionHandle> opened = tasks.open(id);
        opening = CompletableFuture.allOf(opening, opened.handle((_, _) -> null));
        opened.whenComplete(
                (session, failure) ->
                        post(new ConnectionCommand.TaskOpened(attach, ref, session, failure)));
    }

    /** Whether it is a task that is over and has no session any more. */
    private boolean isHistory(SessionId id) {
        return sessions.find(id).isEmpty() && tasks.knows(id);
    }

    private void opened(ConnectionCommand.TaskOpened opened) {
        SessionHandle session = opened.session();
        if (session != null) attachments.attach(session, opened.request(), opened.ref());
        else if (opened.failure() != null)
            taskRequests.fail(opened.failure(), opened.request().sessionId(), opened.ref());
    }

    private void forget(SessionId id, @Nullable String ref) {
        tasks.remove(id)
                .whenComplete(
                        (_, failure) -> {
                            if (failure == null)
                                post(new ConnectionCommand.SessionDestroyed(id, ref));
                            else taskRequests.fail(failure, id, ref);
                        });
    }

    private void readHistory(ClientMessage.HistoryRequest request, @Nullable String ref) {
        SessionId id = request.sessionId();
        if (!announced.allows(Feature.HISTORY, id, ref)) return;
        withSession(
                id,
                ref,
                session ->
                        session.history()
                                .whenComplete(
                                        (view, failure) -> {
                                            if (failure != null) answers.failed(failure, id, ref);
                                            else
                                                post(
                                                        new ConnectionCommand.HistoryRead(
                                                                view, request, ref));
                                        }));
    }

    private void rename(SessionHandle session, String name, @Nullable String ref) {
        sessions.rename(session, name, this)
                .whenComplete(
                        (_, failure) -> {
                            if (failure == null)
                                answers.answer(new ServerMessage.Renamed(session.id(), name), ref);
                            else answers.failed(failure, session.id(), ref);
                        });
    }

    private void destroy(SessionHandle session, @Nullable String ref) {
        sessions.destroy(session, this)
                .whenComplete(
                        (_, failure) -> {
                            if (failure == null)
                                post(new ConnectionCommand.SessionDestroyed(session.id(), ref));
                            else answers.failed(failure, session.id(), ref);
                        });
    }

    private void refresh(SessionId id, @Nullable String ref) {
        if (!announced.allows(Feature.HASH, id, ref)) return;
        log.info("conn-{}: session {}: the client's screen is another", number, id);
        attachments.with(
                id,
                ref,
                viewer -> {
                    differences.incrementAndGet();
                    viewer.session().refresh(viewer);
                });
    }

    private void offer(ClientMessage.OfferAnswer answer, @Nullable String ref) {
        attachments.with(
                answer.sessionId(),
                ref,
                viewer -> viewer.session().answerOffer(viewer, answer.generation(), answer.run()));
    }

    private void withSession(SessionId id, @Nullable String ref, Consumer<SessionHandle> request) {
        sessions.find(id)
                .ifPresentOrElse(
                        request,
                        () -> answers.fail(ErrorCode.NOT_FOUND, Answers.NO_SUCH_SESSION, id, ref));
    }

    private static int weight(ConnectionCommand command) {
        return switch (command) {
            case ConnectionCommand.FrameArrived(Frame.Data(_, ByteString bytes)) ->
                    64 + bytes.length();
            case ConnectionCommand.FrameArrived(Frame.Control(ByteString json)) ->
                    64 + json.length();
            case ConnectionCommand.FrameArrived _, ConnectionCommand.TextArrived _ -> 64;
            // Never refused: without them the connection would stay half open.
            case ConnectionCommand.ChannelFreed _,
                    ConnectionCommand.SessionDestroyed _,
                    ConnectionCommand.HistoryRead _,
                    ConnectionCommand.TaskOpened _,
                    ConnectionCommand.Closed _ ->
                    0;
        };
    }
}
