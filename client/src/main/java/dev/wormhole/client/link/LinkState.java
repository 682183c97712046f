package dev.wormhole.client.link;

import java.time.Duration;

/**
 * Where a link stands.
 *
 * <p>Immutable.
 */
public sealed interface LinkState {

    /** Stopped, or not started yet. */
    record Disconnected() implements LinkState {}

    /** An attempt is under way; attempts count from 1 since the last connection. */
    record Connecting(int attempt) implements LinkState {}

    /** The server answers; every known session has been asked back. */
    record Connected(String server) implements LinkState {}

    /**
     * The last attempt failed or the connection was lost; the next one starts by itself after
     * {@code delay}.
     */
    record Reconnecting(int attempt, Duration delay, LinkProblem problem) implements LinkState {}
}
