package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Notices sessions that flood for over a minute: they are collected every few seconds, since their
 * ring turns over between two flushes and a forgotten program would wear out the disk.
 *
 * <p>Owned by the checkpointer thread. Times are nanoseconds of one clock.
 */
final class FloodPacing {

    /** A day at this rate, uncompressed, is 22 GB. */
    private static final long FLOOD_BYTES_PER_SECOND = 256 << 10;

    private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long SLOW_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    /** The last increment, and since when each of them was one of a flood. */
    private record Pace(long nextOffset, long at, long floodingSince) {}

    private static final long NOT = Long.MAX_VALUE;

    private final Map<SessionId, Pace> paces = new HashMap<>();

    /** An increment that ends at this offset was collected. */
    void collected(SessionId id, long nextOffset, long now) {
        Pace last = paces.get(id);
        long floodingSince = NOT;
        if (last != null && now > last.at()) {
            double rate =
                    (nextOffset - last.nextOffset()) * (double) SECOND_NANOS / (now - last.at());
            if (rate >= FLOOD_BYTES_PER_SECOND)
                floodingSince = Math.min(last.floodingSince(), last.at());
        }
        paces.put(id, new Pace(nextOffset, now, floodingSince));
    }

    /** When the session may be collected next. */
    long dueAt(SessionId id, long now) {
        Pace pace = paces.get(id);
        if (pace == null || pace.floodingSince() == NOT) return now;
        boolean patient = now - pace.floodingSince() <= PATIENCE_NANOS;
        return patient ? now : pace.at() + SLOW_INTERVAL_NANOS;
    }

    void forget(SessionId id) {
        paces.remove(id);
    }
}
