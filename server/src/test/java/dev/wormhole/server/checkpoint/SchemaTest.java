package dev.wormhole.server.checkpoint;

import static dev.wormhole.server.checkpoint.StoreFixture.SLOW;
import static dev.wormhole.server.checkpoint.StoreFixture.created;
import static dev.wormhole.server.checkpoint.StoreFixture.execute;
import static dev.wormhole.server.checkpoint.StoreFixture.file;
import static dev.wormhole.server.checkpoint.StoreFixture.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.server.session.StoreException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

class SchemaTest {

    /** A made-up past in which sessions had one table, with other columns. */
    private static final Schema OLD =
            new Schema(
                    List.of(
                            database ->
                                    database.execute(
                                            "CREATE TABLE old (id TEXT, title TEXT, created"
                                                    + " INTEGER)")));

    private static final Schema NEW =
            new Schema(List.of(database -> {}, SchemaTest::createTables, SchemaTest::moveSessions));

    @TempDir Path directory;

    private static void createTables(Database database) throws SQLException {
        for (Schema.Step step : Schema.CURRENT.steps()) step.migrate(database);
    }

    private static void moveSessions(Database database) throws SQLException {
        database.execute(
                """
                INSERT INTO session (id, name, created_at, last_active_at, cols, rows, kind,
                    generation, base, next_offset, next_event, complete)
                SELECT id, title, created, created, 80, 24, 'shell', 1, 0, 0, 0, 1 FROM old
                """);
        database.execute("INSERT INTO launch SELECT key, '{}' FROM session");
        database.execute("DROP TABLE old");
    }

    @Test
    void anOlderDatabaseIsMigrated() throws Exception {
        makeOld();

        try (var store =
                Checkpointer.open(
                        directory, SLOW, NEW, InstantSource.system(), DiskLook.of(directory))) {
            assertThat(store.load())
                    .singleElement()
                    .matches(found -> "from long ago".equals(found.record().name()))
                    .matches(found -> !found.afterCrash());
            created(store);
        }

        assertThat(query(directory, "PRAGMA user_version")).isEqualTo(3);
        assertThat(query(directory, "SELECT count(*) FROM session")).isEqualTo(2);
    }

    @Test
    void aMigrationThatFailsChangesNothing() throws Exception {
        makeOld();
        var broken =
                new Schema(
                        List.of(
                                database -> {},
                                SchemaTest::createTables,
                                database -> database.execute("INSERT INTO nowhere VALUES (1)")));

        assertThatThrownBy(
                        () ->
                                Checkpointer.open(
                                        directory,
                                        SLOW,
                                        broken,
                                        InstantSource.system(),
                                        DiskLook.of(directory)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("nowhere");

        assertThat(query(directory, "PRAGMA user_version")).isEqualTo(1);
        assertThat(query(directory, "SELECT count(*) FROM old")).isEqualTo(1);
        assertThat(query(directory, "SELECT count(*) FROM sqlite_schema")).isEqualTo(1);
    }

    @Test
    void aNewDatabaseGivesSpaceBackAndKeepsALog() throws Exception {
        try (var _ = Checkpointer.open(directory, SLOW)) {
            assertThat(query(directory, "PRAGMA auto_vacuum")).isEqualTo(2);
            assertThat(query(directory, "PRAGMA user_version")).isEqualTo(Schema.CURRENT.version());
            assertThat(query(directory, "SELECT value FROM meta WHERE key = 'clean'")).isZero();
        }

        assertThat(query(directory, "SELECT value FROM meta WHERE key = 'clean'")).isEqualTo(1);
    }

    private void makeOld() throws Exception {
        Files.createFile(file(directory));
        execute(directory, "CREATE TABLE old (id TEXT, title TEXT, created INTEGER)");
        assertThat(OLD.version()).isEqualTo(1);
        execute(
                directory,
                "INSERT INTO old VALUES ('00000000-0000-4000-8000-000000000001', 'from long ago',"
                        + " 7)",
                "PRAGMA user_version = 1");
    }
}
