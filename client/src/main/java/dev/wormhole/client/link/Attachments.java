package dev.wormhole.client.link;

import dev.wormhole.client.link.AttachedSession.Standing;
import dev.wormhole.client.link.Requests.Outcome;
import dev.wormhole.client.link.Requests.Repeat;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.Limits;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * The sessions that stay attached: asks for each of them over every connection, knows their
 * channels on the present one, and hands their output to their sinks.
 *
 * <p>Owned by the link thread.
 */
final class Attachments {

    /** Between two attaches of a session that is busy, for example with starting its process. */
    static final Duration BUSY_DELAY = Duration.ofMillis(250);

    /** A server that keeps sending at the wrong place is not asked for snapshots without end. */
    static final int MAX_REPAIRS = 3;

    private static final Logger log = LoggerFactory.getLogger(Attachments.class);

    private final Wire wire;
    private final Requests requests;
    private final BiConsumer<Duration, Mail.Signal> alarm;
    private final Typing typing;
    private final Respawns respawns;

    // Owned by the link thread.
    private final Map<SessionId, AttachedSession> sessions = new LinkedHashMap<>();
    private final @Nullable AttachedSession[] channels =
            new @Nullable AttachedSession[Limits.MAX_CHANNEL + 1];
    private final Acknowledgements acknowledgements;
    private final Set<Feature> agreed = EnumSet.noneOf(Feature.class);

    /** What was told about all sessions of this link. */
    private ClientMessage.@Nullable ViewerState viewer;

    private boolean isClosed;
    private long differences;

    Attachments(Wire wire, Requests requests, BiConsumer<Duration, Mail.Signal> alarm) {
        this.wire = wire;
        this.requests = requests;
        this.alarm = alarm;
        this.typing = new Typing(wire);
        this.respawns = new Respawns(requests, typing);
        this.acknowledgements = new Acknowledgements(wire);
    }

    void attach(Mail.Attach mail) {
        if (isClosed) return;
        var session =
                new AttachedSession(
                        mail.handle(),
                        mail.size(),
                        mail.readOnly(),
                        mail.first(),
                        mail.sink(),
                        typing.window(mail.handle().sessionId()));
        if (sessions.putIfAbsent(session.id(), session) != null) {
            // One connection is one viewer of a session; two sinks would share its channel.
            session.stream.tell(
                    sink ->
                            sink.ended(
                                    ErrorCode.BAD_REQUEST,
                                    "This session is already attached here."));
            return;
        }
        if (wire.isConnected()) ask(session);
    }

    /** A session that this link created is attached by the answer; empty if it was already. */
    @Nullable AttachmentHandle adopt(
            ServerMessage.Created created, Mail.Create mail, Mailbox mailbox) {
        if (sessions.containsKey(created.sessionId())) return null;
        var handle = new AttachmentHandle(created.sessionId(), mailbox);
        var session =
                new AttachedSession(
                        handle,
                        mail.request().size(),
                        false,
                        RespawnMode.LOST,
                        mail.sink(),
                        typing.window(created.sessionId()));
        sessions.put(session.id(), session);
        goLive(session, created);
        return handle;
    }

    void attachAgain(AttachmentHandle handle) {
        AttachedSession session = find(handle);
        if (session != null && session.standing instanceof Standing.Postponed) ask(session);
    }

    void type(AttachmentHandle handle, ByteString bytes) {
        AttachedSession session = find(handle);
        if (session != null) typing.type(session, bytes);
    }

    void dropPending(AttachmentHandle handle) {
        AttachedSession session = find(handle);
        if (session != null) typing.dropPending(session);
    }

    void resize(Mail.Resize mail) {
        AttachedSession session = find(mail.handle());
        if (session == null) return;
        session.wish(mail.size());
        if (session.standing instanceof Standing.Live) tellSize(session);
    }

    void took(AttachmentHandle handle, long bytes) {
        AttachedSession session = find(handle);
        if (session == null) return;
        session.receipt.took(bytes);
        acknowledgements.note(session);
    }

    /** Nothing else is to be done just now: what can be acknowledged is. */
    void idle() {
        acknowledgements.flush();
    }

    void tellViewer(ClientMessage.ViewerState state) {
        if (state.sessionId() == null) {
            viewer = viewer == null ? state : viewer.with(state);
            wire.send(state);
            return;
        }
        AttachedSession session = sessions.get(state.sessionId());
        if (session == null) return;
        session.viewer = session.viewer == null ? state : session.viewer.with(state);
        if (session.standing instanceof Standing.Live) wire.send(state);
    }

    /** What is typed on this channel before is before it at the server, too. */
    void answerOffer(AttachmentHandle handle, long generation, boolean run) {
        AttachedSession session = find(handle);
        if (session != null
                && session.standing instanceof Standing.Live
                && agreed.contains(Feature.RESUME))
            wire.send(new ClientMessage.OfferAnswer(session.id(), generation, run));
    }

    /** Returns how many there were since the link began. */
    long screenDiffers(AttachmentHandle handle) {
        AttachedSession session = find(handle);
        if (session == null) return differences;
        differences++;
        log.warn("{}: its screen here is not the server's", session.id());
        if (session.standing instanceof Standing.Live && agreed.contains(Feature.HASH)) {
            wire.send(new ClientMessage.Refresh(session.id()));
        }
        return differences;
    }

    void respawn(AttachmentHandle handle, CompletableFuture<Long> done) {
        AttachedSession session = find(handle);
        if (session == null) {
            done.completeExceptionally(Respawns.notAttached());
            return;
        }
        session.respawns.add(done);
        if (session.standing instanceof Standing.Live && !session.respawnAsked) {
            respawns.ask(session);
        }
    }

    void detach(AttachmentHandle handle, CompletableFuture<Void> done) {
        AttachedSession session = find(handle);
        if (session == null) {
            done.complete(null);
            return;
        }
        Standing standing = session.standing;
        typing.detached(session);
        forget(session);
        respawns.fail(session, Respawns.notAttached());
        if (standing instanceof Standing.Live || standing instanceof Standing.Asked) {
            // Lost or refused, the server has let go just the same.
            requests.ask(
                    new ClientMessage.Detach(session.id()), Repeat.ONCE, _ -> done.complete(null));
        } else {
            done.complete(null);
        }
    }

    /** What this connection can; before {@link #connected}. */
    void agreed(Set<Feature> features) {
        agreed.clear();
        agreed.addAll(features);
        acknowledgements.agreed(features.contains(Feature.ACK));
    }

    /** Asks for every session again, those first that were attached first. */
    void connected() {
        if (viewer != null) wire.send(viewer);
        for (AttachedSession session : List.copyOf(sessions.values())) {
            session.repairs = 0;
            ask(session);
        }
    }

    void disconnected() {
        agreed.clear();
        acknowledgements.disconnected();
        typing.disconnected();
        for (AttachedSession session : sessions.values()) {
            release(session);
            session.standing = new Standing.Away();
            session.stream.cut();
            session.takeTypedAhead();
        }
    }

    /** Forgets everything; the sinks hear nothing more. */
    void close() {
        isClosed = true;
        for (AttachedSession session : List.copyOf(sessions.values())) {
            forget(session);
            respawns.fail(session, LinkLoop.closed());
        }
    }

    /** Raw bytes; those of a channel that nobody has (any more) are dropped. */
    void data(int channel, ByteString bytes) {
        acknowledgements.arrived(channel, bytes.length());
        AttachedSession session = channels[channel];
        if (session == null) return;
        acknowledgements.expect(session, channel);
        boolean inPlace = session.stream.data(bytes);
        acknowledgements.note(session);
        if (!inPlace) repair(session, "bytes");
    }

    void resync(ServerMessage.Resync resync) {
        AttachedSession session = live(resync.sessionId(), resync.channel());
        if (session == null) return;
        if (resync.length() > SessionStream.MAX_SNAPSHOT) {
            log.warn("{}: a snapshot is too large to be shown", session.id());
        }
        if (!session.stream.resync(resync)) repair(session, "resync");
    }

    void size(ServerMessage.Size size) {
        AttachedSession session = live(size.sessionId(), size.channel());
        if (session != null && !session.stream.size(size)) repair(session, "size");
    }

    void respawned(ServerMessage.Respawned respawned, boolean answer) {
        AttachedSession session = live(respawned.sessionId(), respawned.channel());
        if (session == null) return;
        typing.began(session, respawned.generation(), !answer);
        if (!session.stream.respawned(respawned, answer)) repair(session, "respawn");
    }

    void exited(ServerMessage.Exit exit) {
        AttachedSession session = live(exit.sessionId(), exit.channel());
        if (session == null) return;
        typing.ended(session, exit.generation());
        if (!session.stream.exited(exit)) repair(session, "exit");
    }

    void inputTaken(ServerMessage.InputAck ack) {
        AttachedSession session = channels[ack.channel()];
        if (session != null) typing.acknowledged(session, ack.count());
    }

    void inputDiscarded(ServerMessage.InputDiscarded discarded) {
        AttachedSession session = channels[discarded.channel()];
        if (session != null) typing.ended(session, discarded.generation());
    }

    void event(ServerMessage.Event event) {
        AttachedSession session = sessions.get(event.sessionId());
        if (session != null && session.standing instanceof Standing.Live) {
            session.stream.event(event.what());
        }
    }

    void offered(ServerMessage.Offer offer) {
        AttachedSession session = live(offer.sessionId(), offer.channel());
        if (session != null) session.stream.tell(sink -> sink.offered(offer));
    }

    void hash(ServerMessage.Hash hash) {
        AttachedSession session = live(hash.sessionId(), hash.channel());
        if (session != null && agreed.contains(Feature.HASH)) session.stream.hash(hash);
    }

    void destroyed(SessionId id) {
        AttachedSession session = sessions.get(id);
        if (session == null) return;
        Standing standing = session.standing;
        end(session, ErrorCode.NOT_FOUND, "The session was destroyed.");
        // The server keeps the number reserved until we have let go of it, so that keys under way
        // cannot land in another session.
        if (standing instanceof Standing.Live || standing instanceof Standing.Asked) {
            wire.send(new ClientMessage.Detach(id));
        }
    }

    private void ask(AttachedSession session) {
        session.standing = new Standing.Asked();
        requests.ask(session.attach(), Repeat.ONCE, outcome -> attachAnswered(session, outcome));
    }

    private void attachAnswered(AttachedSession session, Outcome outcome) {
        // It may have been detached or destroyed meanwhile.
        if (find(session.handle) == null) return;
        switch (outcome) {
            case Outcome.Answer(ServerMessage.Created created) -> goLive(session, created);
            case Outcome.Answer(_) -> refused(session, ErrorCode.INTERNAL, "Unexpected answer.");
            case Outcome.Refusal(var code, String message, _) -> refused(session, code, message);
            // The next connection asks again.
            case Outcome.Lost _ -> session.standing = new Standing.Away();
        }
    }

    private void goLive(AttachedSession session, ServerMessage.Created created) {
        session.standing = new Standing.Live(created.channel());
        session.wasAttached = true;
        channels[created.channel()] = session;
        acknowledgements.live(session, created.channel());
        session.stream.attached(created);
        if (session.viewer != null) wire.send(session.viewer);
        tellSize(session);
        typing.live(session, created);
        if (session.respawns.isEmpty() || session.respawnAsked) return;
        if (created.isExited()) respawns.ask(session);
        else respawns.complete(session, created.generation());
    }

    private void refused(AttachedSession session, ErrorCode code, String message) {
        switch (code) {
            case NOT_FOUND -> end(session, code, message);
            case BUSY -> {
                session.standing = new Standing.Postponed();
                alarm.accept(BUSY_DELAY, new Mail.AttachAgain(session.handle));
            }
            default -> {
                if (!session.wasAttached) {
                    end(session, code, message);
                    return;
                }
                log.warn("{}: not attached again: {}", session.id(), code);
                session.standing = new Standing.Refused();
                respawns.fail(session, new RequestException(code, message));
            }
        }
    }

    /** What came is not what the sink needs next: begin again with a snapshot. */
    private void repair(AttachedSession session, String what) {
        release(session);
        session.stream.distrust();
        session.repairs++;
        log.warn("{}: {} at an unexpected place of the stream", session.id(), what);
        if (session.repairs > MAX_REPAIRS) session.standing = new Standing.Refused();
        else ask(session);
    }

    private void tellSize(AttachedSession session) {
        AttachedSession.Resize resize = session.untoldSize();
        if (resize != null) wire.send(new ClientMessage.Resize(session.id(), resize.size()));
    }

    private void end(AttachedSession session, ErrorCode code, String message) {
        forget(session);
        session.stream.tell(sink -> sink.ended(code, message));
        respawns.fail(session, new RequestException(code, message));
    }

    private void forget(AttachedSession session) {
        release(session);
        sessions.remove(session.id());
    }

    private void release(AttachedSession session) {
        if (session.standing instanceof Standing.Live(int channel)
                && channels[channel] == session) {
            channels[channel] = null;
        }
    }

    private @Nullable AttachedSession find(AttachmentHandle handle) {
        AttachedSession session = sessions.get(handle.sessionId());
        return session != null && session.handle == handle ? session : null;
    }

    private @Nullable AttachedSession live(SessionId id, @Nullable Integer channel) {
        AttachedSession session = sessions.get(id);
        return session != null && channel != null && session.isOn(channel) ? session : null;
    }
}
