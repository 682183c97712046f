package dev.wormhole.server.connection;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.CloseCode;
import dev.wormhole.protocol.Decoded;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.AttachRequest;
import dev.wormhole.server.session.SessionCommand.InputResult;
import dev.wormhole.server.session.SessionCommand.RespawnResult;
import dev.wormhole.server.session.SessionGoneException;
import dev.wormhole.server.session.SessionHandle;
import dev.wormhole.server.session.Sessions;
import dev.wormhole.server.session.StoreException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

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

    /** What the server's hello calls it; the version is for people. */
    private static final List<String> FEATURES = List.of();

    private final int number;
    private final String serverName;
    private final Sessions sessions;
    private final Outbox outbox;
    private final BlockingQueue<ConnectionCommand> mailbox = new LinkedBlockingQueue<>();
    private final AtomicInteger waitingBytes = new AtomicInteger();

    // Owned by the conn-<n> thread.
    private final ChannelTable channels = new ChannelTable();

    Connection(int number, String serverName, Sessions sessions, Outbox outbox) {
        this.number = number;
        this.serverName = serverName;
        this.sessions = sessions;
        this.outbox = outbox;
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
    public void channelFreed(ChannelViewer viewer) {
        post(new ConnectionCommand.ChannelFreed(viewer));
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
                        fail(
                                ErrorCode.BAD_REQUEST,
                                "text messages are not part of this protocol: send binary",
                                null,
                                null);
                case ConnectionCommand.ChannelFreed(ChannelViewer viewer) -> channels.free(viewer);
                case ConnectionCommand.SessionDestroyed(SessionId id, String ref) ->
                        destroyed(id, ref);
                case ConnectionCommand.Closed() -> {}
            }
        } catch (RuntimeException e) {
            // A defect costs one message, not the connection.
            log.error("conn-{}: {} failed", number, command.getClass().getSimpleName(), e);
            fail(
                    ErrorCode.INTERNAL,
                    "the server failed at this request; its log says more",
                    null,
                    null);
        }
    }

    private void frame(Frame frame) {
        switch (frame) {
            case Frame.Empty() -> {}
            case Frame.Data(int channel, ByteString bytes) ->
                    channels.viewerOn(channel).ifPresent(viewer -> type(viewer, bytes));
            case Frame.Control(ByteString json) -> {
                switch (MessageCodec.decodeClient(json)) {
                    case Decoded.Message<ClientMessage>(ClientMessage message, String ref) ->
                            request(message, ref);
                    case Decoded.Unknown<ClientMessage>(_, String ref) ->
                            fail(ErrorCode.BAD_REQUEST, "unknown message type", null, ref);
                    case Decoded.Malformed<ClientMessage>(String reason, String ref) ->
                            fail(ErrorCode.BAD_REQUEST, reason, null, ref);
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
                                attach.respawn());
                withSession(attach.sessionId(), ref, session -> attach(session, request, ref));
            }
            case ClientMessage.Respawn(SessionId id, Long ifGeneration) ->
                    withSession(id, ref, session -> respawn(session, ifGeneration, ref));
            case ClientMessage.Detach(SessionId id) -> detach(id, ref);
            case ClientMessage.Resize(SessionId id, var size) ->
                    channels.viewerOf(id)
                            .ifPresentOrElse(
                                    viewer -> viewer.session().resize(viewer, size),
                                    () ->
                                            fail(
                                                    ErrorCode.BAD_REQUEST,
                                                    "not attached to this session",
                                                    id,
                                                    ref));
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
                                            .thenAccept(result -> inputResult(result, id, ref)));
            case ClientMessage.ListRequest() ->
                    sessions.list()
                            .thenAccept(
                                    entries -> answer(new ServerMessage.Sessions(entries), ref));
            // Nothing here answers from it yet.
            case ClientMessage.ViewerState _ -> {}
            case ClientMessage.OutputAck _ ->
                    fail(
                            ErrorCode.UNSUPPORTED,
                            "output_ack needs the feature ack, which this server has not",
                            null,
                            ref);
            case ClientMessage.HistoryRequest(SessionId id, _, _) ->
                    fail(ErrorCode.UNSUPPORTED, "needs the feature history", id, ref);
            case ClientMessage.Refresh(SessionId id) ->
                    fail(ErrorCode.UNSUPPORTED, "needs the feature hash", id, ref);
            case ClientMessage.Ping() -> answer(new ServerMessage.Pong(), ref);
        }
    }

    private void hello(ClientMessage.Hello hello, @Nullable String ref) {
        if (hello.protocol() < Limits.PROTOCOL) {
            outbox.close(
                    CloseCode.NO_COMMON_PROTOCOL, "this server speaks protocol " + Limits.PROTOCOL);
            return;
        }
        answer(new ServerMessage.Hello(Limits.PROTOCOL, FEATURES, serverName, 0), ref);
    }

    private void create(ClientMessage.Create create, @Nullable String ref) {
        OptionalInt free = channels.lowestFree();
        if (free.isEmpty()) {
            fail(ErrorCode.CHANNELS_EXHAUSTED, ALL_CHANNELS, null, ref);
            return;
        }
        int channel = free.getAsInt();
        Sessions.Creation creation =
                sessions.create(
                        create,
                        session -> {
                            var viewer = new ChannelViewer(session, channel, outbox, this);
                            viewer.expectAttach(ref);
                            channels.attach(channel, session.id(), viewer);
                            return viewer;
                        });
        switch (creation) {
            case Sessions.Creation.Begun _ -> {}
            case Sessions.Creation.Known(SessionHandle session) ->
                    attach(
                            session,
                            new AttachRequest(create.size(), null, null, false, RespawnMode.NEVER),
                            ref);
            case Sessions.Creation.Refused(ErrorCode code, String message) ->
                    fail(code, message, null, ref);
        }
    }

    private static final String ALL_CHANNELS =
            "all 255 channels of this connection are in use: detach a session first";

    private void attach(SessionHandle session, AttachRequest request, @Nullable String ref) {
        ChannelViewer viewer = channels.viewerOf(session.id()).orElse(null);
        if (viewer == null) {
            OptionalInt free = channels.lowestFree();
            if (free.isEmpty()) {
                fail(ErrorCode.CHANNELS_EXHAUSTED, ALL_CHANNELS, session.id(), ref);
                return;
            }
            viewer = new ChannelViewer(session, free.getAsInt(), outbox, this);
            channels.attach(free.getAsInt(), session.id(), viewer);
        }
        viewer.expectAttach(ref);
        session.attach(viewer, request);
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
            answer(new ServerMessage.Detached(id, reserved.getAsInt()), ref);
        } else {
            boolean exists = sessions.find(id).isPresent();
            fail(
                    exists ? ErrorCode.BAD_REQUEST : ErrorCode.NOT_FOUND,
                    exists ? "not attached to this session" : NO_SUCH_SESSION,
                    id,
                    ref);
        }
    }

    private static final String NO_SUCH_SESSION = "no such session: it may have been destroyed";

    private void respawn(SessionHandle session, @Nullable Long ifGeneration, @Nullable String ref) {
        Optional<ChannelViewer> attached = channels.viewerOf(session.id());
        attached.ifPresent(viewer -> viewer.expectRespawn(ref));
        session.respawn(ifGeneration)
                .whenComplete(
                        (result, failure) ->
                                respawned(session.id(), attached, result, failure, ref));
    }

    /** On the session thread. */
    private void respawned(
            SessionId id,
            Optional<ChannelViewer> attached,
            @Nullable RespawnResult result,
            @Nullable Throwable failure,
            @Nullable String ref) {
        if (result
                instanceof
                RespawnResult.Done(long generation, long offset, long event, boolean before)) {
            if (attached.isPresent() && !before) {
                attached.get().willRespawn(generation, offset, event);
                return;
            }
            attached.ifPresent(ChannelViewer::takeRespawnRef);
            Integer channel = attached.map(ChannelViewer::channel).orElse(null);
            answer(new ServerMessage.Respawned(id, channel, generation, offset, event), ref);
            return;
        }
        attached.ifPresent(ChannelViewer::takeRespawnRef);
        switch (result) {
            case RespawnResult.Stale(long generation) ->
                    fail(
                            ErrorCode.STALE_GENERATION,
                            "generation " + generation + " is the current one",
                            id,
                            ref);
            case RespawnResult.Failed(var why) ->
                    fail(
                            why.ofStore() ? ErrorCode.STORE_FAILED : ErrorCode.SPAWN_FAILED,
                            why.message(),
                            id,
                            ref);
            case null, default -> failed(failure, id, ref);
        }
    }

    private void rename(SessionHandle session, String name, @Nullable String ref) {
        sessions.rename(session, name, this)
                .whenComplete(
                        (_, failure) -> {
                            if (failure == null)
                                answer(new ServerMessage.Renamed(session.id(), name), ref);
                            else failed(failure, session.id(), ref);
                        });
    }

    private void destroy(SessionHandle session, @Nullable String ref) {
        sessions.destroy(session, this)
                .whenComplete(
                        (_, failure) -> {
                            if (failure == null)
                                post(new ConnectionCommand.SessionDestroyed(session.id(), ref));
                            else failed(failure, session.id(), ref);
                        });
    }

    private void destroyed(SessionId id, @Nullable String ref) {
        var message = new ServerMessage.Destroyed(id);
        Optional<ChannelViewer> attached = channels.viewerOf(id);
        if (attached.isEmpty()) {
            answer(message, ref);
            return;
        }
        attached.get().tell(message, ref);
        channels.reserve(attached.get());
    }

    private void type(ChannelViewer viewer, ByteString bytes) {
        if (bytes.isEmpty()) return;
        outbox.prefer(viewer.channel());
        viewer.session()
                .input(viewer, bytes)
                .thenAccept(result -> inputResult(result, viewer.sessionId(), null));
    }

    private void inputResult(InputResult result, SessionId id, @Nullable String ref) {
        switch (result) {
            case TAKEN -> {}
            case READ_ONLY -> fail(ErrorCode.READ_ONLY, "this viewer may only look", id, ref);
            case QUEUE_FULL ->
                    fail(
                            ErrorCode.LIMIT,
                            "the program does not read its input: nothing was typed, try again",
                            id,
                            ref);
        }
    }

    /** What is done with a session that exists. */
    private interface SessionRequest {
        void on(SessionHandle session);
    }

    private void withSession(SessionId id, @Nullable String ref, SessionRequest request) {
        sessions.find(id)
                .ifPresentOrElse(
                        request::on, () -> fail(ErrorCode.NOT_FOUND, NO_SUCH_SESSION, id, ref));
    }

    private void failed(@Nullable Throwable failure, SessionId id, @Nullable String ref) {
        Throwable cause =
                failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        switch (cause) {
            case SessionGoneException _ -> fail(ErrorCode.NOT_FOUND, NO_SUCH_SESSION, id, ref);
            case StoreException e ->
                    fail(ErrorCode.STORE_FAILED, String.valueOf(e.getMessage()), id, ref);
            case null, default -> {
                log.error("conn-{}: request about session {} failed", number, id, cause);
                fail(
                        ErrorCode.INTERNAL,
                        "the server failed at this request; its log says more",
                        id,
                        ref);
            }
        }
    }

    private void fail(
            ErrorCode code, String message, @Nullable SessionId id, @Nullable String ref) {
        answer(new ServerMessage.Failure(code, message, id), ref);
    }

    private void answer(ServerMessage message, @Nullable String ref) {
        outbox.control(MessageCodec.encode(message, ref));
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
                    ConnectionCommand.Closed _ ->
                    0;
        };
    }
}
