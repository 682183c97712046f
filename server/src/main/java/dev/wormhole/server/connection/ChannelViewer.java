package dev.wormhole.server.connection;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.ExitStatus;
import dev.wormhole.server.session.Mark;
import dev.wormhole.server.session.SessionHandle;
import dev.wormhole.server.session.Viewer;
import dev.wormhole.server.session.ViewerUpdate;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One session on one channel of one connection: turns the session's updates into frames of that
 * channel.
 *
 * <p>Safe from any thread: updates come on the session thread, references of requests from {@code
 * conn-<n>}.
 */
final class ChannelViewer implements Viewer {

    /** Hears that the channel is free again; must only enqueue. */
    interface Owner {

        /**
         * @param farewell to tell the client once the number can be given again, so that what it
         *     asks for then finds it free
         */
        void channelFreed(ChannelViewer viewer, ByteString farewell);
    }

    /** The reference of a request; a request without one still takes its place in the order. */
    private record Ref(@Nullable String value) {}

    /** A respawn this connection asked for, whose place in the stream has not been reached. */
    private record Respawned(long generation, long offset, long event) {}

    private final SessionId sessionId;
    private final int channel;
    private final SessionHandle session;
    private final Outbox outbox;
    private final Owner owner;

    // Answers come in the order of the requests.
    private final Queue<Ref> attachRefs = new ConcurrentLinkedQueue<>();
    private final Queue<Ref> detachRefs = new ConcurrentLinkedQueue<>();
    private final Queue<Ref> respawnRefs = new ConcurrentLinkedQueue<>();

    // Owned by the session thread.
    private @Nullable Respawned unannounced;

    ChannelViewer(SessionHandle session, int channel, Outbox outbox, Owner owner) {
        this.sessionId = session.id();
        this.session = session;
        this.channel = channel;
        this.outbox = outbox;
        this.owner = owner;
    }

    SessionId sessionId() {
        return sessionId;
    }

    int channel() {
        return channel;
    }

    SessionHandle session() {
        return session;
    }

    void expectAttach(@Nullable String ref) {
        attachRefs.add(new Ref(ref));
    }

    void expectDetach(@Nullable String ref) {
        detachRefs.add(new Ref(ref));
    }

    void expectRespawn(@Nullable String ref) {
        respawnRefs.add(new Ref(ref));
    }

    /**
     * The generation runs; its mark, still to come, is the answer. Called on the session thread.
     */
    void willRespawn(long generation, long offset, long event) {
        unannounced = new Respawned(generation, offset, event);
    }

    /** The request was refused, or was done before it came: it is answered elsewhere. */
    @Nullable String takeRespawnRef() {
        return value(respawnRefs.poll());
    }

    /** There is room again. Called on the {@code conn-<n>-out} thread. */
    void ready() {
        session.ready(this);
    }

    @Override
    public int room() {
        return outbox.room(this);
    }

    @Override
    public void pass() {
        outbox.pass(this);
    }

    @Override
    public long rate() {
        return outbox.rate();
    }

    @Override
    public boolean hasEverything() {
        return outbox.isQuiet(channel);
    }

    @Override
    public void deliver(ViewerUpdate update) {
        switch (update) {
            case ViewerUpdate.Attached attached ->
                    tell(created(attached), value(attachRefs.poll()));
            case ViewerUpdate.Refused(var code, String message) -> {
                var failure = new ServerMessage.Failure(code, message, sessionId);
                owner.channelFreed(this, MessageCodec.encode(failure, value(attachRefs.poll())));
            }
            case ViewerUpdate.Resync resync -> resync(resync);
            case ViewerUpdate.Output(long offset, ByteString bytes) ->
                    outbox.data(channel, bytes, offset);
            case ViewerUpdate.Marked(Mark mark) -> mark(mark);
            case ViewerUpdate.Happened(long offset, Happening what) ->
                    tell(new ServerMessage.Event(sessionId, offset, what), null);
            case ViewerUpdate.Compare(long offset, long event, long hash) ->
                    tell(new ServerMessage.Hash(sessionId, channel, offset, event, hash), null);
            case ViewerUpdate.InputTaken(long count) ->
                    tell(new ServerMessage.InputAck(channel, count), null);
            case ViewerUpdate.InputDiscarded(long generation, long count) ->
                    tell(new ServerMessage.InputDiscarded(channel, generation, count), null);
            case ViewerUpdate.Offered(long generation, var words, String line) ->
                    tell(
                            new ServerMessage.Offer(sessionId, channel, generation, words, line),
                            null);
            case ViewerUpdate.RespawnFailed(var code, String message) ->
                    tell(new ServerMessage.Failure(code, message, sessionId), null);
            case ViewerUpdate.Detached() -> {
                outbox.letGo(channel);
                var detached = new ServerMessage.Detached(sessionId, channel);
                owner.channelFreed(this, MessageCodec.encode(detached, value(detachRefs.poll())));
            }
        }
    }

    /** Puts a message about this channel behind its bytes. */
    void tell(ServerMessage message, @Nullable String ref) {
        outbox.channelControl(channel, MessageCodec.encode(message, ref));
    }

    private ServerMessage created(ViewerUpdate.Attached attached) {
        return new ServerMessage.Created(
                sessionId,
                channel,
                attached.created(),
                attached.offset(),
                attached.event(),
                attached.size(),
                attached.generation(),
                attached.isExited(),
                attached.readOnly(),
                attached.inputCount());
    }

    private void resync(ViewerUpdate.Resync resync) {
        tell(
                new ServerMessage.Resync(
                        sessionId,
                        channel,
                        resync.offset(),
                        resync.event(),
                        resync.size(),
                        resync.snapshot().length(),
                        resync.keepsHistory(),
                        resync.complete()),
                null);
        outbox.snapshot(channel, resync.snapshot(), resync.offset());
    }

    private void mark(Mark mark) {
        switch (mark) {
            case Mark.Resized(long offset, long event, var size) ->
                    tell(new ServerMessage.Size(sessionId, channel, offset, event, size), null);
            case Mark.Respawned(long offset, long event, long generation) ->
                    respawned(new Respawned(generation, offset, event));
            case Mark.Exited(long offset, long generation, ExitStatus status) ->
                    tell(
                            new ServerMessage.Exit(
                                    sessionId,
                                    channel,
                                    generation,
                                    offset,
                                    status.exitCode(),
                                    status.signal(),
                                    status.reason()),
                            null);
        }
    }

    private void respawned(Respawned respawned) {
        Respawned wanted = unannounced;
        boolean answers = wanted != null && wanted.generation() == respawned.generation();
        if (answers) unannounced = null;
        tell(
                new ServerMessage.Respawned(
                        sessionId,
                        channel,
                        respawned.generation(),
                        respawned.offset(),
                        respawned.event()),
                answers ? value(respawnRefs.poll()) : null);
    }

    private static @Nullable String value(@Nullable Ref ref) {
        return Optional.ofNullable(ref).map(Ref::value).orElse(null);
    }
}
