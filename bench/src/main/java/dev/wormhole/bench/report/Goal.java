package dev.wormhole.bench.report;

import java.util.Locale;

/**
 * What Wormhole has to reach. Immutable.
 *
 * @param ofRaw the limit is a share of the bare terminal's figure
 */
public record Goal(boolean atLeast, double limit, boolean ofRaw) {

    public static Goal atMost(double limit) {
        return new Goal(false, limit, false);
    }

    /** Of what must not happen at all. */
    public static Goal none() {
        return atMost(0);
    }

    public static Goal atLeast(double limit) {
        return new Goal(true, limit, false);
    }

    public static Goal shareOfRaw(double limit) {
        return new Goal(true, limit, true);
    }

    /**
     * @param raw the bare terminal's figure, NaN where there is none
     */
    boolean isReached(double value, double raw) {
        double measured = ofRaw ? value / raw : value;
        return atLeast ? measured >= limit : measured <= limit;
    }

    @Override
    public String toString() {
        if (!atLeast && limit == 0) return "0";
        String number =
                ofRaw
                        ? String.format(Locale.ROOT, "%.2f of raw", limit)
                        : String.format(Locale.ROOT, limit < 10 ? "%.1f" : "%.0f", limit);
        return (atLeast ? "≥ " : "≤ ") + number;
    }
}
