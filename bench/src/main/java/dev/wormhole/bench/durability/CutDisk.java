package dev.wormhole.bench.durability;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.wormhole.bench.peer.Pace;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A file system of its own, in a file, that can be cut off as the end of the machine does: nothing
 * that the kernel has not handed to the disk by then is there afterwards. Linux, as root.
 *
 * <p>What is left of the truth: the disk under it keeps what it was handed, in this order; a real
 * one may lose its cache too. Its journal is committed every 60 s only, so that it is not the file
 * system's own beat that is measured.
 *
 * <p>Owned by the thread that measures.
 */
final class CutDisk implements AutoCloseable {

    private static final long BYTES = 1L << 30;

    /** EXT4_IOC_SHUTDOWN of linux/ext4.h, and its EXT4_GOING_FLAGS_NOLOGFLUSH. */
    private static final long SHUTDOWN = 0x8004587dL;

    private static final int WITHOUT_FLUSH = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final MethodHandle OPEN =
            call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle IOCTL =
            call(
                    "ioctl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE =
            call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private final Path image;
    private final Path place;

    private CutDisk(Path image, Path place) {
        this.image = image;
        this.place = place;
    }

    /** Why there can be none here; empty if there can. */
    static Optional<String> absence() {
        boolean mayMount = "root".equals(System.getProperty("user.name"));
        boolean hasLoop = Files.exists(Path.of("/dev/loop-control"));
        return mayMount && hasLoop
                ? Optional.empty()
                : Optional.of("not measured: needs root and loop devices");
    }

    /**
     * @param place a folder that is not there yet
     */
    static CutDisk mount(Path image, Path place) throws IOException {
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(BYTES);
        }
        run("mkfs.ext4", "-q", "-E", "lazy_itable_init=1", image.toString());
        Files.createDirectory(place);
        var disk = new CutDisk(image, place);
        disk.mount();
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
        run("sync", "-f", place.toString());
        return disk;
    }

    private void mount() throws IOException {
        run("mount", "-o", "loop,commit=60", image.toString(), place.toString());
    }

    @SuppressWarnings("restricted") // what --enable-native-access allows
    private static MethodHandle call(
            String name, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
    }

    /** From now on nothing reaches the disk; the time is the one just before. */
    long cut() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(place.toString());
            MemorySegment flags = arena.allocateFrom(JAVA_INT, WITHOUT_FLUSH);
            int folder = (int) OPEN.invokeExact(path, 0);
            if (folder < 0) throw new IOException("cannot open " + place);
            long at = System.nanoTime();
            int status = (int) IOCTL.invokeExact(folder, SHUTDOWN, flags);
            int closed = (int) CLOSE.invokeExact(folder);
            if (status != 0 || closed != 0) throw new IOException("the disk cannot be cut off");
            return at;
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** The machine starts again: the journal is replayed. Nobody may have a file open. */
    void restart() throws IOException {
        unmount();
        mount();
    }

    private void unmount() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                run("umount", place.toString());
                return;
            } catch (IOException e) {
                // Who was killed lets go of its files a little later.
                if (System.nanoTime() > deadline) throw e;
                Pace.rest(Duration.ofMillis(50));
            }
        }
    }

    private static void run(String... command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .start();
        try (var in = process.getInputStream()) {
            String words = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) throw new IOException(List.of(command) + ": " + words);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        unmount();
        Files.deleteIfExists(image);
    }
}
