package dev.wormhole.bench.jmh;

import dev.wormhole.bench.Corpus;
import dev.wormhole.terminal.screen.Screen;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * Parser and screen with the default scrollback, kept full, as the server runs them. The score is
 * MB/s.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScreenBenchmark {

    @Param public Corpus text = Corpus.MIXED;

    private byte[] output = {};
    private final Screen screen = Feeding.screen(Screen.DEFAULT_HISTORY);

    @Setup
    public void make() {
        output = text.bytes(Feeding.BYTES);
    }

    @Benchmark
    @OperationsPerInvocation(Feeding.BYTES)
    public int feed() {
        Feeding.feed(screen, output);
        return screen.cursorRow();
    }
}
