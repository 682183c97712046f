package dev.wormhole.server.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Gives libraries that unpack native code a place in the data directory: the shared temporary
 * folder may be mounted noexec, and what lies there belongs to everybody.
 */
public final class NativeLibraries {

    private NativeLibraries() {}

    /**
     * Called before a library is first used, by a process that has the folder for itself: what an
     * earlier one left is removed.
     *
     * @param folder is made; its parent exists
     */
    public static void prepare(Path folder) throws IOException {
        remove(folder);
        Files.createDirectory(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (String property : new String[] {"org.sqlite.tmpdir", "jna.tmpdir", "pty4j.tmpdir"}) {
            System.setProperty(property, folder.toString());
        }
    }

    /** What was unpacked and is in use stays in use. */
    public static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> old = Files.walk(folder)) {
            old.sorted(Comparator.reverseOrder()).forEach(NativeLibraries::delete);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
