package dev.wormhole.bench.jmh;

import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.SnapshotDepth;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** Taking and taking in a snapshot of a screen with 50,000 lines above it; microseconds each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SnapshotBenchmark {

    private static final int LINES = 50_000;

    @Param public SnapshotDepth depth = SnapshotDepth.GRIDS;

    private final Screen screen = Feeding.filled(LINES);
    private final Screen other = Feeding.screen(LINES);
    private byte[] taken = {};

    @org.openjdk.jmh.annotations.Setup
    public void take() {
        taken = screen.snapshot(depth);
    }

    @Benchmark
    public int write() {
        return screen.snapshot(depth).length;
    }

    @Benchmark
    public int read() {
        other.beginSnapshot(80, 24, depth != SnapshotDepth.ALL);
        other.feed(taken, 0, taken.length);
        other.endSnapshot();
        return other.cursorRow();
    }
}
