package dev.wormhole.server.checkpoint;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tables and how older ones become the present ones. The version is the number of steps taken,
 * kept in {@code user_version}.
 *
 * <p>Immutable.
 */
final class Schema {

    /** Leads from one version to the next; runs inside a transaction. */
    interface Step {
        void migrate(Database database) throws SQLException;
    }

    /** What this program writes. Steps are only ever added. */
    static final Schema CURRENT =
            new Schema(List.of(Schema::createTables, Schema::addScreens, Schema::addTasks));

    private static final List<String> TABLES =
            Stream.of(
                            List.of("meta", "session", "launch", "entry"),
                            ScreenRows.TABLES,
                            TaskRows.TABLES)
                    .flatMap(List::stream)
                    .toList();

    private final List<Step> steps;

    Schema(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    int version() {
        return steps.size();
    }

    List<Step> steps() {
        return steps;
    }

    static long versionOf(Database database) throws SQLException {
        return database.queryLong("PRAGMA user_version");
    }

    /** Takes the steps that are missing, all or none. */
    void migrate(Database database) throws SQLException {
        int from = Math.toIntExact(versionOf(database));
        if (from == version()) return;
        database.transaction(
                Database.Durability.FULL,
                () -> {
                    for (Step step : steps.subList(from, steps.size())) step.migrate(database);
                    database.execute("PRAGMA user_version = " + version());
                });
    }

    /** What it would take to use the database, in words; empty if nothing. */
    String whatIsMissing(Database database) throws SQLException {
        long version = versionOf(database);
        long tables = database.queryLong("SELECT count(*) FROM sqlite_schema");
        if (version < 0) return "version " + version;
        if (version == 0) return tables == 0 ? "" : "it is the database of another program";
        if (version < version()) return "";
        for (String table : TABLES) {
            long there =
                    database.queryLong(
                            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '"
                                    + table
                                    + "'");
            if (there == 0) return "table " + table + " is missing";
        }
        return "";
    }

    private static void createTables(Database database) throws SQLException {
        database.execute(
                "CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL)"
                        + " STRICT, WITHOUT ROWID");
        database.execute("INSERT INTO meta (key, value) VALUES ('syncs', 0), ('clean', 1)");
        // Rewritten with every increment, so it is kept small: launch holds the rest.
        // unclean: bytes behind next_offset may have been seen, until the session is stored again.
        database.execute(
                """
                CREATE TABLE session (
                    key INTEGER PRIMARY KEY,
                    id TEXT NOT NULL UNIQUE,
                    name TEXT,
                    cwd TEXT,
                    title TEXT,
                    created_at INTEGER NOT NULL,
                    last_active_at INTEGER NOT NULL,
                    cols INTEGER NOT NULL,
                    rows INTEGER NOT NULL,
                    kind TEXT NOT NULL,
                    create_id TEXT,
                    generation INTEGER NOT NULL,
                    base INTEGER NOT NULL,
                    next_offset INTEGER NOT NULL,
                    next_event INTEGER NOT NULL,
                    exit_reason TEXT,
                    exit_code INTEGER,
                    exit_signal TEXT,
                    complete INTEGER NOT NULL,
                    unclean INTEGER NOT NULL DEFAULT 0,
                    destroyed INTEGER NOT NULL DEFAULT 0
                ) STRICT
                """);
        database.execute(
                "CREATE TABLE launch (session INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT");
        // cut: where output could be cut in version 1; now the constant of StoredEntry.
        database.execute(
                """
                CREATE TABLE entry (
                    key INTEGER PRIMARY KEY,
                    session INTEGER NOT NULL,
                    offset INTEGER NOT NULL,
                    length INTEGER NOT NULL,
                    cut INTEGER NOT NULL,
                    codec INTEGER NOT NULL,
                    crc32c INTEGER NOT NULL,
                    bytes BLOB NOT NULL,
                    UNIQUE (session, offset)
                ) STRICT
                """);
    }

    /** A session of version 1 has no screen: it is read from its entries, the tail. */
    private static void addScreens(Database database) throws SQLException {
        database.execute(
                """
                CREATE TABLE screen (
                    session INTEGER PRIMARY KEY,
                    offset INTEGER NOT NULL,
                    event INTEGER NOT NULL,
                    cols INTEGER NOT NULL,
                    rows INTEGER NOT NULL,
                    first_line INTEGER NOT NULL,
                    codec INTEGER NOT NULL,
                    length INTEGER NOT NULL,
                    crc32c INTEGER NOT NULL,
                    bytes BLOB NOT NULL
                ) STRICT
                """);
        database.execute(
                """
                CREATE TABLE block (
                    key INTEGER PRIMARY KEY,
                    session INTEGER NOT NULL,
                    first_line INTEGER NOT NULL,
                    lines INTEGER NOT NULL,
                    offset INTEGER NOT NULL,
                    codec INTEGER NOT NULL,
                    length INTEGER NOT NULL,
                    crc32c INTEGER NOT NULL,
                    bytes BLOB NOT NULL,
                    UNIQUE (session, first_line)
                ) STRICT
                """);
        // Either a size or a generation.
        database.execute(
                """
                CREATE TABLE event (
                    session INTEGER NOT NULL,
                    number INTEGER NOT NULL,
                    offset INTEGER NOT NULL,
                    cols INTEGER,
                    rows INTEGER,
                    generation INTEGER,
                    PRIMARY KEY (session, number)
                ) STRICT, WITHOUT ROWID
                """);
    }

    /** No session of version 2 is a task. */
    private static void addTasks(Database database) throws SQLException {
        database.execute(
                """
                CREATE TABLE task (
                    session INTEGER PRIMARY KEY,
                    repo TEXT NOT NULL,
                    task TEXT NOT NULL,
                    time_limit INTEGER,
                    predecessor TEXT,
                    status TEXT NOT NULL,
                    reason TEXT,
                    exit_code INTEGER,
                    signal TEXT,
                    message TEXT,
                    started_at INTEGER,
                    ended_at INTEGER
                ) STRICT
                """);
        database.execute(
                """
                CREATE TABLE task_output (
                    key INTEGER PRIMARY KEY,
                    session INTEGER NOT NULL,
                    offset INTEGER NOT NULL,
                    length INTEGER NOT NULL,
                    codec INTEGER NOT NULL,
                    crc32c INTEGER NOT NULL,
                    bytes BLOB NOT NULL,
                    UNIQUE (session, offset)
                ) STRICT
                """);
    }
}
