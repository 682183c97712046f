package dev.wormhole.bench.peer;

import com.pty4j.PtyProcessBuilder;
import com.pty4j.unix.UnixPtyProcess;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;

/**
 * A process on a pseudo-terminal, read and written by plain system calls: pty4j starts it, but its
 * streams poll and allocate for each read, and the harness shall cost as little as it can.
 *
 * <p>Its own thread reads until the end. Safe from any thread otherwise.
 */
final class PtyProcess implements AutoCloseable {

    /** Four times what the kernel gives in one read. */
    private static final int READ_BYTES = 16 << 10;

    private static final MethodHandle READ = call("read");
    private static final MethodHandle WRITE = call("write");

    private final UnixPtyProcess process;
    private final int descriptor;

    private PtyProcess(UnixPtyProcess process) {
        this.process = process;
        descriptor = process.getPty().getMasterFD();
    }

    @SuppressWarnings("restricted") // what --enable-native-access allows
    private static MethodHandle call(String name) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG));
    }

    /**
     * @param output gets what comes, on the reading thread; the buffer is valid during the call
     */
    static PtyProcess start(
            List<String> command, Place place, Pace pace, Consumer<ByteBuffer> output)
            throws IOException {
        var process =
                (UnixPtyProcess)
                        new PtyProcessBuilder(command.toArray(String[]::new))
                                .setEnvironment(new HashMap<>(place.environment()))
                                .setDirectory(place.directory().toString())
                                .setInitialColumns(Place.COLUMNS)
                                .setInitialRows(Place.ROWS)
                                .start();
        var pty = new PtyProcess(process);
        Thread.ofPlatform()
                .name("bench-pty-" + process.pid())
                .daemon()
                .start(() -> pty.read(pace.clock(), output));
        return pty;
    }

    private void read(Pace.Clock clock, Consumer<ByteBuffer> output) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(READ_BYTES);
            ByteBuffer buffer = segment.asByteBuffer();
            // The end of a terminal is an error, EIO, as is every other reason to stop.
            for (int count = io(READ, segment); count > 0; count = io(READ, segment)) {
                clock.took(count);
                output.accept(buffer.clear().limit(count));
            }
        }
    }

    void write(byte[] bytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            if (io(WRITE, segment) != bytes.length) throw new IOException("the terminal is full");
        }
    }

    private int io(MethodHandle call, MemorySegment segment) {
        try {
            return (int) (long) call.invokeExact(descriptor, segment, segment.byteSize());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
