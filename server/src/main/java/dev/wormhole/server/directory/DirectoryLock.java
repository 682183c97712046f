package dev.wormhole.server.directory;

import dev.wormhole.protocol.Endpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The lock on a data directory, held as long as its server lives. The file is opened this once:
 * closing any other descriptor of it in this process would give the lock away (POSIX fcntl).
 */
public final class DirectoryLock implements AutoCloseable {

    /** A server that is just ending gets this long to be gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration STEP = Duration.ofMillis(20);

    private final FileChannel channel;
    private final FileLock lock;

    private DirectoryLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock; empty when another process still holds it after a second. Blocks that long at
     * most.
     */
    public static Optional<DirectoryLock> take(Path dataDirectory) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        dataDirectory.resolve(Endpoint.LOCK_NAME),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                FileLock lock = channel.tryLock();
                if (lock != null) return Optional.of(new DirectoryLock(channel, lock));
                if (System.nanoTime() - deadline >= 0) break;
                Thread.sleep(STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
