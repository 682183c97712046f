package dev.wormhole.server.session;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.terminal.screen.SnapshotDepth;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The snapshots of one session: one serves all viewers at its place, and viewers that cannot keep
 * up get a new one at most thirty times a second, so that they do not slow the session. One of
 * these is kept back for the moment in which output rests: what is seen last should not wait.
 *
 * <p>Owned by the session thread. Times are nanoseconds of a monotonic clock.
 */
final class Snapshots {

    /** Between two while output comes: with the one that is kept back, thirty in any second. */
    static final Duration PAUSE = Duration.ofNanos(1_000_000_000L / 29);

    /** Output that has paused for so long rests: a flood is a read each tenth of a millisecond. */
    static final Duration REST = Duration.ofMillis(3);

    /** Those who come together are served together; then its memory is let go. */
    private static final Duration KEPT = Duration.ofSeconds(1);

    /** Until one was taken: a page of text. */
    private static final int GUESS = 4 << 10;

    /** Where snapshots come from. */
    interface Source {
        ByteString snapshot(SnapshotDepth depth);
    }

    private final Source source;
    private final OutputLog output;

    // Owned by the session thread.
    private final Map<SnapshotDepth, ByteString> taken = new EnumMap<>(SnapshotDepth.class);
    private long offset;
    private long event;
    private @Nullable Long takenAt;

    /** When the next one is due if output goes on. */
    private @Nullable Long dueAt;

    private int gridsLength = GUESS;

    Snapshots(Source source, OutputLog output) {
        this.source = source;
        this.output = output;
    }

    /** The screen as it is; taken now unless there is one. */
    ByteString take(SnapshotDepth depth, long now) {
        if (isElsewhere()) taken.clear();
        ByteString present = taken.get(depth);
        if (present != null) return present;
        ByteString bytes = source.snapshot(depth);
        if (depth == SnapshotDepth.GRIDS) gridsLength = bytes.length();
        offset = output.end();
        event = output.nextEvent();
        takenAt = now;
        long free = dueAt == null ? now : Math.clamp(dueAt, now, now + PAUSE.toNanos());
        dueAt = free + PAUSE.toNanos();
        taken.put(depth, bytes);
        return bytes;
    }

    /**
     * How long a viewer that cannot keep up has to wait for one; 0: not at all.
     *
     * @param restsSince when the session's output last moved
     */
    long delay(SnapshotDepth depth, long now, long restsSince) {
        if (!isElsewhere() && taken.containsKey(depth)) return 0;
        if (dueAt == null) return 0;
        long ifItRests = Math.max(restsSince + REST.toNanos(), dueAt - PAUSE.toNanos());
        return Math.max(0, Math.min(dueAt, ifItRests) - now);
    }

    /** What one for a viewer that cannot keep up costs. */
    int gridsLength() {
        return gridsLength;
    }

    /** Forgets what nobody will come for; in how many nanoseconds that is, or {@code MAX_VALUE}. */
    long forget(long now) {
        if (taken.isEmpty() || takenAt == null) return Long.MAX_VALUE;
        long left = takenAt + KEPT.toNanos() - now;
        if (left > 0 && !isElsewhere()) return left;
        taken.clear();
        return Long.MAX_VALUE;
    }

    private boolean isElsewhere() {
        return offset != output.end() || event != output.nextEvent();
    }
}
