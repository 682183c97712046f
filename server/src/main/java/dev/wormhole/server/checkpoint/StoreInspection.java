package dev.wormhole.server.checkpoint;

import dev.wormhole.server.session.RingBuffer;
import dev.wormhole.server.session.StoreException;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A look at a whole store, from outside: its pages, its rows and their checksums. */
final class StoreInspection {

    /** Everything that may be stored. */
    private static final RingBuffer.Caps NO_CAPS =
            new RingBuffer.Caps(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private StoreInspection() {}

    /** See {@link Checkpointer#inspect}. */
    static List<String> of(Path dataDirectory, boolean served) throws StoreException {
        Path file = dataDirectory.resolve(OpenStore.FILE_NAME);
        var files = new DatabaseFiles(file, InstantSource.system());
        var problems = new ArrayList<String>();
        try {
            // While nobody has it open: to close the log would drop the locks of this process.
            if (!served) files.logProblem().ifPresent(problem -> problems.add(problem.sentence()));
            boolean live = served || files.hasLog();
            try (Database database =
                    live ? Database.openReadOnly(file) : Database.openAtRest(file)) {
                if (Schema.versionOf(database) > Schema.CURRENT.version())
                    throw new StoreException("it was written by a newer Wormhole: ask that one");
                pages(database, problems);
                problems.addAll(
                        Hydration.readAndCheck(new SessionRows(database), NO_CAPS).problems());
            }
            return problems;
        } catch (SQLException e) {
            if (!StoreFailure.isDamage(e))
                throw new StoreFailure(file, DiskLook.of(dataDirectory)).trouble(e).exception();
            problems.add(String.valueOf(e.getMessage()));
            return problems;
        } catch (IOException e) {
            throw new StoreFailure(file, DiskLook.of(dataDirectory)).trouble(e).exception();
        }
    }

    private static void pages(Database database, List<String> problems) throws SQLException {
        database.forEach(
                "PRAGMA integrity_check(10)",
                row -> {
                    String verdict = String.valueOf(row.getString(1));
                    if (!verdict.equals("ok")) problems.add(verdict.lines().toList().getLast());
                });
    }
}
