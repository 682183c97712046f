package dev.wormhole.bench.jmh;

import dev.wormhole.bench.Corpus;
import dev.wormhole.terminal.screen.HistoryBlock;
import dev.wormhole.terminal.screen.Screen;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ten thousand lines of scrollback: milliseconds to make them, and, printed after each run, the
 * bytes that a line takes in memory beside the bytes it was written with.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HistoryBenchmark {

    private static final int LINES = 10_000;

    @Param({"MIXED", "ASCII", "SEQ", "CJK", "TRUE_COLOUR"})
    public Corpus text = Corpus.MIXED;

    private byte[] output = {};
    private Screen screen = Feeding.screen(LINES);

    @Setup
    public void make() {
        output = text.lines(LINES + 24);
    }

    @Benchmark
    public long fill() {
        screen = Feeding.screen(LINES);
        Feeding.feed(screen, output);
        return screen.history().endLine();
    }

    @TearDown(Level.Trial)
    public void tell() {
        List<HistoryBlock> blocks = screen.history().blocksFrom(screen.history().firstLine());
        long bytes = blocks.stream().mapToLong(HistoryBlock::bytes).sum();
        long lines = blocks.stream().mapToLong(HistoryBlock::lines).sum();
        System.out.printf(
                "%nbytes per line: %.1f in memory, %.1f as written%n",
                (double) bytes / Math.max(1, lines), (double) output.length / (LINES + 24));
    }
}
