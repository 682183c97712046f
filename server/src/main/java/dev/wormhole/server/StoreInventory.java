package dev.wormhole.server;

import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.server.checkpoint.StoreStatus;
import dev.wormhole.server.checkpoint.StoreStatus.Trouble;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** What clients are told of the store. Pure. */
final class StoreInventory {

    private StoreInventory() {}

    /**
     * @param limit from which the database counts as large, in bytes
     */
    static ServerMessage.StoreState of(StoreStatus status, Path dataDirectory, long limit) {
        Trouble trouble = status.trouble();
        String report = status.report() == null ? null : status.report().toString();
        return new ServerMessage.StoreState(
                trouble == null ? null : trouble.problem(),
                trouble == null ? null : millis(trouble.since()),
                trouble == null ? null : trouble.sentence(),
                trouble == null ? 0 : trouble.sessions(),
                trouble == null ? null : millis(trouble.oldest()),
                millis(status.lastCommit()),
                status.reserve(),
                status.warnings(),
                report,
                size(dataDirectory.resolve("wormhole.db"))
                        + size(dataDirectory.resolve("wormhole.db-wal")),
                limit);
    }

    /** Only looks at it: to open it and close it again would drop SQLite's locks. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            // There is no log at times.
            return 0;
        }
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : (Long) time.toEpochMilli();
    }
}
