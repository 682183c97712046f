package dev.wormhole.bench.jmh;

import dev.wormhole.terminal.screen.Screen;
import dev.wormhole.terminal.screen.ScreenCopy;
import dev.wormhole.terminal.screen.Search;

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

/** All of 50,000 lines searched for a text that is nowhere, and the copy it needs; milliseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SearchBenchmark {

    private final Screen screen = Feeding.filled(50_000);
    private final ScreenCopy copy = screen.copy();
    private final Search plain =
            Search.of("nowhere to be seen", Search.Kind.PLAIN, Search.Case.EXACT);
    private final Search ignoring =
            Search.of("nowhere to be seen", Search.Kind.PLAIN, Search.Case.IGNORED);
    private final Search regex =
            Search.of("(warn|error)\\s+\\d{9}", Search.Kind.REGEX, Search.Case.IGNORED);

    @Benchmark
    public int plain() throws InterruptedException {
        return plain.find(copy, 0, Long.MAX_VALUE, 100).size();
    }

    @Benchmark
    public int plainIgnoringCase() throws InterruptedException {
        return ignoring.find(copy, 0, Long.MAX_VALUE, 100).size();
    }

    @Benchmark
    public int regex() throws InterruptedException {
        return regex.find(copy, 0, Long.MAX_VALUE, 100).size();
    }

    @Benchmark
    public long copy() {
        return screen.copy().endLine();
    }
}
