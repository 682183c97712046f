package dev.wormhole.server.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What was found damaged, what was rescued and what was not, for a person to read. Holds ids and
 * numbers, nothing that a terminal has shown.
 *
 * <p>Immutable.
 *
 * @param aside where the damaged files went; null where the database is used on
 * @param problems a sentence each
 */
record DamageReport(
        Instant when, @Nullable Path aside, String reason, Tally tally, List<String> problems) {

    /** Of a database that is used on: what follows takes the place of what was. */
    private static final String OF_THE_DATABASE = ".damage.txt";

    DamageReport {
        problems = List.copyOf(problems);
    }

    /** Writes it beside the database, or beside what was set aside. Returns where. */
    Path write(Path database) throws IOException {
        Path beside = aside == null ? database : aside;
        Path file = beside.resolveSibling(beside.getFileName() + OF_THE_DATABASE);
        Files.deleteIfExists(file);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (var channel =
                Files.newByteChannel(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        ownerOnly)) {
            var bytes = ByteBuffer.wrap(text(database).getBytes(UTF_8));
            while (bytes.hasRemaining()) channel.write(bytes);
        }
        return file;
    }

    private String text(Path database) {
        var text = new StringBuilder("Wormhole: damage to the session store\n\n");
        line(text, "found", when.toString());
        line(text, "database", database.toString());
        line(
                text,
                "set aside",
                aside == null
                        ? "no: it is used on without what is damaged"
                        : aside.getFileName() + ", with its -wal and -shm");
        line(text, "reason", reason);
        text.append("\nKept, of what could be read:\n");
        line(text, "sessions", tally.sessions().toString());
        line(text, "output", tally.entries() + " entries");
        line(text, "scrollback", tally.blocks() + " blocks");
        line(text, "screens", tally.screens() + "; a lost one is made from output again");
        line(text, "tasks", tally.parts() + " parts of their output");
        text.append("\nNot rescued:\n");
        if (problems.isEmpty()) text.append("  nothing that was found missing\n");
        for (String problem : problems) text.append("  ").append(problem).append('\n');
        if (aside != null)
            text.append("\nDelete the files that were set aside when you need nothing of them.\n");
        return text.toString();
    }

    private static void line(StringBuilder text, String what, String words) {
        text.append("  %-11s %s%n".formatted(what, words));
    }
}
