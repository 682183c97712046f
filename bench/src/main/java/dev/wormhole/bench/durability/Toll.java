package dev.wormhole.bench.durability;

import java.util.BitSet;
import java.util.List;

/**
 * What death took of printed lines. Immutable.
 *
 * @param printed lines that were printed until then
 * @param lost of these, the ones that nobody can see any more
 * @param misplaced lines that stand twice, or before one that was printed earlier
 * @param lostMillis how long before that moment the oldest lost line was printed; 0 if none is lost
 */
record Toll(long printed, long lost, long misplaced, double lostMillis) {

    static final Toll NONE = new Toll(0, 0, 0, 0);

    /**
     * @param seen numbers of the lines that a later viewer sees, from the top
     * @param until the moment, in the log's terms: what was printed later is not counted
     * @param scrolls lines before the first seen one have left the scrollback, and are not lost
     */
    static Toll of(PrintLog log, List<Long> seen, long until, boolean scrolls) {
        long printed = log.printedBy(until);
        long first = scrolls && !seen.isEmpty() ? Math.min(seen.getFirst(), printed) : 0;
        // Bits are counted from the first line: a flood's numbers go far.
        var there = new BitSet();
        long misplaced = 0;
        long before = -1;
        for (long number : seen) {
            if (number <= before) misplaced++;
            before = number;
            if (number >= first && number < printed) there.set(Math.toIntExact(number - first));
        }
        long lost = printed - first - there.cardinality();
        if (lost == 0) return new Toll(printed, 0, misplaced, 0);
        long oldest = first + there.nextClearBit(0);
        return new Toll(printed, lost, misplaced, (until - log.timeOf(oldest)) / 1e6);
    }

    /** Both; of the times the worse. */
    Toll plus(Toll other) {
        return new Toll(
                printed + other.printed,
                lost + other.lost,
                misplaced + other.misplaced,
                Math.max(lostMillis, other.lostMillis));
    }
}
