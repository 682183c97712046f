package dev.wormhole.server.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The store of a data directory on which no server runs: what people and disks do to it. */
public final class StoreFiles {

    private StoreFiles() {}

    /** It is gone. */
    public static void lose(Path dataDirectory) throws IOException {
        for (Path file : in(dataDirectory)) Files.delete(file);
    }

    /** A copy of it, into a directory that is there. */
    public static void copy(Path dataDirectory, Path into) throws IOException {
        for (Path file : in(dataDirectory)) Files.copy(file, into.resolve(file.getFileName()));
    }

    /**
     * A copy as a kill would leave it, while a server is at work. By another process: to close
     * these files in the one that has them open would drop its locks.
     */
    public static void copyLive(Path dataDirectory, Path into)
            throws IOException, InterruptedException {
        for (Path file : in(dataDirectory)) {
            Path copy = into.resolve(file.getFileName());
            int status =
                    new ProcessBuilder("cp", file.toString(), copy.toString()).start().waitFor();
            if (status != 0) throw new IOException("cp failed for " + file);
        }
    }

    /** A copy takes its place. */
    public static void bringBack(Path from, Path dataDirectory) throws IOException {
        lose(dataDirectory);
        copy(from, dataDirectory);
    }

    private static List<Path> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("wormhole.db"))
                    .toList();
        }
    }

    /**
     * Whether the files of a store hold this text, which is stored as it is. For the store of a
     * server in another process: closing a descriptor drops the locks of this one.
     */
    public static boolean hold(Path dataDirectory, String text) throws IOException {
        for (String name : List.of("wormhole.db", "wormhole.db-wal")) {
            Path file = dataDirectory.resolve(name);
            if (Files.exists(file)
                    && Files.readString(file, StandardCharsets.ISO_8859_1).contains(text))
                return true;
        }
        return false;
    }
}
