package dev.wormhole.terminal.screen;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Feeds screens hostile output and checks what must hold whatever a program writes: nothing is
 * thrown, nothing grows without bound, the grid stays a grid, replies are of a fixed grammar and
 * repeat nothing, and a screen depends neither on how its bytes arrive nor on having been rebuilt
 * from a snapshot. A round is a pure function of its seed.
 *
 * <p>Owned by the thread that made it.
 */
final class ScreenFuzz {

    private static final int[] HISTORIES = {0, 1, 10, 300, 1000};
    private static final int STEPS = 40;

    private final List<byte[]> corpus = Corpus.cases().stream().map(ScreenCase::output).toList();

    private long bytes;

    /**
     * Fuzzes for a time: {@code ScreenFuzz [SECONDS [FIRST-SEED]]}. Ends at the first failure,
     * naming its seed; the same seed alone is {@code ScreenFuzz 0 SEED}.
     */
    public static void main(String[] arguments) {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 20 * 60;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
        System.out.printf("%d s from seed %d%n", seconds, seed);
        var fuzz = new ScreenFuzz();
        long rounds = fuzz.run(seed, Duration.ofSeconds(seconds), System.out::println);
        System.out.printf(Locale.ROOT, "%d rounds, %.3f GB, no defect%n", rounds, fuzz.bytes / 1e9);
    }

    /** Told now and then how far it is. */
    interface Progress {

        void said(String line);
    }

    /**
     * Runs rounds with seeds from this one on until the time is over, one at least.
     *
     * @return how many rounds there were
     * @throws AssertionError naming the seed
     */
    long run(long firstSeed, Duration time, Progress progress) {
        long end = System.nanoTime() + time.toNanos();
        long rounds = 0;
        do {
            round(firstSeed + rounds);
            rounds++;
            if (rounds % 1000 == 0) {
                progress.said(
                        "%d rounds, %d MB, next seed %d"
                                .formatted(rounds, bytes / 1_000_000, firstSeed + rounds));
            }
        } while (System.nanoTime() < end);
        return rounds;
    }

    /**
     * @throws AssertionError naming the seed
     */
    void round(long seed) {
        int step = 0;
        try {
            var output = new HostileOutput(seed, corpus);
            int[] size = output.size();
            int history = HISTORIES[output.below(HISTORIES.length)];
            var pair = new ScreenPair(size[0], size[1], history);
            for (; step < STEPS; step++) step(output, pair);
            pair.checkEverything();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
        }
    }

    private void step(HostileOutput output, ScreenPair pair) {
        byte[] next = output.next();
        bytes += next.length;
        pair.feed(next, output.split(next));
        if (output.oneIn(8)) {
            int[] size = output.size();
            pair.resize(size[0], size[1]);
        }
        if (output.oneIn(10)) pair.rebuild();
        pair.check();
        if (output.oneIn(6)) pair.checkEverything();
    }
}
