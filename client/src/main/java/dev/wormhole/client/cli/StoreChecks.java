package dev.wormhole.client.cli;

import dev.wormhole.client.local.FileLocks;
import dev.wormhole.client.local.PrivateFiles;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.StoreProblem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code doctor} looks at of the session store: what its server says, who may touch its files,
 * who holds them, whether they can be read. Changes nothing.
 *
 * <p>Owned by the calling thread.
 */
final class StoreChecks {

    private static final String STORE = "store";
    private static final String FILES = "files";
    private static final String LOCK = "lock";
    private static final String DATABASE = "database";
    private static final String DAMAGE = "damage";
    private static final String FILE_NAME = "wormhole.db";
    private static final String ASIDE = FILE_NAME + ".damaged-";

    private final Path directory;
    private final ServerFunctions server;

    StoreChecks(Path dataDirectory, ServerFunctions server) {
        this.directory = dataDirectory;
        this.server = server;
    }

    /**
     * Of the files on this machine.
     *
     * @param served a server is at work on them
     * @param pid of that; 0 without
     */
    List<Check> all(boolean served, long pid) {
        if (!Files.isDirectory(directory)) return List.of();
        var checks = new ArrayList<Check>();
        checks.add(permissions());
        if (!Files.exists(directory.resolve(FILE_NAME))) return checks;
        checks.add(lock(pid));
        checks.add(integrity(served));
        checks.addAll(aside());
        return checks;
    }

    /** Of what a server says of its store. */
    static List<Check> told(ServerMessage.StoreState store, Instant now) {
        var checks = new ArrayList<Check>();
        String trouble = StoreWords.trouble(store, now);
        StoreProblem problem = store.problem();
        checks.add(
                trouble == null || problem == null
                        ? Check.ok(STORE, StoreWords.line(store, now))
                        : Check.fail(STORE, trouble, remedy(problem)));
        if (!store.warnings().isEmpty())
            checks.add(
                    Check.warn(
                            DAMAGE,
                            "%s found when the server started: %s"
                                    .formatted(
                                            Words.count(store.warnings().size(), "fault"),
                                            store.warnings().getFirst()),
                            store.report() == null
                                    ? "see server.log in its data directory"
                                    : "read " + store.report()));
        Long bytes = store.bytes();
        Long limit = store.limit();
        if (bytes != null && limit != null && bytes > limit)
            checks.add(
                    Check.warn(
                            "size",
                            "the database has %s, more than store.bytes (%s)"
                                    .formatted(Words.megabytes(bytes), Words.megabytes(limit)),
                            "'wormhole clean' lists what can go; or set store.bytes higher"));
        return checks;
    }

    private static String remedy(StoreProblem problem) {
        return switch (problem) {
            case FULL -> "free some space; it goes on by itself";
            case READ_ONLY -> "make the disk or the directory writable; it goes on by itself";
            case LOCKED -> "end the program that holds it (see 'lock'); it goes on by itself";
            case DISK_ERROR -> "look at the disk (dmesg), and restart the server when it works";
            case DAMAGED ->
                    "'wormhole stop' and start again: it is set aside, and what is readable kept";
            case OTHER -> "see server.log in its data directory";
        };
    }

    private Check permissions() {
        try {
            List<PrivateFiles.Fault> faults = PrivateFiles.faults(directory);
            if (faults.isEmpty()) return Check.ok(FILES, "nobody else can read or write them");
            PrivateFiles.Fault worst = faults.getFirst();
            String found =
                    worst.sentence()
                            + (faults.size() == 1 ? "" : ", and " + (faults.size() - 1) + " more");
            return worst.writable()
                    ? Check.fail(FILES, found, worst.remedy())
                    : Check.warn(FILES, found, worst.remedy());
        } catch (IOException e) {
            return Check.warn(
                    FILES, "cannot be looked at: " + e.getMessage(), "ls -l " + directory);
        }
    }

    private Check lock(long pid) {
        try {
            Set<Long> holders = FileLocks.writers(directory.resolve(FILE_NAME + "-shm"));
            holders.addAll(FileLocks.writers(directory.resolve(FILE_NAME)));
            holders.remove(pid);
            if (holders.isEmpty()) return Check.ok(LOCK, "no other program holds the database");
            String who =
                    holders.stream().map(StoreChecks::program).collect(Collectors.joining(", "));
            return Check.fail(
                    LOCK, "the database is held by " + who, "end that program, or let it finish");
        } catch (IOException e) {
            return Check.warn(LOCK, "not known: " + e.getMessage(), "look with lsof");
        }
    }

    private static String program(long pid) {
        String name =
                ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .map(command -> " (" + Path.of(command).getFileName() + ")")
                        .orElse("");
        return pid > 0 ? "process " + pid + name : "a process that the kernel does not name";
    }

    private Check integrity(boolean served) {
        try {
            List<String> problems = server.inspectStore(directory, served);
            if (problems.isEmpty()) return Check.ok(DATABASE, "every row can be read");
            return Check.fail(
                    DATABASE,
                    Words.count(problems.size(), "fault") + ": " + problems.getFirst(),
                    served
                            ? "copy wormhole.db*, then restart the server: what is readable is kept"
                            : "copy wormhole.db*; the next start keeps what is readable");
        } catch (IOException e) {
            return Check.warn(DATABASE, "cannot be looked at: " + e.getMessage(), "try again");
        }
    }

    private List<Check> aside() {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.filter(file -> name(file).startsWith(ASIDE)).sorted().toList();
            List<Path> reports = all.stream().filter(file -> name(file).endsWith(".txt")).toList();
            if (all.isEmpty()) return List.of();
            long bytes = 0;
            for (Path file : all) bytes += Files.size(file);
            return List.of(
                    Check.warn(
                            "aside",
                            "damaged databases were set aside: %s, %.1f MB"
                                    .formatted(
                                            Words.count(all.size() - reports.size(), "file"),
                                            bytes / 1e6),
                            (reports.isEmpty() ? "" : "read " + reports.getLast() + ", then ")
                                    + "delete "
                                    + directory.resolve(ASIDE)
                                    + "* when you need nothing of them"));
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
