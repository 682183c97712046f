package dev.wormhole.server.connection;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.HistoryView;
import dev.wormhole.server.session.SessionHandle;

import org.jspecify.annotations.Nullable;

/** What the thread of a connection can be told. */
sealed interface ConnectionCommand {

    record FrameArrived(Frame frame) implements ConnectionCommand {}

    /** A text message, which this protocol has no use for. */
    record TextArrived() implements ConnectionCommand {}

    record ChannelFreed(ChannelViewer viewer, ByteString farewell) implements ConnectionCommand {}

    /** A session is gone for good. */
    record SessionDestroyed(SessionId sessionId, @Nullable String ref)
            implements ConnectionCommand {}

    /** A task that is over was brought back, for this; or could not be. */
    record TaskOpened(
            ClientMessage.Attach request,
            @Nullable String ref,
            @Nullable SessionHandle session,
            @Nullable Throwable failure)
            implements ConnectionCommand {}

    /** Lines were asked for, and this is where they stand. */
    record HistoryRead(HistoryView view, ClientMessage.HistoryRequest request, @Nullable String ref)
            implements ConnectionCommand {}

    /** The socket is closed: last command. */
    record Closed() implements ConnectionCommand {}
}
