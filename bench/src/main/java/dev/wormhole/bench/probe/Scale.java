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
 * @param keys typed in each pass into a window
 * @param seconds that a window is watched
 * @param passes of which the median is taken
 */
public record Scale(
        int cat,
        int seq,
        int echoes,
        int shared,
        int sessions,
        int lines,
        int keys,
        int seconds,
        int passes) {

    public static final Scale FULL = new Scale(100, 5_000_000, 1000, 10, 50, 50_000, 200, 5, 3);
    public static final Scale QUICK = new Scale(10, 300_000, 150, 2, 20, 50_000, 50, 2, 1);

    public Scale withPasses(int count) {
        return new Scale(cat, seq, echoes, shared, sessions, lines, keys, seconds, count);
    }
}
