package dev.wormhole.server.checkpoint;

import dev.wormhole.server.session.TaskRecord;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of tasks: one in {@code task} for a session that is one, one in {@code task_output} for
 * each part of what its history keeps. Knows no transaction: its callers begin and end them.
 *
 * <p>Owned by the checkpointer thread.
 */
final class TaskRows {

    static final List<String> TABLES = List.of("task", "task_output");

    private static final String COLUMNS =
            "repo, task, time_limit, predecessor, status, reason, exit_code, signal, message,"
                    + " started_at, ended_at";

    private static final String PART = "SELECT offset, length, codec, crc32c, bytes";

    /** Takes a part that was read. */
    interface PartReader {
        void read(StoredPart part) throws SQLException;
    }

    private final Database database;

    TaskRows(Database database) {
        this.database = database;
    }

    /** Whether the tables are there: a store of version 2 that is only read has none. */
    boolean exist() throws SQLException {
        long there =
                database.queryLong(
                        "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                                + " AND name IN ('task', 'task_output')");
        return there == TABLES.size();
    }

    /** Writes the record, if anything of it changed. */
    void write(long key, TaskRecord task) throws SQLException {
        var values = new ArrayList<@Nullable Object>();
        values.add(key);
        for (Object value : TaskRow.of(task).values()) values.add(value);
        database.update(
                """
                INSERT INTO task (session, repo, task, time_limit, predecessor, status, reason,
                    exit_code, signal, message, started_at, ended_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (session) DO UPDATE SET repo = excluded.repo, task = excluded.task,
                    time_limit = excluded.time_limit, predecessor = excluded.predecessor,
                    status = excluded.status, reason = excluded.reason,
                    exit_code = excluded.exit_code, signal = excluded.signal,
                    message = excluded.message, started_at = excluded.started_at,
                    ended_at = excluded.ended_at
                WHERE (repo, task, time_limit, predecessor, status, reason, exit_code, signal,
                    message, started_at, ended_at)
                    IS NOT (excluded.repo, excluded.task, excluded.time_limit,
                    excluded.predecessor, excluded.status, excluded.reason, excluded.exit_code,
                    excluded.signal, excluded.message, excluded.started_at, excluded.ended_at)
                """,
                values.toArray());
    }

    /** Deletes the parts that are kept no longer, and adds the new ones. */
    void write(long key, EncodedOutput output) throws SQLException {
        // What begins behind the tail's start cannot end before it: so much of the index is read.
        database.update(
                """
                DELETE FROM task_output
                WHERE session = ? AND offset >= ? AND offset < ? AND offset + length <= ?
                """,
                key,
                output.headEnd(),
                output.tailStart(),
                output.tailStart());
        for (StoredPart part : output.parts()) write(key, part);
    }

    void write(long key, StoredPart part) throws SQLException {
        StoredBlob blob = part.blob();
        // One that stands there already is the same, or shorter.
        database.update(
                """
                INSERT INTO task_output (session, offset, length, codec, crc32c, bytes)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (session, offset) DO UPDATE SET length = excluded.length,
                    codec = excluded.codec, crc32c = excluded.crc32c, bytes = excluded.bytes
                """,
                key,
                part.offset(),
                blob.length(),
                blob.codec(),
                blob.crc32c(),
                blob.bytes().toArray());
    }

    void drop(long key) throws SQLException {
        for (String table : TABLES)
            database.update("DELETE FROM " + table + " WHERE session = ?", key);
    }

    /** Deletes rows of sessions that do not exist. */
    void dropOrphans() throws SQLException {
        for (String table : TABLES) {
            database.execute(
                    "DELETE FROM " + table + " WHERE session NOT IN (SELECT key FROM session)");
        }
    }

    /** Every record by its session's key, unchecked, as far as they can be read. */
    void records(Map<Long, TaskRow> records) throws SQLException {
        database.forEach(
                "SELECT session, " + COLUMNS + " FROM task",
                row -> records.put(row.getLong("session"), TaskRow.of(row)));
    }

    /** The record of a session, unchecked. */
    Optional<TaskRow> record(long key) throws SQLException {
        var records = new ArrayList<TaskRow>();
        database.forEach(
                "SELECT " + COLUMNS + " FROM task WHERE session = ?",
                row -> records.add(TaskRow.of(row)),
                key);
        return records.stream().findFirst();
    }

    /** How the processes of all tasks are started, by their sessions' keys. */
    void launches(Map<Long, String> texts) throws SQLException {
        database.forEach(
                "SELECT session, json FROM launch WHERE session IN (SELECT session FROM task)",
                row -> {
                    // Damage can take a value away.
                    String json = row.getString("json");
                    if (json != null) texts.put(row.getLong("session"), json);
                });
    }

    /** What the output of each task takes, by its session's key; none where there is none. */
    void outputBytes(Map<Long, Long> bytes) throws SQLException {
        database.forEach(
                "SELECT session, sum(length(bytes)) FROM task_output GROUP BY session",
                row -> bytes.put(row.getLong(1), row.getLong(2)));
    }

    /** The last part that begins before {@code offset}, unchecked. */
    Optional<StoredPart> before(long key, long offset) throws SQLException {
        return one("WHERE session = ? AND offset < ? ORDER BY offset DESC LIMIT 1", key, offset);
    }

    /** The first part that begins at {@code offset} or behind it, unchecked. */
    Optional<StoredPart> from(long key, long offset) throws SQLException {
        return one("WHERE session = ? AND offset >= ? ORDER BY offset LIMIT 1", key, offset);
    }

    private Optional<StoredPart> one(String which, long key, long offset) throws SQLException {
        var parts = new ArrayList<StoredPart>();
        database.forEach(
                PART + " FROM task_output " + which, row -> parts.add(part(row)), key, offset);
        return parts.stream().findFirst();
    }

    /** All parts of a task in order, one after the other, unchecked, as far as they can be read. */
    void parts(long key, PartReader reader) throws SQLException {
        database.forEach(
                PART + " FROM task_output WHERE session = ? ORDER BY offset",
                row -> reader.read(part(row)),
                key);
    }

    /** The same in any order, read row by row where the index is damaged. */
    void partsWithoutIndex(long key, PartReader reader) throws SQLException {
        database.forEach(
                PART + " FROM task_output NOT INDEXED WHERE session = ? ORDER BY key",
                row -> reader.read(part(row)),
                key);
    }

    private static StoredPart part(ResultSet row) throws SQLException {
        return new StoredPart(row.getLong("offset"), ScreenRows.blob(row));
    }
}
