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
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.AttachRequest;
import dev.wormhole.server.session.SessionHandle;
import dev.wormhole.server.session.Sessions;
import dev.wormhole.terminal.screen.Screen;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One connection: does what its client asks, in order. No message ends it: what is wrong is
 * answered with an error.
 *
 * <p>Owned by the {@code conn-<n>} thread; {@link #post} and {@link #announce} are safe from any
 * thread.
 */
final class Connection implements Runnable, ChannelViewer.Owner {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /**
     * Bytes of messages that wait for this thread; it never waits long, so a client beyond this is
     * closed.
     */
    private static final int MAX_WAITING_BYTES = 8 << 20;

    private static final Set<Feature> FEATURES = EnumSet.allOf(Feature.class);

    private final int number;
    private final String serverName;
    private final AtomicLong differences;
    private final Sessions sessions;
    private final Outbox outbox;
    private final Answers answers;
    private final KeeperRequests keepers;
    private final ChannelInput input;
    private final BlockingQueue<ConnectionCommand> mailbox = new LinkedBlockingQueue<>();
    private final AtomicInteger waitingBytes = new AtomicInteger();

    // Owned by the conn-<n> thread.
    private final ChannelTable channels = new ChannelTable();
    private final Set<Feature> features = EnumSet.noneOf(Feature.class);

    /** What the client told of every session; null before it told anything. */
    private ClientMessage.@Nullable ViewerState told;

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
        this.keepers = new KeeperRequests(settings.keepers(), answers);
        this.input = new ChannelInput(outbox, answers);
    }

    Outbox outbox() {
        return outbox;
    }

    /** Queues a command; the queue is bounded by the bytes of its frames. */
    void post(ConnectionCommand command) {
        if (waitingBytes.addAndGet(weight(command)) > MAX_WAITING_BYTES) {
            outbox.close(CloseCode.TOO_SLOW, "more than 8 MiB of messages waited to be read");
            return;
        }
        mailbox.add(command);
    }

    /** Tells the client something that concerns no channel. */
    void announce(ByteString message) {
        outbox.control(message);
    }

    @Override
    public void channelFreed(ChannelViewer viewer, ByteString farewell) {
        post(new ConnectionCommand.ChannelFreed(viewer, farewell));
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
            for (ChannelViewer viewer : channels.viewers()) viewer.session().lost(viewer);
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
                case ConnectionCommand.ChannelFreed(var viewer, var farewell) -> {
                    channels.free(viewer);
                    outbox.channelControl(viewer.channel(), farewell);
                }
                case ConnectionCommand.SessionDestroyed(SessionId id, String ref) ->
                        destroyed(id, ref);
                // On this thread: encoding takes as long as the client asked for.
                case ConnectionCommand.HistoryRead(var view, var request, String ref) ->
                        answers.answerLeisurely(view.answer(request), ref);
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
                    channels.viewerOn(channel).ifPresent(viewer -> input.type(viewer, bytes));
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
            case ClientMessage.Create create -> create(create, ref);
            case ClientMessage.Attach attach -> {
                var request =
                        new AttachRequest(
                                attach.size(),
                                attach.resumeOffset(),
                                attach.resumeEvent(),
                                attach.readOnly(),
                                attach.respawn(),
                                features,
                                input.client());
                withSession(attach.sessionId(), ref, session -> attach(session, request, ref));
            }
            case ClientMessage.Respawn(SessionId id, Long ifGeneration) ->
                    withSession(
                            id,
                            ref,
                            session ->
                                    new Respawn(session, channels.viewerOf(id), answers, ref)
                                            .ask(ifGeneration));
            case ClientMessage.Detach(SessionId id) -> detach(id, ref);
            case ClientMessage.Resize(SessionId id, var size) ->
                    withViewer(id, ref, viewer -> viewer.session().resize(viewer, size));
            case ClientMessage.Rename(SessionId id, String name) ->
                    withSession(id, ref, session -> rename(session, name, ref));
            case ClientMessage.Destroy(SessionId id) ->
                    withSession(id, ref, session -> destroy(session, ref));
            case ClientMessage.Input(SessionId id, ByteString data) ->
                    withSession(
                            id,
                            ref,
                            session ->
                                    session.input(null, data)
                                            .thenAccept(result -> answers.input(result, id, ref)));
            case ClientMessage.InputBegin begin -> {
                if (has(Feature.INPUT, null, ref)) {
                    channels.viewerOn(begin.channel())
                            .ifPresent(viewer -> input.begin(viewer, begin));
                }
            }
            case ClientMessage.ListRequest() ->
                    sessions.list()
                            .thenAccept(
                                    entries ->
                                            answers.answer(
                                                    new ServerMessage.Sessions(entries), ref));
            case ClientMessage.ViewerState news -> viewerState(news);
            case ClientMessage.OutputAck(int channel, long offset, Long received) -> {
                if (has(Feature.ACK, null, ref)) outbox.acknowledged(channel, offset, received);
            }
            case ClientMessage.HistoryRequest history -> readHistory(history, ref);
            case ClientMessage.Refresh(SessionId id) -> refresh(id, ref);
            case ClientMessage.KeepersRequest() -> {
                if (has(Feature.KEEPERS, null, ref)) keepers.look(ref);
            }
            case ClientMessage.OrphanEnd orphan -> {
                if (has(Feature.KEEPERS, null, ref)) keepers.end(orphan, ref);
            }
            case ClientMessage.OrphanAdopt orphan -> {
                if (has(Feature.KEEPERS, null, ref)) keepers.adopt(orphan, ref);
            }
            case ClientMessage.Ping() -> answers.answer(new ServerMessage.Pong(), ref);
        }
    }

    private void hello(ClientMessage.Hello hello, @Nullable String ref) {
        if (hello.protocol() < Limits.PROTOCOL) {
            outbox.close(
                    CloseCode.NO_COMMON_PROTOCOL, "this server speaks protocol " + Limits.PROTOCOL);
            return;
        }
        for (Feature feature : FEATURES) {
            if (hello.features().contains(feature.wireName())) features.add(feature);
        }
        if (!input.isKnown(hello)) features.remove(Feature.INPUT);
        if (features.contains(Feature.ACK)) outbox.clientAcknowledges();
        answers.answer(
                new ServerMessage.Hello(
                        Limits.PROTOCOL,
                        FEATURES.stream().map(Feature::wireName).toList(),
                        serverName,
                        Screen.VERSION,
                        differences.get()),
                ref);
    }

    private void create(ClientMessage.Create create, @Nullable String ref) {
        OptionalInt free = channels.lowestFree();
        if (free.isEmpty()) {
            answers.fail(ErrorCode.CHANNELS_EXHAUSTED, Answers.ALL_CHANNELS, null, ref);
            return;
        }
        int channel = free.getAsInt();
        Sessions.Creation creation =
                sessions.create(
                        create,
                        features,
                        input.client(),
                        session -> {
                            var viewer = new ChannelViewer(session, channel, outbox, this);
                            viewer.expectAttach(ref);
                            channels.attach(channel, session.id(), viewer);
                            return viewer;
                        });
        switch (creation) {
            case Sessions.Creation.Begun _ ->
                    channels.viewerOn(channel).ifPresent(this::tellWhatIsKnown);
            case Sessions.Creation.Known(SessionHandle session) ->
                    attach(
                            session,
                            new AttachRequest(
                                    create.size(),
                                    null,
                                    null,
                                    false,
                                    RespawnMode.NEVER,
                                    features,
                                    input.client()),
                            ref);
            case Sessions.Creation.Refused(ErrorCode code, String message) ->
                    answers.fail(code, message, null, ref);
        }
    }

    private void attach(SessionHandle session, AttachRequest request, @Nullable String ref) {
        ChannelViewer viewer = channels.viewerOf(session.id()).orElse(null);
        if (viewer == null) {
            OptionalInt free = channels.lowestFree();
            if (free.isEmpty()) {
                answers.fail(ErrorCode.CHANNELS_EXHAUSTED, Answers.ALL_CHANNELS, session.id(), ref);
                return;
            }
            viewer = new ChannelViewer(session, free.getAsInt(), outbox, this);
            channels.attach(free.getAsInt(), session.id(), viewer);
        }
        viewer.expectAttach(ref);
        session.attach(viewer, request);
        tellWhatIsKnown(viewer);
    }

    private void tellWhatIsKnown(ChannelViewer viewer) {
        if (told != null) viewer.session().tell(viewer, told);
    }

    private void viewerState(ClientMessage.ViewerState news) {
        SessionId id = news.sessionId();
        if (id != null) {
            channels.viewerOf(id).ifPresent(viewer -> viewer.session().tell(viewer, news));
            return;
        }
        told = told == null ? news : told.with(news);
        for (ChannelViewer viewer : channels.viewers()) viewer.session().tell(viewer, news);
    }

    /** Whether the client announced a feature; else it is told that the request needs it. */
    private boolean has(Feature feature, @Nullable SessionId id, @Nullable String ref) {
        if (features.contains(feature)) return true;
        answers.fail(
                ErrorCode.UNSUPPORTED,
                "this needs the feature " + feature.wireName() + ", which hello did not name",
                id,
                ref);
        return false;
    }

    private void readHistory(ClientMessage.HistoryRequest request, @Nullable String ref) {
        SessionId id = request.sessionId();
        if (!has(Feature.HISTORY, id, ref)) return;
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

    private void detach(SessionId id, @Nullable String ref) {
        Optional<ChannelViewer> attached = channels.viewerOf(id);
        OptionalInt reserved = channels.reservedFor(id);
        if (attached.isPresent()) {
            ChannelViewer viewer = attached.get();
            channels.leave(viewer);
            viewer.expectDetach(ref);
            viewer.session().detach(viewer);
        } else if (reserved.isPresent()) {
            channels.free(reserved.getAsInt());
            answers.answer(new ServerMessage.Detached(id, reserved.getAsInt()), ref);
        } else {
            boolean exists = sessions.find(id).isPresent();
            answers.fail(
                    exists ? ErrorCode.BAD_REQUEST : ErrorCode.NOT_FOUND,
                    exists ? Answers.NOT_ATTACHED : Answers.NO_SUCH_SESSION,
                    id,
                    ref);
        }
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

    private void destroyed(SessionId id, @Nullable String ref) {
        var message = new ServerMessage.Destroyed(id);
        Optional<ChannelViewer> attached = channels.viewerOf(id);
        if (attached.isEmpty()) {
            answers.answer(message, ref);
            return;
        }
        ChannelViewer viewer = attached.get();
        outbox.letGo(viewer.channel());
        viewer.tell(message, ref);
        channels.reserve(viewer);
    }

    private void withViewer(SessionId id, @Nullable String ref, Consumer<ChannelViewer> request) {
        channels.viewerOf(id)
                .ifPresentOrElse(
                        request,
                        () -> answers.fail(ErrorCode.BAD_REQUEST, Answers.NOT_ATTACHED, id, ref));
    }

    private void refresh(SessionId id, @Nullable String ref) {
        if (!has(Feature.HASH, id, ref)) return;
        log.info("conn-{}: session {}: the client's screen is another", number, id);
        withViewer(
                id,
                ref,
                viewer -> {
                    differences.incrementAndGet();
                    viewer.session().refresh(viewer);
                });
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
                    ConnectionCommand.Closed _ ->
                    0;
        };
    }
}
