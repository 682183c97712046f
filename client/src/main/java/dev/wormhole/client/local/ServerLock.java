package dev.wormhole.client.local;

import dev.wormhole.protocol.Endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who holds the lock of a data directory, asked without touching the lock file: to open it in the
 * process that holds it, and to close it again, would drop the lock.
 *
 * <p>Immutable; every call asks the kernel anew.
 */
public final class ServerLock {

    private static final Path LOCKS = Path.of("/proc/locks");
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

    private final Path file;

    public ServerLock(Path dataDirectory) {
        this.file = dataDirectory.resolve(Endpoint.LOCK_NAME);
    }

    /** Whether this system can say it at all. */
    public static boolean isSupported() {
        return Files.isReadable(LOCKS);
    }

    /**
     * The processes that hold the lock, by pid: none or one. A lock that belongs to no process
     * counts as held by {@code -1}.
     *
     * @throws IOException where this system does not say who holds a lock
     */
    public Set<Long> holders() throws IOException {
        FileFacts facts;
        try {
            facts = FileFacts.of(file);
        } catch (NoSuchFileException e) {
            return Set.of();
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

    public boolean isHeld() throws IOException {
        return !holders().isEmpty();
    }

    public boolean isHeldBy(long pid) throws IOException {
        return holders().contains(pid);
    }
}
