package dev.wormhole.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The session server, started by the program's own launcher with the flags that it has for a
 * server, in a process of its own. Immutable.
 *
 * @param program the launcher: {@code wormhole} of a checkout or of an image
 */
public record Wormhole(Path program) implements KillablePeer {

    @Override
    public String name() {
        return "wormhole";
    }

    @Override
    public boolean keepsScreen() {
        return true;
    }

    @Override
    public Optional<String> absence() {
        return Optional.empty();
    }

    @Override
    public String version() {
        return Commands.version(program.toString(), "--version");
    }

    @Override
    public WormholeHost start(Place place) throws IOException {
        return WormholeHost.start(program, place);
    }
}
