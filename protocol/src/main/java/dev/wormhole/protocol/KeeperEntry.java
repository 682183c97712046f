package dev.wormhole.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One keeper of a server: a process that holds the processes of sessions.
 *
 * <p>Immutable.
 *
 * @param name of its files in the data directory
 * @param version of the program it runs
 * @param own new processes are started in it
 * @param startedAt null where unknown
 * @param processes how many it holds, ended ones that were not forgotten too
 * @param residentBytes memory of its process; 0 where it cannot be known
 * @param heldBytes output that it keeps in memory
 * @param spilledBytes output that it keeps on the disk
 * @param problem why it does not answer, else null; the numbers are 0 then
 */
public record KeeperEntry(
        String name,
        String version,
        long pid,
        boolean own,
        @Nullable Long startedAt,
        int processes,
        long residentBytes,
        long heldBytes,
        long spilledBytes,
        @Nullable String problem) {}
