package dev.wormhole.server.connection;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.AttachRequest;
import dev.wormhole.server.session.SessionHandle;
import dev.wormhole.server.session.Sessions;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * One connection's viewers and their channels: how they come, what they are told by their client,
 * and how they go.
 *
 * <p>Owned by the {@code conn-<n>} thread.
 */
final class Attachments {

    private final Sessions sessions;
    private final Announced announced;
    private final Outbox outbox;
    private final Answers answers;
    private final ChannelViewer.Owner owner;

    // Owned by the conn-<n> thread.
    private final ChannelTable channels = new ChannelTable();

    /** What the client told of every session; null before it told anything. */
    private ClientMessage.@Nullable ViewerState told;

    /**
     * @param owner hears when a channel may be freed, and has it {@link #freed} on this thread
     */
    Attachments(
            Sessions sessions,
            Announced announced,
            Outbox outbox,
            Answers answers,
            ChannelViewer.Owner owner) {
        this.sessions = sessions;
        this.announced = announced;
        this.outbox = outbox;
        this.answers = answers;
        this.owner = owner;
    }

    /** The viewer on a channel that takes input. */
    Optional<ChannelViewer> on(int channel) {
        return channels.viewerOn(channel);
    }

    Optional<ChannelViewer> of(SessionId id) {
        return channels.viewerOf(id);
    }

    /** Asks something of the viewer of a session; the client is told if there is none. */
    void with(SessionId id, @Nullable String ref, Consumer<ChannelViewer> request) {
        of(id).ifPresentOrElse(
                        request,
                        () -> answers.fail(ErrorCode.BAD_REQUEST, Answers.NOT_ATTACHED, id, ref));
    }

    void create(ClientMessage.Create create, @Nullable String ref) {
        OptionalInt free = lowestFree(null, ref);
        if (free.isEmpty()) return;
        int channel = free.getAsInt();
        Sessions.Creation creation =
                sessions.create(
                        create,
                        announced.features(),
                        announced.client(),
                        session -> {
                            ChannelViewer viewer = place(session, channel);
                            viewer.expectAttach(ref);
                            return viewer;
                        });
        switch (creation) {
            case Sessions.Creation.Begun _ -> on(channel).ifPresent(this::tellWhatIsKnown);
            case Sessions.Creation.Known(SessionHandle session) ->
                    attach(
                            session,
                            new AttachRequest(
                                    create.size(),
                                    null,
                                    null,
                                    false,
                                    RespawnMode.NEVER,
                                    announced.features(),
                                    announced.client()),
                            ref);
            case Sessions.Creation.Refused(ErrorCode code, String message) ->
                    answers.fail(code, message, null, ref);
        }
    }

    void attach(SessionHandle session, ClientMessage.Attach attach, @Nullable String ref) {
        attach(
                session,
                new AttachRequest(
                        attach.size(),
                        attach.resumeOffset(),
                        attach.resumeEvent(),
                        attach.readOnly(),
                        attach.respawn(),
                        announced.features(),
                        announced.client()),
                ref);
    }

    private void attach(SessionHandle session, AttachRequest request, @Nullable String ref) {
        ChannelViewer viewer = of(session.id()).orElse(null);
        if (viewer == null) {
            OptionalInt free = lowestFree(session.id(), ref);
            if (free.isEmpty()) return;
            viewer = place(session, free.getAsInt());
        }
        viewer.expectAttach(ref);
        session.attach(viewer, request);
        tellWhatIsKnown(viewer);
    }

    /** Empty if all are in use, and the client is told. */
    private OptionalInt lowestFree(@Nullable SessionId id, @Nullable String ref) {
        OptionalInt free = channels.lowestFree();
        if (free.isEmpty())
            answers.fail(ErrorCode.CHANNELS_EXHAUSTED, Answers.ALL_CHANNELS, id, ref);
        return free;
    }

    private ChannelViewer place(SessionHandle session, int channel) {
        var viewer = new ChannelViewer(session, channel, outbox, owner);
        channels.attach(channel, session.id(), viewer);
        return viewer;
    }

    private void tellWhatIsKnown(ChannelViewer viewer) {
        if (told != null) viewer.session().tell(viewer, told);
    }

    /** The client tells what only it can know, of one session or of all. */
    void tell(ClientMessage.ViewerState news) {
        SessionId id = news.sessionId();
        if (id != null) {
            of(id).ifPresent(viewer -> viewer.session().tell(viewer, news));
            return;
        }
        told = told == null ? news : told.with(news);
        for (ChannelViewer viewer : channels.viewers()) viewer.session().tell(viewer, news);
    }

    void detach(SessionId id, @Nullable String ref) {
        Optional<ChannelViewer> attached = of(id);
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

    /** The viewer has gone; its number can be given again. */
    void freed(ChannelViewer viewer, ByteString farewell) {
        channels.free(viewer);
        outbox.channelControl(viewer.channel(), farewell);
    }

    /** A session is gone for good; its number stays reserved until the client lets go. */
    void destroyed(SessionId id, @Nullable String ref) {
        var message = new ServerMessage.Destroyed(id);
        Optional<ChannelViewer> attached = of(id);
        if (attached.isEmpty()) {
            answers.answer(message, ref);
            return;
        }
        ChannelViewer viewer = attached.get();
        outbox.letGo(viewer.channel());
        viewer.tell(message, ref);
        channels.reserve(viewer);
    }

    /** The connection was lost, and all its viewers with it. */
    void lost() {
        for (ChannelViewer viewer : channels.viewers()) viewer.session().lost(viewer);
    }
}
