package dev.wormhole.server.keeper.wire;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * The lock that says that a keeper lives (fcntl). The keeper opens the file this once: closing any
 * other descriptor of it in the same process would give the lock away.
 *
 * <p>Owned by the thread that took it.
 */
public final class KeeperLock implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private KeeperLock(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Makes the file of a new keeper and takes the lock. Empty when there is one of this name, or
     * when somebody who looked for dead keepers was quicker: another name is to be taken then.
     */
    public static Optional<KeeperLock> create(Path file) throws IOException {
        try {
            FileChannel channel =
                    FileChannel.open(
                            file,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            KeeperFiles.PRIVATE);
            Optional<KeeperLock> lock = tryLock(file, channel);
            // A file without a name is seen by nobody.
            if (lock.isEmpty() || Files.exists(file)) return lock;
            lock.get().close();
            return Optional.empty();
        } catch (FileAlreadyExistsException e) {
            return Optional.empty();
        }
    }

    /**
     * Takes the lock of a keeper that may be dead; empty while it lives.
     *
     * @throws java.nio.file.NoSuchFileException if the file is gone
     */
    static Optional<KeeperLock> tryTake(Path file) throws IOException {
        return tryLock(file, FileChannel.open(file, StandardOpenOption.WRITE));
    }

    private static Optional<KeeperLock> tryLock(Path file, FileChannel channel) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Taken in this JVM.
        } finally {
            if (lock == null) channel.close();
        }
        return lock == null ? Optional.empty() : Optional.of(new KeeperLock(file, channel, lock));
    }

    /** While the lock is held, so that it is nobody else's file; later nothing happens. */
    public void removeFile() throws IOException {
        if (channel.isOpen()) Files.deleteIfExists(file);
    }

    /** A second call does nothing. */
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) return;
        lock.release();
        channel.close();
    }
}
