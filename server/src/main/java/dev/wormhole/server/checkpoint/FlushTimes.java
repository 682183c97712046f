package dev.wormhole.server.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long transactions with something to store have taken, failed ones too.
 *
 * <p>Written by the checkpointer thread; {@link #tally} is safe from any thread.
 */
final class FlushTimes {

    /** Upper bounds in microseconds; a disk that syncs well is within the first ones. */
    private static final long[] BOUNDS = {
        500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000
    };

    private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();
    private final AtomicLong longest = new AtomicLong();

    FlushTimes() {
        for (int i = 0; i < counts.length; i++) counts[i] = new LongAdder();
    }

    void took(long took) {
        int bound = 0;
        while (bound < BOUNDS.length && took > BOUNDS[bound] * 1000) bound++;
        counts[bound].increment();
        nanos.add(took);
        longest.accumulateAndGet(took, Math::max);
    }

    FlushTally tally() {
        var buckets = new ArrayList<FlushTally.Bucket>();
        long count = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            count += counts[i].sum();
            buckets.add(new FlushTally.Bucket(BOUNDS[i], count));
        }
        count += counts[BOUNDS.length].sum();
        return new FlushTally(List.copyOf(buckets), count, nanos.sum(), longest.get());
    }
}
