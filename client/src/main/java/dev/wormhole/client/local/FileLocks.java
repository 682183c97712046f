package dev.wormhole.client.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who holds locks on a file, asked of the kernel without touching the file: to open and close it
 * would drop the locks of the process that does so.
 */
public final class FileLocks {

    private static final Path LOCKS = Path.of("/proc/locks");
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private FileLocks() {}

    /** Whether this system can say it at all. */
    static boolean isSupported() {
        return Files.isReadable(LOCKS);
    }

    /**
     * The processes that hold the file, or a part of it, exclusively, by pid; {@code -1} for one
     * that the kernel does not name. Nobody holds a file that is missing.
     *
     * @throws IOException where this system does not say who holds a lock
     */
    public static Set<Long> writers(Path file) throws IOException {
        FileFacts facts;
        try {
            facts = FileFacts.of(file);
        } catch (NoSuchFileException e) {
            return new TreeSet<>();
        }
        if (!isSupported()) {
            throw new IOException(
                    "this system has no /proc/locks to tell whether a server runs: use Linux");
        }
        LockTable table = LockTable.parse(Files.readString(LOCKS));
        var holders = new TreeSet<>(table.holders(facts.major(), facts.minor(), facts.inode()));
        if (holders.isEmpty() && Files.isReadable(MOUNTS)) {
            // On btrfs and some overlays the kernel's table names the file system's device, stat
            // another one.
            MountTable.Device device =
                    MountTable.parse(Files.readString(MOUNTS)).deviceOf(file.toRealPath());
            if (device != null)
                holders.addAll(table.holders(device.major(), device.minor(), facts.inode()));
        }
        return holders;
    }
}
