package dev.wormhole.server.checkpoint;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.Set;

/**
 * Ballast: a file beside the database that only takes up room. When the disk is full it is given
 * up, so that names, creations and ends still fit; output is stored again once it could be made
 * anew.
 *
 * <p>Owned by the checkpointer thread, before that by the thread that opens the store.
 */
final class Reserve {

    static final String FILE_NAME = "wormhole.reserve";

    /** Some thousand commits of a name or an end, which share the log's pages. */
    static final long BYTES = 4 << 20;

    /** Beside the file itself there has to be room for output, or it would go again at once. */
    private static final long ENOUGH = 2 * BYTES;

    private static final Logger log = LoggerFactory.getLogger(Reserve.class);

    private final Path file;
    private final DiskLook disk;
    private boolean whole;

    Reserve(Path dataDirectory, DiskLook disk) {
        this.file = dataDirectory.resolve(FILE_NAME);
        this.disk = disk;
        this.whole = isThere();
    }

    /** Whether there is something to give up. */
    boolean isWhole() {
        return whole;
    }

    /** Whether the disk has so little room that the reserve is what is left. */
    boolean isShort() {
        return disk.usableBytes() < BYTES;
    }

    /** Whether it could be made, and something beside it. */
    boolean hasRoom() {
        return disk.usableBytes() >= ENOUGH;
    }

    /** Makes it where it is missing and there is room. Whether it is there. */
    boolean restore() {
        if (whole) return true;
        if (!hasRoom()) return false;
        try {
            make();
            whole = true;
            log.info("a reserve of {} bytes lies beside the session store", BYTES);
        } catch (IOException e) {
            log.debug("no reserve: {}", e.toString());
            remove();
        }
        return whole;
    }

    /** Gives it up where room is short: elsewhere it would help nobody. */
    void release() {
        if (!whole || !isShort()) return;
        whole = false;
        remove();
        log.warn("the disk is full: the reserve beside the session store was given up");
    }

    /** For a start on a full disk, which needs some room before the store is opened. */
    static void releaseIfShort(Path dataDirectory) {
        new Reserve(dataDirectory, DiskLook.of(dataDirectory)).release();
    }

    /** Nothing that a file system could store in less room. */
    private void make() throws IOException {
        Files.deleteIfExists(file);
        byte[] noise = new byte[64 << 10];
        var random = new Random(BYTES);
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        ownerOnly())) {
            for (long written = 0; written < BYTES; written += noise.length) {
                random.nextBytes(noise);
                var bytes = ByteBuffer.wrap(noise);
                while (bytes.hasRemaining()) channel.write(bytes);
            }
            // Some file systems find out only now.
            channel.force(true);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private boolean isThere() {
        try {
            return Files.isRegularFile(file) && Files.size(file) == BYTES;
        } catch (IOException _) {
            return false;
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("the reserve cannot be removed: {}", e.toString());
        }
    }
}
