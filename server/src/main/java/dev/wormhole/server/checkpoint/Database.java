package dev.wormhole.server.checkpoint;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * One connection to SQLite with its statements and transactions. Knows how a commit becomes
 * durable, but no table except the counter that makes it so.
 *
 * <p>Owned by the checkpointer thread, before that by the thread that opens the store.
 */
final class Database implements AutoCloseable {

    /** When a commit is safe from a loss of power. */
    enum Durability {
        /** Once something after it was synced: the commit itself only writes. */
        NORMAL,
        /** When it returns. */
        FULL
    }

    /** Takes a row of a result. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** What happens inside a transaction. */
    interface Work {
        void run() throws SQLException;
    }

    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    /** What a burst may leave of the write-ahead log after it was copied into the database. */
    private static final int KEPT_LOG_BYTES = 16 << 20;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private Database(Connection connection) {
        this.connection = connection;
    }

    /** Opens a file that exists, without changing it or its log. */
    static Database openReadOnly(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        return configured(uri(file), config.toProperties(), false);
    }

    /**
     * The same for a database without a log that nobody else has open: makes no files beside it.
     */
    static Database openAtRest(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        return configured(uri(file) + "?immutable=1", config.toProperties(), false);
    }

    /** Opens a file that exists; an empty one becomes a database. */
    static Database open(Path file) throws SQLException {
        return configured(uri(file), new Properties(), true);
    }

    /** The driver would cut a plain path at a question mark. */
    private static String uri(Path file) {
        return "file:" + file.toAbsolutePath().toUri().getRawPath();
    }

    private static Database configured(String uri, Properties properties, boolean writable)
            throws SQLException {
        var database = new Database(DriverManager.getConnection("jdbc:sqlite:" + uri, properties));
        try {
            database.execute("PRAGMA busy_timeout = " + BUSY_TIMEOUT_MILLIS);
            if (writable) {
                // Before WAL, which writes the first page: afterwards it would have no effect.
                database.execute("PRAGMA auto_vacuum = INCREMENTAL");
                database.execute("PRAGMA journal_mode = WAL");
                database.execute("PRAGMA journal_size_limit = " + KEPT_LOG_BYTES);
            }
            return database;
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Runs the work in one transaction; whatever it throws, nothing of it stays.
     *
     * <p>In WAL mode SQLite syncs at a FULL commit only if the transaction wrote a page (seen with
     * strace: neither an empty transaction nor an update to the same value syncs). So every FULL
     * transaction counts {@code syncs} up: one page, one sync, which covers all that was written to
     * the log before.
     */
    void transaction(Durability durability, Work work) throws SQLException {
        // Has no effect inside a transaction.
        execute("PRAGMA synchronous = " + durability);
        execute("BEGIN IMMEDIATE");
        boolean committed = false;
        try {
            work.run();
            if (durability == Durability.FULL)
                execute(
                        "INSERT INTO meta (key, value) VALUES ('syncs', 1)"
                                + " ON CONFLICT (key) DO UPDATE SET value = value + 1");
            execute("COMMIT");
            committed = true;
        } finally {
            if (!committed) rollBack();
        }
    }

    private void rollBack() {
        try {
            execute("ROLLBACK");
        } catch (SQLException _) {
            // After some errors SQLite has rolled back by itself.
        }
        try {
            forgetStatements();
        } catch (SQLException _) {
            // Finalizing repeats the error of the last step.
        }
    }

    private void forgetStatements() throws SQLException {
        var forgotten = List.copyOf(statements.values());
        statements.clear();
        for (PreparedStatement statement : forgotten) statement.close();
    }

    /** Syncs all that was committed with NORMAL. */
    void sync() throws SQLException {
        transaction(Durability.FULL, () -> {});
    }

    /** Copies the log into the database and empties it. */
    void checkpoint() throws SQLException {
        execute("PRAGMA synchronous = FULL");
        execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /** Copies the log into the database, so that the next commits are written over it. */
    void reuseLog() throws SQLException {
        execute("PRAGMA wal_checkpoint(RESTART)");
    }

    /** How long a lock of another program is waited for, in milliseconds. */
    void patience(int millis) throws SQLException {
        execute("PRAGMA busy_timeout = " + millis);
    }

    /** Gives up to {@code pages} free pages back to the file system. */
    void vacuum(int pages) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // It frees a page per step, and only executeUpdate makes the driver take all steps.
            statement.executeUpdate("PRAGMA incremental_vacuum(" + pages + ")");
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long queryLong(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    String queryText(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : "";
        }
    }

    /** Changes rows; returns how many. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared(sql);
        bind(statement, values);
        return statement.executeUpdate();
    }

    /** Reads every row. After a damaged page those before it have been read. */
    void forEach(String sql, RowReader reader, @Nullable Object... values) throws SQLException {
        // Not kept: a statement that met damage cannot be used again.
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) reader.read(row);
            }
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
    }

    /** The statement of this text, kept until something fails. */
    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    /** Closes the connection. What cannot be closed is left to the end of the program. */
    @Override
    public void close() {
        try {
            forgetStatements();
            connection.close();
        } catch (SQLException _) {
            // Every commit that was acknowledged is in the files already.
        }
    }
}
