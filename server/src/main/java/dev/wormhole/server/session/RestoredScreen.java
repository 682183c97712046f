package dev.wormhole.server.session;

import dev.wormhole.terminal.screen.Screen;

import java.util.List;
import java.util.Optional;

/**
 * A screen that was rebuilt.
 *
 * @param origin the stored screen it began with; none when all of it was read from the tail
 * @param sealedEnd number of the line behind the newest block that is stored and in use
 * @param problems what could not be used, a sentence each
 */
record RestoredScreen(
        Screen screen, Optional<StoredScreen> origin, long sealedEnd, List<String> problems) {
    RestoredScreen {
        problems = List.copyOf(problems);
    }
}
