package dev.wormhole.server.keeper.link;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the foreground process of a terminal is, from /proc.
 *
 * <p>Safe from any thread.
 */
final class ForegroundDirectory {

    private ForegroundDirectory() {}

    /**
     * Null where it cannot be known.
     *
     * @param pid of the process that was started on the terminal
     */
    static @Nullable String of(long pid) {
        try {
            long group = foregroundGroup(pid);
            return Files.readSymbolicLink(Path.of("/proc/" + (group > 0 ? group : pid) + "/cwd"))
                    .toString();
        } catch (IOException | UnsupportedOperationException | NumberFormatException e) {
            // The process changed or went between two reads, or this is not Linux: unknown.
            return null;
        }
    }

    /**
     * Field 8 of /proc/PID/stat (proc(5)): the foreground process group of the terminal, counted
     * after the name.
     */
    private static long foregroundGroup(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[5]);
    }
}
