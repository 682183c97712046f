package dev.wormhole.server.keeper.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads every class that a keeper may ever need while its files are certainly there: it lives for
 * months, and what it was started from may be replaced meanwhile.
 *
 * <p>Safe from any thread.
 */
final class Preload {

    private static final Logger log = LoggerFactory.getLogger(Preload.class);

    private static final List<String> PACKAGES =
            List.of(
                    "dev/wormhole/server/keeper/process",
                    "dev/wormhole/server/keeper/wire",
                    "dev/wormhole/server/pty");

    private Preload() {}

    /** How many were loaded. */
    static int all() {
        int loaded = 0;
        try {
            Path source =
                    Path.of(
                            Preload.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            if (Files.isDirectory(source)) return inside(source);
            try (var jar = FileSystems.newFileSystem(source)) {
                loaded = inside(jar.getPath("/"));
            }
        } catch (IOException | URISyntaxException e) {
            log.warn("classes are loaded when they are needed: {}", e.toString());
        }
        return loaded;
    }

    private static int inside(Path root) throws IOException {
        int loaded = 0;
        for (String name : PACKAGES)
            try (Stream<Path> files = Files.list(root.resolve(name))) {
                for (Path file : files.toList()) if (load(name, file)) loaded++;
            }
        return loaded;
    }

    private static boolean load(String folder, Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".class") || name.equals("package-info.class")) return false;
        String simple = name.substring(0, name.length() - ".class".length());
        try {
            Class.forName(folder.replace('/', '.') + "." + simple);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            log.warn("{}: not loaded: {}", simple, e.toString());
            return false;
        }
    }
}
