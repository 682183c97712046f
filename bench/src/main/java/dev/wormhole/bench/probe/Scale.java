package dev.wormhole.bench.probe;

/**
 * How much is measured. Immutable.
 *
 * @param cat megabytes (10^6) of mixed text through one viewer
 * @param seq numbers
 * @param echoes characters typed in each pass
 * @param shared megabytes to many viewers
 * @param sessions idle ones made in each pass
 * @param lines scrollback at an attach
 * @param passes of which the median is taken
 */
public record Scale(int cat, int seq, int echoes, int shared, int sessions, int lines, int passes) {

    public static final Scale FULL = new Scale(100, 5_000_000, 1000, 10, 50, 50_000, 3);
    public static final Scale QUICK = new Scale(10, 300_000, 150, 2, 20, 50_000, 1);

    public Scale withPasses(int count) {
        return new Scale(cat, seq, echoes, shared, sessions, lines, count);
    }
}
