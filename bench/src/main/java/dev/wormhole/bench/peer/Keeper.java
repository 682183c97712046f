package dev.wormhole.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The keeper of Wormhole's terminals, read by the harness with no server between: what having one
 * costs. Immutable.
 *
 * @param program the launcher: {@code wormhole} of a checkout or of an image
 */
public record Keeper(Path program) implements Peer {

    @Override
    public String name() {
        return "keeper";
    }

    @Override
    public boolean keepsScreen() {
        return false;
    }

    /** A process has one reader. */
    @Override
    public boolean isMultiplexer() {
        return false;
    }

    @Override
    public Optional<String> absence() {
        return Optional.empty();
    }

    @Override
    public String version() {
        return "its keeper alone";
    }

    @Override
    public Host start(Place place) throws IOException {
        return KeeperHost.start(program, place);
    }
}
