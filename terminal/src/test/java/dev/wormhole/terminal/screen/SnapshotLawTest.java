package dev.wormhole.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * The snapshot law of DESIGN section 4: a screen fed a snapshot equals the screen it was taken from
 * and stays equal on whatever follows.
 */
class SnapshotLawTest {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aScreenFedASnapshotEqualsItsOriginAndStaysEqual(long seed) {
        var random = new Random(seed);
        int limit = random.nextInt(4) == 0 ? random.nextInt(40) : 2000;
        var origin = new Screen(2 + random.nextInt(40), 1 + random.nextInt(12), limit, QUIET);
        drive(random, 60, origin);

        var copy = new Screen(80, 24, limit, QUIET);
        restore(copy, origin, SnapshotDepth.ALL, false);

        assertSame(seed, "at once", copy, origin, SnapshotDepth.ALL);
        for (int round = 0; round < 5; round++) {
            drive(random, 20, origin, copy);
            assertSame(seed, "round " + round, copy, origin, SnapshotDepth.ALL);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRecentSnapshotMakesAllEqualButTheSealedLines(long seed) {
        var random = new Random(seed);
        var origin = new Screen(2 + random.nextInt(30), 1 + random.nextInt(10), 1000, QUIET);
        drive(random, 200, origin);
        for (int i = 0; i < random.nextInt(700); i++) feed(origin, "line " + i + "\r\n");

        var copy = new Screen(80, 24, 1000, QUIET);
        if (random.nextBoolean()) drive(random, 100, copy);
        restore(copy, origin, SnapshotDepth.RECENT, random.nextBoolean());

        assertThat(copy.hash()).as("seed %d", seed).isEqualTo(origin.hash());
        for (int round = 0; round < 5; round++) {
            drive(random, 20, origin, copy);
            assertSame(seed, "round " + round, copy, origin, SnapshotDepth.RECENT);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSnapshotOfGridsShowsTheSameScreen(long seed) {
        var random = new Random(seed);
        var origin = new Screen(2 + random.nextInt(30), 1 + random.nextInt(10), 1000, QUIET);
        drive(random, 200, origin);

        var copy = new Screen(80, 24, 1000, QUIET);
        restore(copy, origin, SnapshotDepth.GRIDS, true);

        assertSame(seed, "at once", copy, origin, SnapshotDepth.GRIDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "fish", "less", "mc", "nvim", "page", "tmux", "vim", "vttest"})
    void theLawHoldsForWhatRealProgramsWrite(String program) throws IOException {
        byte[] output;
        try (InputStream in = getClass().getResourceAsStream("/recorded/" + program + ".out")) {
            output = in.readAllBytes();
        }
        var random = new Random(program.hashCode());
        for (int round = 0; round < 60; round++) {
            var origin = new Screen(80, 24, 500, QUIET);
            int cut = random.nextInt(output.length);
            int resize = random.nextInt(output.length);
            origin.feed(output, 0, Math.min(cut, resize));
            if (resize < cut) {
                origin.resize(20 + random.nextInt(100), 5 + random.nextInt(40));
                origin.feed(output, resize, cut - resize);
            }
            SnapshotDepth depth = random.nextBoolean() ? SnapshotDepth.ALL : SnapshotDepth.RECENT;
            var copy = new Screen(10, 5, 500, QUIET);
            restore(copy, origin, depth, false);
            assertSame(round, program + " cut at " + cut, copy, origin, depth);

            int columns = 20 + random.nextInt(100);
            int rows = 5 + random.nextInt(40);
            for (Screen screen : List.of(origin, copy)) {
                if (resize >= cut) {
                    screen.feed(output, cut, resize - cut);
                    screen.resize(columns, rows);
                }
                int from = Math.max(cut, resize);
                screen.feed(output, from, output.length - from);
            }
            assertSame(round, program + " to the end", copy, origin, depth);
        }
    }

    private static void assertSame(
            long seed, String when, Screen copy, Screen origin, SnapshotDepth depth) {
        String expected = readable(origin.snapshot(depth));
        assertThat(readable(copy.snapshot(depth)))
                .as("seed %d, %s", seed, when)
                .isEqualTo(expected);
    }

    private static String readable(byte[] snapshot) {
        return new String(snapshot, StandardCharsets.ISO_8859_1).replace("\033", "\n<ESC>");
    }

    static void restore(Screen copy, Screen origin, SnapshotDepth depth, boolean keep) {
        byte[] snapshot = origin.snapshot(depth);
        copy.beginSnapshot(origin.columns(), origin.rows(), keep);
        copy.feed(snapshot, 0, snapshot.length);
        copy.endSnapshot();
    }

    private static final ScreenListener QUIET = new ScreenListener() {};

    /** Feeds all screens the same output, split anywhere, with the same sizes in between. */
    private static void drive(Random random, int steps, Screen... screens) {
        for (int i = 0; i < steps; i++) {
            if (random.nextInt(12) == 0) {
                int columns = 2 + random.nextInt(40);
                int rows = 1 + random.nextInt(12);
                for (Screen screen : screens) screen.resize(columns, rows);
            }
            byte[] bytes = ScreenOutput.piece(random);
            int cut = random.nextInt(bytes.length + 1);
            for (Screen screen : screens) {
                screen.feed(bytes, 0, cut);
                screen.feed(bytes, cut, bytes.length - cut);
            }
            // Often enough the snapshot is taken inside a sequence.
            if (random.nextInt(8) == 0) {
                byte[] half = ScreenOutput.piece(random);
                for (Screen screen : screens) screen.feed(half, 0, half.length / 2);
            }
        }
    }

    private static void feed(Screen screen, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        screen.feed(bytes, 0, bytes.length);
    }
}
