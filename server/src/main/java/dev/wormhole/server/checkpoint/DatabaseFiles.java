package dev.wormhole.server.checkpoint;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The database, its log and its index as files: creates them for their owner's eyes only and sets
 * them aside. Never opens one: closing a descriptor would drop the locks that SQLite holds.
 *
 * <p>Owned by the thread that opens the store.
 */
final class DatabaseFiles {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");
    private static final String MENDED = ".mended";
    private static final String SUSPECT = ".suspect";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Path database;
    private final InstantSource clock;

    DatabaseFiles(Path database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    Path database() {
        return database;
    }

    /** Whether there is a log without the database it belongs to: SQLite would delete it. */
    boolean logIsOrphaned() throws IOException {
        boolean empty = !Files.exists(database) || Files.size(database) == 0;
        return empty && hasLog();
    }

    /** What is wrong with the log. */
    Optional<LogInspection.Problem> logProblem() throws IOException {
        return LogInspection.problem(sibling(database, "-wal"), sibling(database, "-shm"));
    }

    /**
     * A copy of the database with a log that can be read to its end; nothing if none can be made.
     * {@link #removeMended} removes it.
     */
    Optional<Path> mended() throws IOException {
        removeMended();
        Path folder = sibling(database, MENDED);
        Files.createDirectory(
                folder,
                isPosix()
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0]);
        Path copy = folder.resolve(database.getFileName());
        if (!LogMender.mend(database, sibling(database, "-wal"), sibling(copy, "-wal")))
            return Optional.empty();
        Files.copy(database, copy);
        return Optional.of(copy);
    }

    void removeMended() throws IOException {
        Path folder = sibling(database, MENDED);
        if (!Files.exists(folder)) return;
        for (String suffix : SUFFIXES)
            Files.deleteIfExists(sibling(folder.resolve(database.getFileName()), suffix));
        Files.delete(folder);
    }

    /** Notes for the next start that a server met damage that a look had not found. */
    void suspect() throws IOException {
        Path note = sibling(database, SUSPECT);
        if (!Files.exists(note)) Files.createFile(note);
    }

    boolean isSuspect() {
        return Files.exists(sibling(database, SUSPECT));
    }

    /** Whether the database was not closed, so that its newest content is in the log. */
    boolean hasLog() throws IOException {
        Path log = sibling(database, "-wal");
        return Files.exists(log) && Files.size(log) > 0;
    }

    /** A file of the store that another user could write, if there is one. */
    Optional<Path> writableByOthers() throws IOException {
        if (!isPosix()) return Optional.empty();
        for (String suffix : SUFFIXES) {
            Path file = sibling(database, suffix);
            if (!Files.exists(file)) continue;
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            if (mode.contains(PosixFilePermission.GROUP_WRITE)
                    || mode.contains(PosixFilePermission.OTHERS_WRITE)) return Optional.of(file);
        }
        return Optional.empty();
    }

    private boolean isPosix() throws IOException {
        return Files.getFileStore(database.toAbsolutePath().getParent())
                .supportsFileAttributeView("posix");
    }

    /**
     * Makes sure that there is a file, and that it is the owner's alone. Log and index follow it.
     */
    void prepare() throws IOException {
        boolean posix = isPosix();
        var attributes =
                posix
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                        : new FileAttribute<?>[0];
        try {
            Files.createFile(database, attributes);
        } catch (FileAlreadyExistsException _) {
            if (!posix) return;
            for (String suffix : SUFFIXES) {
                Path file = sibling(database, suffix);
                if (Files.exists(file)) Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
        }
    }

    /**
     * Renames everything, keeping the names' ends, so that SQLite's own tools still find the log.
     * The database must not be open. Returns the database's new name.
     */
    Path setAside() throws IOException {
        String stamp = STAMP.format(clock.instant().atZone(ZoneId.systemDefault()));
        String name = database.getFileName() + ".damaged-" + stamp;
        Path aside = database.resolveSibling(name);
        for (int n = 2; exists(aside); n++) aside = database.resolveSibling(name + "-" + n);
        for (String suffix : SUFFIXES) {
            Path file = sibling(database, suffix);
            if (Files.exists(file)) Files.move(file, sibling(aside, suffix));
        }
        Files.deleteIfExists(sibling(database, SUSPECT));
        return aside;
    }

    private static boolean exists(Path database) {
        return SUFFIXES.stream().anyMatch(suffix -> Files.exists(sibling(database, suffix)));
    }

    private static Path sibling(Path database, String suffix) {
        return database.resolveSibling(database.getFileName() + suffix);
    }
}
