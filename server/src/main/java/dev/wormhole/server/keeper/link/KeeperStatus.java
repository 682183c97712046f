package dev.wormhole.server.keeper.link;

import org.jspecify.annotations.Nullable;

/**
 * How one keeper is, for {@code status} and {@code doctor}.
 *
 * <p>Immutable.
 *
 * @param name of its files
 * @param version of the program it runs
 * @param own new processes are started in it
 * @param startedMillis wall clock; 0: not known
 * @param processes how many it holds, ended ones that were not forgotten too
 * @param residentBytes memory of its process, 0 where it cannot be known
 * @param heldBytes output held in memory
 * @param spilledBytes output held on the disk
 * @param problem why it does not answer, else null; the numbers are 0 then
 */
public record KeeperStatus(
        String name,
        String version,
        long pid,
        boolean own,
        long startedMillis,
        int processes,
        long residentBytes,
        long heldBytes,
        long spilledBytes,
        @Nullable String problem) {}
