package dev.wormhole.client.link;

import dev.wormhole.client.link.Requests.Repeat;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Frame;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Everything that the link thread can be told.
 *
 * <p>Immutable.
 */
sealed interface Mail {

    /** What a caller of {@link Link} or {@link Attachment} wants. */
    sealed interface Command extends Mail {}

    record Create(
            ClientMessage.Create request, SessionSink sink, CompletableFuture<Attachment> done)
            implements Command {}

    record Attach(
            AttachmentHandle handle,
            @Nullable TerminalSize size,
            boolean readOnly,
            RespawnMode first,
            SessionSink sink)
            implements Command {}

    record Type(AttachmentHandle handle, ByteString bytes) implements Command {}

    record DropPending(AttachmentHandle handle) implements Command {}

    record Resize(AttachmentHandle handle, @Nullable TerminalSize size) implements Command {}

    record Respawn(AttachmentHandle handle, CompletableFuture<Long> done) implements Command {}

    record AnswerOffer(AttachmentHandle handle, long generation, boolean run) implements Command {}

    record Detach(AttachmentHandle handle, CompletableFuture<Void> done) implements Command {}

    record ListSessions(CompletableFuture<List<SessionEntry>> done) implements Command {}

    record Rename(SessionId id, String name, CompletableFuture<Void> done) implements Command {}

    record Destroy(SessionId id, CompletableFuture<Void> done) implements Command {}

    record TypeInto(SessionId id, ByteString bytes, CompletableFuture<Void> done)
            implements Command {}

    record AskHistory(
            ClientMessage.HistoryRequest request, CompletableFuture<ServerMessage.History> done)
            implements Command {}

    record AskStore(CompletableFuture<ServerMessage.StoreState> done) implements Command {}

    /** A request whose answer is all that there is to do about it. */
    record Ask<A extends ServerMessage>(
            ClientMessage request, Repeat repeat, Class<A> answer, CompletableFuture<A> done)
            implements Command {}

    record AskRecovery(CompletableFuture<ServerMessage.Recovery> done) implements Command {}

    record AskKeepers(CompletableFuture<ServerMessage.Keepers> done) implements Command {}

    record EndOrphan(SessionId id, long generation, CompletableFuture<Void> done)
            implements Command {}

    record AdoptOrphan(SessionId id, long generation, CompletableFuture<Void> done)
            implements Command {}

    record TellViewer(ClientMessage.ViewerState state) implements Command {}

    record AskHello(CompletableFuture<ServerMessage.Hello> done) implements Command {}

    /** One frame of the transport with this number. */
    record Arrived(long transport, Frame frame) implements Mail {

        /** What it costs to keep. */
        int bytes() {
            return switch (frame) {
                case Frame.Control(ByteString json) -> json.length();
                case Frame.Data(_, ByteString bytes) -> bytes.length();
                case Frame.Empty() -> 0;
            };
        }
    }

    /** Never refused, and bounded by what causes it: attempts, and what sinks were handed. */
    sealed interface Signal extends Mail {}

    /** News for the machine: the transport's ups and downs, and timers. */
    record Happened(LinkMachine.Event event) implements Signal {}

    record RetryNow() implements Signal {}

    /** The machine slept. */
    record Woke() implements Signal {}

    /** At most one for each delivery to a sink; lost, the server would wait for ever. */
    record Took(AttachmentHandle handle, long bytes) implements Signal {}

    record ScreenDiffers(AttachmentHandle handle) implements Signal {}

    /** A session that was busy may be asked again. */
    record AttachAgain(AttachmentHandle handle) implements Signal {}

    record Close() implements Signal {}
}
