package dev.wormhole.server.checkpoint;

import java.util.List;

/**
 * How long the store's transactions took since the server started.
 *
 * <p>Immutable.
 *
 * @param buckets the shortest first
 * @param count of all
 * @param nanos of all together
 * @param longest of them, in nanoseconds
 */
public record FlushTally(List<Bucket> buckets, long count, long nanos, long longest) {

    public FlushTally {
        buckets = List.copyOf(buckets);
    }

    /** So many took at most this long. */
    public record Bucket(long micros, long count) {}
}
