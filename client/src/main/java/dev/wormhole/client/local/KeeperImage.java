package dev.wormhole.client.local;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a keeper runs from: a copy in the data directory of the small runtime and the jars that an
 * installed image holds for it, so that an update or the removal of the package takes no file from
 * under it. A program that was not installed (a checkout, whose copies outlive its builds) has none
 * to copy, and its keeper runs from what the program itself runs from.
 *
 * <p>Used by the process that holds the lock of the data directory, by one thread.
 *
 * @param java the command
 * @param classPath absolute
 */
record KeeperImage(Path java, String classPath) {

    private static final Logger log = LoggerFactory.getLogger(KeeperImage.class);

    /** Beside the runtime of an installed image. */
    static final String PACKAGED = "keeper";

    /** Names version and content of what is packaged: {@code <version>-<hash>}. */
    static final String NAME_FILE = "name";

    private static final String PART = "new.";

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /**
     * The image for the next keeper of this data directory, copied where it is not there yet.
     * Copies that no process runs from are removed. Where it cannot be copied, the original serves.
     *
     * @param keeperDirectory exists
     * @param jvm of the program that starts the keeper
     */
    static KeeperImage prepare(Path keeperDirectory, Properties jvm) throws IOException {
        return prepare(keeperDirectory, jvm, KeeperImage::isRunFrom);
    }

    static KeeperImage prepare(Path keeperDirectory, Properties jvm, Predicate<Path> isRunFrom)
            throws IOException {
        Path packaged = Path.of(jvm.getProperty("java.home")).resolveSibling(PACKAGED);
        if (!Files.isRegularFile(packaged.resolve(NAME_FILE)))
            return new KeeperImage(Background.java(jvm), Background.classPath(jvm));
        try {
            Path copy = copy(packaged, keeperDirectory, isRunFrom);
            KeeperImage image = at(copy);
            if (Files.isExecutable(image.java)) return image;
            log.warn("nothing can be run from {}: the keeper runs from {}", copy, packaged);
        } catch (IOException e) {
            // Better a keeper that an update may disturb than none.
            log.warn("{} is not copied: the keeper runs from it", packaged, e);
        }
        return at(packaged);
    }

    private static Path copy(Path packaged, Path keeperDirectory, Predicate<Path> isRunFrom)
            throws IOException {
        String name = Files.readString(packaged.resolve(NAME_FILE)).strip();
        if (!name.matches("[A-Za-z0-9._-]+") || name.startsWith("."))
            throw new IOException(packaged.resolve(NAME_FILE) + " holds no name");
        // Real: the kernel names a process's program that way.
        Path copies = keeperDirectory.toRealPath().resolve("image");
        if (!Files.isDirectory(copies)) Files.createDirectory(copies, PRIVATE);
        Path copy = copies.resolve(name);
        forgetOthers(copies, copy, isRunFrom);
        if (Files.isDirectory(copy) && !isWhole(copy, packaged)) {
            if (isRunFrom.test(copy)) throw new IOException(copy + " is damaged, and in use");
            log.warn("{} is damaged: it is copied again", copy);
            delete(copy);
        }
        if (!Files.isDirectory(copy)) {
            Path part = Files.createTempDirectory(copies, PART, PRIVATE);
            copyTree(packaged, part);
            try {
                Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException e) {
                delete(part);
            }
        }
        return copy;
    }

    private static KeeperImage at(Path home) throws IOException {
        Path jars = home.resolve("jars");
        String classPath =
                Files.readAllLines(jars.resolve("classpath")).stream()
                        .map(jar -> jars.resolve(jar).toString())
                        .collect(Collectors.joining(File.pathSeparator));
        return new KeeperImage(home.resolve("runtime").resolve("bin").resolve("java"), classPath);
    }

    private static void forgetOthers(Path copies, Path wanted, Predicate<Path> isRunFrom)
            throws IOException {
        List<Path> others;
        try (Stream<Path> all = Files.list(copies)) {
            others = all.filter(copy -> !copy.equals(wanted)).toList();
        }
        for (Path copy : others) {
            if (isRunFrom.test(copy)) continue;
            try {
                delete(copy);
            } catch (IOException e) {
                log.warn("{} is not removed, though nothing runs from it: {}", copy, e.toString());
            }
        }
    }

    /** Whether the program of any process that we can see lies in the folder. */
    private static boolean isRunFrom(Path folder) {
        return ProcessHandle.allProcesses()
                .anyMatch(
                        process ->
                                process.info()
                                        .command()
                                        .filter(command -> Path.of(command).startsWith(folder))
                                        .isPresent());
    }

    /**
     * Whether every file is there with its whole length: of what had not reached the disk when the
     * machine died, a copy keeps names and loses content.
     */
    private static boolean isWhole(Path copy, Path original) throws IOException {
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isDirectory(file)) continue;
                Path copied = copy.resolve(original.relativize(file));
                if (!Files.isRegularFile(copied) || Files.size(copied) != Files.size(file))
                    return false;
            }
            return true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) Files.createDirectories(target);
                else Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failure) throws IOException {
                        if (failure != null) throw failure;
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
                        throw failure;
                    }
                });
    }
}
