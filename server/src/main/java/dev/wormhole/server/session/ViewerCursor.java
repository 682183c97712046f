package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.Feature;
import dev.wormhole.terminal.screen.SnapshotDepth;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One viewer's place in a session's output: a cursor, not a queue. It reads as far as its viewer
 * has room, and is given a fresh snapshot when what it would read is gone or would come too late.
 *
 * <p>Owned by the session thread. Times are nanoseconds of a monotonic clock.
 */
final class ViewerCursor {

    /** No time: nothing is due before something happens. */
    static final long NEVER = Long.MAX_VALUE;

    /** What a viewer may be behind; a shorter pause loses no bytes. */
    static final Duration BEHIND = Duration.ofMillis(250);

    /** What it may be behind just after it typed: the answer to a key is not to wait. */
    static final Duration BEHIND_A_KEY = Duration.ofMillis(10);

    /** How long a key was just typed. */
    static final Duration JUST_TYPED = Duration.ofMillis(500);

    /** A viewer that had everything for so long keeps up: it gets its history back. */
    static final Duration KEEPS_UP = Duration.ofMillis(250);

    /** A session that rests for so long is compared. */
    static final Duration REST = Duration.ofSeconds(2);

    /** Between two looks whether everything has arrived. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** One WebSocket message of output. */
    private static final int CHUNK = 16 << 10;

    private final Viewer viewer;
    private final AttachRequest request;
    private final OutputLog output;
    private final Snapshots snapshots;
    private final SessionFacts facts;

    // Owned by the session thread.
    private long offset;
    private long mark;

    /** It has grids and modes alone: output was skipped. */
    private boolean approximate;

    private boolean wantsRefresh;

    /** There was no room: it will be called. */
    private boolean waits;

    private boolean called;
    private @Nullable Long typedAt;

    /** Since when it has had everything, while it is approximate. */
    private @Nullable Long currentSince;

    /** Where it was compared last. */
    private long comparedOffset = -1;

    private long comparedEvent = -1;

    ViewerCursor(
            Viewer viewer,
            AttachRequest request,
            OutputLog output,
            Snapshots snapshots,
            SessionFacts facts) {
        this.viewer = viewer;
        this.request = request;
        this.output = output;
        this.snapshots = snapshots;
        this.facts = facts;
        moveTo(output.end(), output.markEnd());
    }

    Viewer viewer() {
        return viewer;
    }

    boolean isReadOnly() {
        return request.readOnly();
    }

    /** Whether its client announced this feature. */
    boolean hears(Feature feature) {
        return request.features().contains(feature);
    }

    void moveTo(long newOffset, long newMark) {
        offset = newOffset;
        mark = newMark;
    }

    long mark() {
        return mark;
    }

    /** Bytes that it has not been given. */
    long backlog() {
        return output.end() - offset;
    }

    void typed(long now) {
        typedAt = now;
    }

    void wantsRefresh() {
        wantsRefresh = true;
    }

    /** There is room for a viewer that waited. */
    void called() {
        waits = false;
        called = true;
    }

    /** Starts over from a whole snapshot, whatever else is to come: for an attach. */
    void begin(long now) {
        resync(fullDepth(), keepsHistory(), now);
    }

    /**
     * Hands over what there is and fits; in how many nanoseconds it has to be done again although
     * nothing happens, or {@link #NEVER}.
     *
     * @param restsSince when the session's output last moved
     * @param hash of the session's screen
     */
    long advance(long now, long restsSince, LongSupplier hash) {
        long delay = step(now, restsSince, hash);
        if (called) {
            called = false;
            viewer.pass();
        }
        return delay;
    }

    private long step(long now, long restsSince, LongSupplier hash) {
        while (true) {
            if (waits) return NEVER;
            if (wantsRefresh) {
                long delay = skip(SnapshotDepth.ALL, false, now, restsSince);
                if (delay != 0) return delay;
                wantsRefresh = false;
            }
            OutputLog.Next next = output.next(offset, mark, CHUNK);
            if (mustSkip(next, now)) {
                currentSince = null;
                long delay = skip(SnapshotDepth.GRIDS, true, now, restsSince);
                if (delay != 0) return delay;
                continue;
            }
            switch (next) {
                case OutputLog.Next.At(Mark at) -> {
                    mark++;
                    viewer.deliver(new ViewerUpdate.Marked(at));
                }
                case OutputLog.Next.Bytes(ByteString bytes) -> {
                    int room = viewer.room();
                    if (room == 0) {
                        waits = true;
                        return NEVER;
                    }
                    ByteString part = bytes.slice(0, Math.min(room, bytes.length()));
                    viewer.deliver(new ViewerUpdate.Output(offset, part));
                    offset += part.length();
                }
                case OutputLog.Next.End() -> {
                    return approximate
                            ? makeWhole(now, restsSince)
                            : compare(now, restsSince, hash);
                }
                case OutputLog.Next.Gone() ->
                        throw new IllegalStateException("what is gone was not skipped");
            }
        }
    }

    private boolean mustSkip(OutputLog.Next next, long now) {
        return switch (next) {
            case OutputLog.Next.Gone() -> true;
            case OutputLog.Next.End() -> false;
            // A screen without its history would reflow otherwise.
            case OutputLog.Next.At(Mark at) -> approximate && at instanceof Mark.Resized;
            case OutputLog.Next.Bytes _ -> isFarBehind(now);
        };
    }

    private boolean isFarBehind(long now) {
        long backlog = backlog();
        // The snapshot would come no sooner.
        if (backlog <= snapshots.gridsLength()) return false;
        boolean justTyped = typedAt != null && now - typedAt < JUST_TYPED.toNanos();
        // In between it would only read what the next snapshot overwrites.
        if (approximate && !justTyped) return true;
        long rate = viewer.rate();
        if (rate == Viewer.UNKNOWN_RATE) return false;
        long allowed = (justTyped ? BEHIND_A_KEY : BEHIND).toNanos();
        return backlog * 1e9 / rate > allowed;
    }

    /** Resyncs as soon as there may be a snapshot and there is room; the delay until then. */
    private long skip(SnapshotDepth depth, boolean keep, long now, long restsSince) {
        long delay = snapshots.delay(depth, now, restsSince);
        if (delay > 0) return delay;
        if (viewer.room() == 0) {
            waits = true;
            return NEVER;
        }
        resync(depth, keep, now);
        return 0;
    }

    private long makeWhole(long now, long restsSince) {
        Long since = currentSince;
        if (since == null) currentSince = since = now;
        long left = since + KEEPS_UP.toNanos() - now;
        if (left > 0) return left;
        long delay = skip(fullDepth(), keepsHistory(), now, restsSince);
        // Then it rests, or more has come.
        return delay == 0 ? REST.toNanos() : delay;
    }

    private long compare(long now, long restsSince, LongSupplier hash) {
        if (!request.features().contains(Feature.HASH)) return NEVER;
        if (comparedOffset == offset && comparedEvent == output.nextEvent()) return NEVER;
        long left = restsSince + REST.toNanos() - now;
        if (left > 0) return left;
        if (!viewer.hasEverything()) return LOOK_AGAIN.toNanos();
        comparedOffset = offset;
        comparedEvent = output.nextEvent();
        viewer.deliver(new ViewerUpdate.Compare(offset, comparedEvent, hash.getAsLong()));
        return NEVER;
    }

    private void resync(SnapshotDepth depth, boolean keep, long now) {
        ByteString snapshot = snapshots.take(depth, now);
        Optional<Mark> respawned = output.respawnedSince(mark);
        moveTo(output.end(), output.markEnd());
        approximate = depth == SnapshotDepth.GRIDS;
        currentSince = null;
        viewer.deliver(
                new ViewerUpdate.Resync(
                        offset, output.nextEvent(), facts.size(), snapshot, keep, !approximate));
        // Among the marks that were passed over may be a new process, or its exit: a viewer must
        // not take the one for the other.
        respawned.ifPresent(at -> viewer.deliver(new ViewerUpdate.Marked(at)));
        output.exit().ifPresent(at -> viewer.deliver(new ViewerUpdate.Marked(at)));
    }

    private SnapshotDepth fullDepth() {
        return keepsHistory() ? SnapshotDepth.RECENT : SnapshotDepth.ALL;
    }

    private boolean keepsHistory() {
        return request.features().contains(Feature.HISTORY);
    }
}
