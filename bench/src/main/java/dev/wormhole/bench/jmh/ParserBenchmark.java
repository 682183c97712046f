package dev.wormhole.bench.jmh;

import dev.wormhole.bench.Corpus;
import dev.wormhole.terminal.Csi;
import dev.wormhole.terminal.Parser;

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

/** The parser alone, its calls counted and nothing more. The score is MB/s. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParserBenchmark {

    @Param public Corpus text = Corpus.MIXED;

    private byte[] output = {};
    private final Counter counter = new Counter();
    private final Parser parser = new Parser(counter);

    @Setup
    public void make() {
        output = text.bytes(Feeding.BYTES);
    }

    @Benchmark
    @OperationsPerInvocation(Feeding.BYTES)
    public long parse() {
        for (int at = 0; at < output.length; at += Feeding.CHUNK) {
            parser.feed(output, at, Math.min(Feeding.CHUNK, output.length - at));
        }
        return counter.calls;
    }

    private static final class Counter implements Parser.Handler {

        private long calls;

        @Override
        public void printAscii(byte[] bytes, int from, int to) {
            calls += to - from;
        }

        @Override
        public void print(int codePoint) {
            calls += codePoint;
        }

        @Override
        public void execute(int control) {
            calls++;
        }

        @Override
        public void csi(Csi csi) {
            calls++;
        }
    }
}
