package dev.wormhole.app.terminal;

import dev.wormhole.protocol.ServerMessage;

import java.util.concurrent.CompletableFuture;

/**
 * Where the lines of one session's scrollback are that a pane does not have: its server (feature
 * {@code history}). Safe from any thread; nothing blocks.
 */
@FunctionalInterface
public interface ScrollbackSource {

    /**
     * The newest lines below this number, as many as one message holds.
     *
     * @param count at most so many
     */
    CompletableFuture<ServerMessage.History> before(long line, int count);
}
