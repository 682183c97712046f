package dev.wormhole.bench.jmh;

import dev.wormhole.terminal.screen.Screen;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** A drag at a window's edge: one resize with reflow above 10,000 lines; microseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ResizeBenchmark {

    private static final int[] COLUMNS = {80, 79, 60, 100, 132, 40};
    private static final int[] ROWS = {24, 24, 30, 50, 43, 10};

    private final Screen screen = Feeding.filled(10_000);
    private int step;

    @Benchmark
    public int resize() {
        step = (step + 1) % COLUMNS.length;
        screen.resize(COLUMNS[step], ROWS[step]);
        return screen.cursorRow();
    }
}
