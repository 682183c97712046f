package dev.wormhole.client.local;

import dev.wormhole.protocol.Endpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Who holds the lock of a data directory, asked without touching the lock file: to open it in the
 * process that holds it, and to close it again, would drop the lock.
 *
 * <p>Immutable; every call asks the kernel anew.
 */
public final class ServerLock {

    private final Path file;

    public ServerLock(Path dataDirectory) {
        this.file = dataDirectory.resolve(Endpoint.LOCK_NAME);
    }

    /** Whether this system can say it at all. */
    public static boolean isSupported() {
        return FileLocks.isSupported();
    }

    /**
     * The processes that hold the lock, by pid: none or one. A lock that belongs to no process
     * counts as held by {@code -1}.
     *
     * @throws IOException where this system does not say who holds a lock
     */
    public Set<Long> holders() throws IOException {
        return FileLocks.writers(file);
    }

    public boolean isHeld() throws IOException {
        return !holders().isEmpty();
    }

    public boolean isHeldBy(long pid) throws IOException {
        return holders().contains(pid);
    }
}
