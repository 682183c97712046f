package dev.wormhole.bench.peer;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where and how a peer is to run. Immutable.
 *
 * @param directory an empty folder of its own, with a path short enough for unix sockets
 * @param historyLines lines of scrollback to keep
 */
public record Place(Path directory, int historyLines) {

    public static final int COLUMNS = 80;
    public static final int ROWS = 24;

    /** What every process here gets to know of the world: the same for each peer. */
    public Map<String, String> environment() {
        return Map.of(
                "PATH",
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
                "HOME",
                directory.toString(),
                "TERM",
                "xterm-256color",
                "LANG",
                "C.UTF-8",
                "LC_ALL",
                "C.UTF-8",
                "SHELL",
                "/bin/sh",
                "ABDUCO_SOCKET_DIR",
                directory.toString(),
                "WORMHOLE_CONFIG",
                directory.resolve("config").toString());
    }
}
