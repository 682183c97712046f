package dev.wormhole.bench.report;

import java.util.Arrays;
import java.util.Collection;

/** Pure. */
public final class Statistics {

    private Statistics() {}

    /** The middle one, or between the two in the middle. */
    public static double median(Collection<Double> values) {
        double[] sorted = sorted(values);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest value that so many percent of all are no larger than (nearest rank). */
    public static double percentile(Collection<Double> values, double percent) {
        double[] sorted = sorted(values);
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    private static double[] sorted(Collection<Double> values) {
        if (values.isEmpty()) throw new IllegalArgumentException("no values");
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
