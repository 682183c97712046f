package dev.wormhole.client.link;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Follows one session's output for its sink and counts exactly what the sink has seen, so that the
 * next connection goes on there. Knows neither channels nor connections.
 *
 * <p>Owned by the link thread.
 *
 * <p>The methods that take a part of the stream return false when it stands at another place than
 * the server says: then nothing was handed on and only a fresh attach can help.
 */
final class SessionStream {

    /** A snapshot beyond this is not collected: no screen needs it, and memory is at stake. */
    static final int MAX_SNAPSHOT = 64 << 20;

    /**
     * What the sink has seen: every byte before {@code offset}, every event before {@code event}.
     */
    record Position(long offset, long event) {}

    /** A resync whose bytes are still coming. */
    private static final class Snapshot {
        final ServerMessage.Resync resync;
        final List<ByteString> parts = new ArrayList<>();
        int missing;

        Snapshot(ServerMessage.Resync resync) {
            this.resync = resync;
            this.missing = resync.length();
        }
    }

    private final String callee;
    private final SessionSink sink;
    private final Receipt receipt;

    // Owned by the link thread.
    /** Null until the sink has seen a resync, or the beginning of a new session. */
    private @Nullable Position seen;

    private long generation;
    private @Nullable Snapshot snapshot;

    /** The server did not agree to go on where the sink stands: a resync has to come first. */
    private boolean needsResync;

    SessionStream(SessionId id, SessionSink sink, Receipt receipt) {
        this.callee = "sink of " + id.shortForm();
        this.sink = sink;
        this.receipt = receipt;
    }

    /** Where the next attach can go on; null: it has to begin with a resync. */
    @Nullable Position resumable() {
        return seen;
    }

    long generation() {
        return generation;
    }

    /** The channel is gone; what was collected of a snapshot is, too. */
    void cut() {
        snapshot = null;
        needsResync = false;
    }

    /** Forgets where the sink stands: the next attach begins with a resync. */
    void distrust() {
        cut();
        seen = null;
    }

    void attached(ServerMessage.Created created) {
        cut();
        generation = created.generation();
        if (created.created()) {
            seen = new Position(created.offset(), created.event());
        } else if (seen != null) {
            needsResync = created.offset() != seen.offset;
        }
        tell(to -> to.attached(created));
    }

    boolean resync(ServerMessage.Resync resync) {
        if (snapshot != null) return false;
        snapshot = new Snapshot(resync);
        if (resync.length() == 0) completed(snapshot);
        return true;
    }

    boolean data(ByteString bytes) {
        Snapshot collecting = snapshot;
        if (collecting == null) return output(bytes);
        int part = Math.min(collecting.missing, bytes.length());
        collecting.missing -= part;
        if (collecting.resync.length() <= MAX_SNAPSHOT) collecting.parts.add(bytes.slice(0, part));
        if (collecting.missing > 0) return true;
        completed(collecting);
        return part == bytes.length() || output(bytes.slice(part, bytes.length()));
    }

    boolean size(ServerMessage.Size size) {
        Position at = seen;
        if (at == null || snapshot != null || needsResync) return false;
        if (size.event() < at.event) return true;
        if (size.event() > at.event || size.offset() != at.offset) return false;
        seen = new Position(at.offset, at.event + 1);
        tell(to -> to.size(size.size()));
        return true;
    }

    /**
     * @param answer it may have overtaken the stream, in which its place is still to come
     */
    boolean respawned(ServerMessage.Respawned respawned, boolean answer) {
        Position at = seen;
        if (at == null || snapshot != null || needsResync) return answer;
        boolean inPlace = respawned.event() == at.event && respawned.offset() == at.offset;
        if (inPlace) {
            seen = new Position(at.offset, at.event + 1);
            began(respawned.generation());
            return true;
        }
        boolean skipped = respawned.event() < at.event;
        // A resync jumped over the event; the sink still has to know that a process runs.
        if (skipped && respawned.generation() > generation) began(respawned.generation());
        return answer || skipped;
    }

    boolean exited(ServerMessage.Exit exit) {
        Position at = seen;
        if (at == null || snapshot != null || needsResync) return false;
        if (exit.offset() != at.offset) return false;
        tell(to -> to.exited(exit));
        return true;
    }

    void event(Happening what) {
        tell(to -> to.event(what));
    }

    /** A hash of another place than ours compares nothing. */
    void hash(ServerMessage.Hash hash) {
        Position at = seen;
        if (at == null || snapshot != null || needsResync) return;
        if (hash.offset() != at.offset || hash.event() != at.event) return;
        tell(to -> to.hash(hash.hash()));
    }

    void tell(Consumer<SessionSink> call) {
        Callback.run(callee, () -> call.accept(sink));
    }

    private boolean output(ByteString bytes) {
        Position at = seen;
        if (at == null || needsResync) return false;
        if (bytes.isEmpty()) return true;
        // Counted first: a sink that throws has been handed the bytes all the same.
        seen = new Position(at.offset + bytes.length(), at.event);
        receipt.handed(bytes.length(), seen.offset, false);
        tell(to -> to.output(at.offset, bytes));
        return true;
    }

    private void completed(Snapshot collected) {
        ServerMessage.Resync resync = collected.resync;
        cut();
        seen = new Position(resync.offset(), resync.event());
        ByteString bytes = joined(collected.parts);
        receipt.handed(bytes.length(), resync.offset(), true);
        tell(to -> to.resync(resync, bytes));
    }

    private void began(long next) {
        // On a resume the answer named the newest generation; its beginning is told in its place.
        generation = Math.max(generation, next);
        tell(to -> to.respawned(next));
    }

    private static ByteString joined(List<ByteString> parts) {
        if (parts.size() == 1) return parts.getFirst();
        byte[] all = new byte[parts.stream().mapToInt(ByteString::length).sum()];
        int position = 0;
        for (ByteString part : parts) {
            part.copyTo(all, position);
            position += part.length();
        }
        return ByteString.wrap(all, 0, all.length);
    }
}
