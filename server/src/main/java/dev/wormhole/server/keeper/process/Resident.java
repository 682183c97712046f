package dev.wormhole.server.keeper.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process has. Safe from any thread. */
final class Resident {

    private Resident() {}

    /** From VmRSS of /proc/self/status (proc(5)); 0 where there is none. */
    static long bytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status")))
                if (line.startsWith("VmRSS:"))
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        } catch (IOException | NumberFormatException e) {
            // Not Linux, or without /proc: not known.
        }
        return 0;
    }
}
