package dev.wormhole.client.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * What the link remembers of one attachment, over all connections, and where it stands on the
 * present one.
 *
 * <p>Owned by the link thread.
 */
final class AttachedSession {

    /** What is typed while no channel is known to take it; more is dropped. */
    static final int MAX_TYPED_AHEAD = 64 << 10;

    /** Where the attachment stands on the present connection. */
    sealed interface Standing {

        /** There is no connection. */
        record Away() implements Standing {}

        /** The attach was sent; there is never more than one without its answer. */
        record Asked() implements Standing {}

        record Live(int channel) implements Standing {}

        /** The session was busy; asked again after a moment. */
        record Postponed() implements Standing {}

        /** The server said no; asked again over the next connection. */
        record Refused() implements Standing {}
    }

    final AttachmentHandle handle;
    final Receipt receipt;
    final SessionStream stream;
    final boolean readOnly;
    final InputWindow input;
    final List<CompletableFuture<Long>> respawns = new ArrayList<>();

    // Owned by the link thread.
    Standing standing = new Standing.Away();
    boolean wasAttached;
    boolean respawnAsked;

    /** The server counts this attachment's input, or did over the last connection. */
    boolean isNumbered;

    /** What the sink was last told of input that waits. */
    InputWindow.Backlog toldBacklog = InputWindow.Backlog.NONE;

    /** What this viewer told about itself; null: nothing of its own. */
    ClientMessage.@Nullable ViewerState viewer;

    /** Fresh attaches on this connection because the stream stood at another place than ours. */
    int repairs;

    private final RespawnMode first;
    private final List<ByteString> typedAhead = new ArrayList<>();
    private int typedAheadBytes;
    private @Nullable TerminalSize size;
    private @Nullable TerminalSize toldSize;

    AttachedSession(
            AttachmentHandle handle,
            @Nullable TerminalSize size,
            boolean readOnly,
            RespawnMode first,
            SessionSink sink,
            InputWindow input) {
        this.input = input;
        this.handle = handle;
        this.size = size;
        this.toldSize = size;
        this.readOnly = readOnly;
        this.first = first;
        this.receipt = new Receipt(sink.tellsWhatItTook());
        this.stream = new SessionStream(handle.sessionId(), sink, receipt);
    }

    SessionId id() {
        return handle.sessionId();
    }

    /** The attach for the present moment: real size, and on from what the sink has seen. */
    ClientMessage.Attach attach() {
        toldSize = size;
        SessionStream.Position from = stream.resumable();
        return new ClientMessage.Attach(
                id(),
                size,
                from == null ? null : (Long) from.offset(),
                from == null ? null : (Long) from.event(),
                readOnly,
                wasAttached ? RespawnMode.LOST : first);
    }

    boolean isOn(int channel) {
        return standing instanceof Standing.Live(int mine) && mine == channel;
    }

    void wish(@Nullable TerminalSize size) {
        this.size = size;
    }

    /** The wish for the size, if the server does not know it yet. */
    @Nullable Resize untoldSize() {
        if (Objects.equals(size, toldSize)) return null;
        toldSize = size;
        return new Resize(size);
    }

    /** A wish for a size that has to be told; null inside means no vote. */
    record Resize(@Nullable TerminalSize size) {}

    void typeAhead(ByteString bytes) {
        if (!hasRoomAhead(bytes)) return;
        typedAhead.add(bytes);
        typedAheadBytes += bytes.length();
    }

    /** Whether numbered input can go out now or over the next connection; bounded while away. */
    boolean maySendLater(ByteString bytes) {
        return switch (standing) {
            case Standing.Live _ -> true;
            case Standing.Away(), Standing.Asked(), Standing.Postponed() -> {
                boolean isRoom = hasRoomAhead(bytes);
                if (isRoom) typedAheadBytes += bytes.length();
                yield isRoom;
            }
            case Standing.Refused() -> false;
        };
    }

    private boolean hasRoomAhead(ByteString bytes) {
        return typedAheadBytes + bytes.length() <= MAX_TYPED_AHEAD;
    }

    List<ByteString> takeTypedAhead() {
        List<ByteString> taken = List.copyOf(typedAhead);
        typedAhead.clear();
        typedAheadBytes = 0;
        return taken;
    }
}
