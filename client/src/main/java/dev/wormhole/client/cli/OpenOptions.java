package dev.wormhole.client.cli;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@code wormhole} or {@code wormhole open} was asked to show.
 *
 * <p>Immutable.
 *
 * @param dataDirectory of the local server; absolute, need not exist
 * @param server name or URL of another server, null for the local one
 * @param session id, prefix of one, or name; null for none
 * @param command of a new session's pane; empty for none
 */
public record OpenOptions(
        Path dataDirectory,
        @Nullable String server,
        @Nullable String session,
        List<String> command) {

    public OpenOptions {
        command = List.copyOf(command);
    }
}
