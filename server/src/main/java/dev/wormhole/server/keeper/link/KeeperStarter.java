package dev.wormhole.server.keeper.link;

import java.io.IOException;
import java.nio.file.Path;

/** Starts the keeper of this version as a process of its own. */
@FunctionalInterface
public interface KeeperStarter {

    /**
     * Starts it and returns without waiting for it: it says in its directory when it accepts.
     * Called on a thread that may block.
     *
     * @throws IOException if no process could be started; the message says what to do
     */
    void start(Path dataDirectory) throws IOException;
}
