package dev.wormhole.bench.window;

import dev.wormhole.bench.peer.Column;
import dev.wormhole.bench.peer.Commands;
import dev.wormhole.bench.peer.Place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Wormhole's window by the program's own launcher, with a local server that it starts itself.
 * Immutable.
 *
 * @param program the launcher: {@code wormhole} of a checkout or of an image
 */
public record WormholeWindow(Path program) implements Column<Window> {

    @Override
    public String name() {
        return "wormhole";
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
    public Window start(Place place) throws IOException {
        Path directory = place.directory();
        var more = new HashMap<String, String>();
        more.put("JAVA_HOME", System.getProperty("java.home"));
        more.put("WORMHOLE_DATA", directory.resolve("data").toString());
        Path config = Files.createDirectory(directory.resolve("config"));
        // The same font as the others have, and all of the screen.
        String preferences =
                """
                {"version":1,"window":{"x":0,"y":0,"width":%d,"height":%d,"maximized":false},
                  "appearance":{"mode":"dark","fontFamily":"%s","fontSize":%s}}
                """
                        .formatted(Desk.WIDTH, Desk.HEIGHT, Emulator.FONT, Emulator.PIXELS);
        Files.writeString(config.resolve("preferences.json"), preferences);
        String options = System.getenv("JDK_JAVA_OPTIONS");
        if (options != null) more.put("JDK_JAVA_OPTIONS", options);
        return Window.open(place, _ -> List.of(program.toString()), more, () -> stop(place, more));
    }

    /** The server outlives the window: that is what it is for. */
    private void stop(Place place, Map<String, String> more) {
        var environment = new HashMap<>(place.environment());
        environment.putAll(more);
        try {
            Commands.output(
                    List.of(program.toString(), "stop", "--all"), environment, place.directory());
        } catch (IOException e) {
            System.err.println("not ended in order: " + e.getMessage());
        }
    }
}
