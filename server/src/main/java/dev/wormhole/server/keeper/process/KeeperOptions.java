package dev.wormhole.server.keeper.process;

import dev.wormhole.server.keeper.wire.KeeperFiles;

import java.nio.file.Path;

/**
 * What a keeper is started with.
 *
 * <p>Immutable.
 *
 * @param dataDirectory exists, and is its user's alone
 * @param files its name, which nobody else has
 * @param version of the program, told to servers
 * @param loopback listens on a port even where a socket could be
 */
public record KeeperOptions(
        Path dataDirectory,
        KeeperFiles files,
        String version,
        boolean loopback,
        KeeperLimits limits,
        KeeperPauses pauses) {

    /** A new keeper with the standard limits. */
    public static KeeperOptions standard(Path dataDirectory, KeeperFiles files, String version) {
        return new KeeperOptions(
                dataDirectory, files, version, false, KeeperLimits.STANDARD, KeeperPauses.STANDARD);
    }
}
