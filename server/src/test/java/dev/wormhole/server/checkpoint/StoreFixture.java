package dev.wormhole.server.checkpoint;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.StoreException;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What the tests of the store share: opening it, waiting for it, looking at its file beside it. */
final class StoreFixture {

    /** Never due by itself within a test. */
    static final CheckpointSettings SLOW =
            new CheckpointSettings(Duration.ofMinutes(10), FakeSession.CAPS);

    static final CheckpointSettings QUICK =
            new CheckpointSettings(Duration.ofMillis(5), FakeSession.CAPS);

    private StoreFixture() {}

    static void await(CompletableFuture<?> future) throws Exception {
        future.get(30, SECONDS);
    }

    /** The failure of a future that has to fail. */
    static Throwable failure(CompletableFuture<?> future)
            throws InterruptedException, TimeoutException {
        try {
            future.get(30, SECONDS);
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
        throw new AssertionError("it did not fail");
    }

    /** Stores a session, so that it counts as created. */
    static FakeSession created(Checkpointer store) throws Exception {
        var session = FakeSession.plain();
        await(store.commit(session));
        return session;
    }

    static List<Checkpoint> loaded(Path directory) throws StoreException {
        try (var store = Checkpointer.open(directory, SLOW)) {
            return store.load();
        }
    }

    static Path file(Path directory) {
        return directory.resolve(OpenStore.FILE_NAME);
    }

    static long query(Path directory, String sql) throws SQLException {
        try (var database = Database.openReadOnly(file(directory))) {
            return database.queryLong(sql);
        }
    }

    static void execute(Path directory, String... statements) throws SQLException {
        try (var database = Database.open(file(directory))) {
            for (String sql : statements) database.execute(sql);
        }
    }

    /** Notes every row that is written from now on in the table {@code written}. */
    static void watchWrites(Path directory) throws SQLException {
        execute(
                directory,
                "CREATE TABLE written (what TEXT, offset INTEGER)",
                "CREATE TRIGGER i AFTER INSERT ON entry BEGIN"
                        + " INSERT INTO written VALUES ('entry', new.offset); END",
                "CREATE TRIGGER u AFTER UPDATE ON entry BEGIN"
                        + " INSERT INTO written VALUES ('entry', new.offset); END",
                "CREATE TRIGGER d AFTER DELETE ON entry BEGIN"
                        + " INSERT INTO written VALUES ('deleted', old.offset); END",
                "CREATE TRIGGER l AFTER UPDATE ON launch BEGIN"
                        + " INSERT INTO written VALUES ('launch', 0); END");
    }

    /** From now on no session can be written, as if the disk were full. */
    static void breakWrites(Path directory) throws SQLException {
        execute(
                directory,
                "CREATE TRIGGER broken_i BEFORE INSERT ON session BEGIN SELECT RAISE(ABORT,"
                        + " 'broken'); END",
                "CREATE TRIGGER broken_u BEFORE UPDATE ON session BEGIN SELECT RAISE(ABORT,"
                        + " 'broken'); END");
    }

    static void mendWrites(Path directory) throws SQLException {
        execute(directory, "DROP TRIGGER broken_i", "DROP TRIGGER broken_u");
    }
}
