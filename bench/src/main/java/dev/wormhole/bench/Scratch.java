package dev.wormhole.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of one run. */
final class Scratch {

    private Scratch() {}

    static Path make() throws IOException {
        // Unix sockets have paths of at most 107 bytes.
        return Files.createTempDirectory("wh-bench");
    }

    /**
     * Also when the run is interrupted: no server of a peer may stay behind.
     *
     * @param before ends what runs in it
     */
    static void removeAtEnd(Path directory, Runnable before) {
        Thread cleaner =
                new Thread(
                        () -> {
                            before.run();
                            remove(directory);
                        });
        Runtime.getRuntime().addShutdownHook(cleaner);
    }

    private static void remove(Path directory) {
        try {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(directory)) {
                files = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : files) Files.deleteIfExists(file);
        } catch (IOException e) {
            System.err.println("bench: " + directory + " stays behind: " + e.getMessage());
        }
    }
}
