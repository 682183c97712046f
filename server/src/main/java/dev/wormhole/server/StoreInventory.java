package dev.wormhole.server;

import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.server.checkpoint.StoreStatus;
import dev.wormhole.server.checkpoint.StoreStatus.Trouble;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What clients are told of the store. Pure. */
final class StoreInventory {

    private StoreInventory() {}

    static ServerMessage.StoreState of(StoreStatus status) {
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
                report);
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : (Long) time.toEpochMilli();
    }
}
