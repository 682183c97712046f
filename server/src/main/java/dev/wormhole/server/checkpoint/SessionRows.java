package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.server.session.ExitStatus;
import dev.wormhole.server.session.SessionRecord;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of sessions: one in {@code session}, one in {@code launch}, one in {@code entry} for
 * each ring entry, and what {@link ScreenRows} and {@link TaskRows} keep. Knows no transaction: its
 * callers begin and end them.
 *
 * <p>Owned by the checkpointer thread.
 */
final class SessionRows {

    private static final Logger log = LoggerFactory.getLogger(SessionRows.class);

    private static final String SESSION =
            """
            SELECT key, id, name, cwd, title, created_at, last_active_at, cols, rows, kind,
                create_id, generation, base, next_offset, next_event, exit_reason, exit_code,
                exit_signal, complete, unclean
            FROM session WHERE destroyed = 0
            """;

    /** A session as it was found. */
    record Found(
            long key,
            String id,
            boolean complete,
            boolean unclean,
            /* without its launch and its task; null: not readable */ @Nullable SessionRecord
                    record) {}

    private final Database database;
    private final ScreenRows screens;
    private final TaskRows tasks;

    SessionRows(Database database) {
        this.database = database;
        this.screens = new ScreenRows(database);
        this.tasks = new TaskRows(database);
    }

    ScreenRows screens() {
        return screens;
    }

    TaskRows tasks() {
        return tasks;
    }

    /** Writes what is new and deletes what was evicted. */
    void write(EncodedIncrement increment) throws SQLException {
        SessionRecord session = increment.record();
        writeSession(session, increment.complete());
        long key = key(session.id());
        // Long values are neither rewritten nor copied into the log unless they changed.
        database.update(
                """
                INSERT INTO launch (session, json) VALUES (?, ?)
                ON CONFLICT (session) DO UPDATE SET json = excluded.json
                WHERE json IS NOT excluded.json
                """,
                key,
                increment.launch());
        EncodedScreen screen = increment.screen();
        if (screen != null) screens.write(key, screen);
        long tailStart = evict(key, increment);
        for (StoredEntry entry : increment.entries()) writeEntry(key, entry);
        if (screen != null || !increment.events().isEmpty())
            screens.write(key, increment.events(), tailStart);
        if (session.task() != null) tasks.write(key, session.task());
        if (increment.output() != null) tasks.write(key, increment.output());
    }

    /**
     * Deletes the entries that the ring evicted, but none that holds output behind the stored
     * screen. Returns where those that stay begin.
     */
    private long evict(long key, EncodedIncrement increment) throws SQLException {
        long ringStart = increment.ringStart();
        long start = Math.min(ringStart, screens.offset(key).orElse(ringStart));
        List<StoredEntry> entries = increment.entries();
        if (!entries.isEmpty() && entries.getFirst().offset() == start) {
            // The whole tail: an entry that was cut at load stands in one that begins before it.
            database.update("DELETE FROM entry WHERE session = ? AND offset < ?", key, start);
        } else {
            database.update(
                    "DELETE FROM entry WHERE session = ? AND offset < ? AND offset + length <= ?",
                    key,
                    start,
                    start);
        }
        return start;
    }

    private void writeSession(SessionRecord session, boolean complete) throws SQLException {
        ExitStatus exit = session.exit();
        // destroyed stays as it is: a late increment does not bring a session back.
        database.update(
                """
                INSERT INTO session (id, name, cwd, title, created_at, last_active_at, cols, rows,
                    kind, create_id, generation, base, next_offset, next_event,
                    exit_reason, exit_code, exit_signal, complete)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, cwd = excluded.cwd,
                    title = excluded.title, created_at = excluded.created_at,
                    last_active_at = excluded.last_active_at, cols = excluded.cols,
                    rows = excluded.rows, kind = excluded.kind, create_id = excluded.create_id,
                    generation = excluded.generation, base = excluded.base,
                    next_offset = excluded.next_offset, next_event = excluded.next_event,
                    exit_reason = excluded.exit_reason, exit_code = excluded.exit_code,
                    exit_signal = excluded.exit_signal, complete = excluded.complete,
                    unclean = 0
                """,
                session.id().toString(),
                session.name(),
                session.cwd(),
                session.title(),
                session.createdAt(),
                session.lastActiveAt(),
                session.size().cols(),
                session.size().rows(),
                session.kind().wireName(),
                session.createId(),
                session.generation(),
                session.base(),
                session.nextOffset(),
                session.nextEvent(),
                exit == null ? null : exit.reason().wireName(),
                exit == null ? null : exit.exitCode(),
                exit == null ? null : exit.signal(),
                complete ? 1 : 0);
    }

    private void writeEntry(long key, StoredEntry entry) throws SQLException {
        database.update(
                """
                INSERT INTO entry (session, offset, length, cut, codec, crc32c, bytes)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (session, offset) DO UPDATE SET length = excluded.length,
                    cut = excluded.cut, codec = excluded.codec, crc32c = excluded.crc32c,
                    bytes = excluded.bytes
                """,
                key,
                entry.offset(),
                entry.blob().length(),
                entry.cut(),
                entry.blob().codec(),
                entry.blob().crc32c(),
                entry.blob().bytes().toArray());
    }

    /**
     * Makes the stored ring begin at {@code start}, with {@code first} if it holds anything; unless
     * that would take output behind the stored screen.
     */
    void trim(SessionId id, long start, Optional<StoredEntry> first) throws SQLException {
        long key = key(id);
        if (screens.offset(key).orElse(start) < start) return;
        database.update("DELETE FROM entry WHERE session = ? AND offset < ?", key, start);
        if (first.isPresent()) writeEntry(key, first.get());
        database.update("UPDATE session SET complete = 0 WHERE key = ?", key);
    }

    void tombstone(SessionId id) throws SQLException {
        database.update("UPDATE session SET destroyed = 1 WHERE id = ?", id.toString());
    }

    void drop(SessionId id) throws SQLException {
        long key = key(id);
        database.update("DELETE FROM entry WHERE session = ?", key);
        database.update("DELETE FROM launch WHERE session = ?", key);
        screens.drop(key);
        tasks.drop(key);
        database.update("DELETE FROM session WHERE key = ?", key);
    }

    /** Deletes destroyed sessions, and rows of sessions that do not exist. */
    void dropOrphans() throws SQLException {
        database.execute("DELETE FROM session WHERE destroyed = 1");
        database.execute("DELETE FROM launch WHERE session NOT IN (SELECT key FROM session)");
        database.execute("DELETE FROM entry WHERE session NOT IN (SELECT key FROM session)");
        screens.dropOrphans();
        tasks.dropOrphans();
    }

    /** Sessions that were destroyed and whose rows were not dropped yet. */
    List<SessionId> tombstones() throws SQLException {
        var ids = new ArrayList<SessionId>();
        database.forEach(
                "SELECT id FROM session WHERE destroyed = 1",
                row -> {
                    try {
                        ids.add(SessionId.parse(row.getString(1)));
                    } catch (IllegalArgumentException e) {
                        log.warn("a destroyed session has an id that cannot be read");
                    }
                });
        return ids;
    }

    /** Notes of every session that bytes may have been seen that are not here. */
    void markUnclean() throws SQLException {
        database.execute("UPDATE session SET unclean = 1");
    }

    /** The same but for tasks that are over: nothing came after their end, which is here. */
    void markUncleanAfterCrash() throws SQLException {
        database.execute(
                """
                UPDATE session SET unclean = 1 WHERE key NOT IN
                    (SELECT session FROM task WHERE status IN ('completed', 'failed'))
                """);
    }

    /** Every session that is not destroyed, in the order of creation, as far as it can be read. */
    void sessions(List<Found> sessions) throws SQLException {
        database.forEach(SESSION + " ORDER BY key", row -> sessions.add(found(row)));
    }

    /** The session, if it is stored and not destroyed. */
    Optional<Found> session(SessionId id) throws SQLException {
        var sessions = new ArrayList<Found>();
        database.forEach(SESSION + " AND id = ?", row -> sessions.add(found(row)), id.toString());
        return sessions.stream().findFirst();
    }

    LaunchJson launch(long key) throws SQLException, JsonException {
        var texts = new ArrayList<String>();
        database.forEach(
                "SELECT json FROM launch WHERE session = ?",
                row -> texts.add(row.getString(1)),
                key);
        if (texts.isEmpty()) throw new JsonException("launch: missing");
        return LaunchJson.parse(texts.getFirst());
    }

    /** The ring of a session, oldest entry first, unchecked, as far as it can be read. */
    void entries(long key, List<StoredEntry> entries) throws SQLException {
        database.forEach(
                """
                SELECT offset, length, cut, codec, crc32c, bytes FROM entry
                WHERE session = ? ORDER BY offset
                """,
                row -> entries.add(entry(row)),
                key);
    }

    /** The same in any order, read row by row where the index is damaged. */
    void entriesWithoutIndex(long key, List<StoredEntry> entries) throws SQLException {
        database.forEach(
                """
                SELECT offset, length, cut, codec, crc32c, bytes FROM entry NOT INDEXED
                WHERE session = ? ORDER BY key
                """,
                row -> entries.add(entry(row)),
                key);
    }

    /** Whether one of these sessions is stored and not destroyed. */
    boolean anyAlive(Collection<SessionId> ids) throws SQLException {
        for (SessionId id : ids) {
            if (alive(id).isPresent()) return true;
        }
        return false;
    }

    /** The key of a session that is not destroyed. */
    Optional<Long> alive(SessionId id) throws SQLException {
        var keys = new ArrayList<Long>();
        database.forEach(
                "SELECT key FROM session WHERE id = ? AND destroyed = 0",
                row -> keys.add(row.getLong(1)),
                id.toString());
        return keys.stream().findFirst();
    }

    /** Of no session: 0. */
    private long key(SessionId id) throws SQLException {
        var keys = new ArrayList<Long>();
        database.forEach(
                "SELECT key FROM session WHERE id = ?",
                row -> keys.add(row.getLong(1)),
                id.toString());
        return keys.isEmpty() ? 0 : keys.getFirst();
    }

    private static StoredEntry entry(ResultSet row) throws SQLException {
        return new StoredEntry(row.getLong("offset"), row.getInt("cut"), ScreenRows.blob(row));
    }

    private static Found found(ResultSet row) throws SQLException {
        SessionRecord session;
        try {
            session = session(row);
        } catch (IllegalArgumentException _) {
            session = null;
        }
        return new Found(
                row.getLong("key"),
                String.valueOf(row.getString("id")),
                row.getInt("complete") != 0,
                row.getInt("unclean") != 0,
                session);
    }

    private static SessionRecord session(ResultSet row) throws SQLException {
        return new SessionRecord(
                // Damage can take a value away.
                SessionId.parse(String.valueOf(row.getString("id"))),
                row.getString("name"),
                row.getString("cwd"),
                row.getString("title"),
                row.getLong("created_at"),
                row.getLong("last_active_at"),
                new TerminalSize(row.getInt("cols"), row.getInt("rows")),
                SessionKind.valueOf(String.valueOf(row.getString("kind")).toUpperCase(Locale.ROOT)),
                List.of(),
                Map.of(),
                row.getString("create_id"),
                row.getLong("generation"),
                row.getLong("base"),
                row.getLong("next_offset"),
                row.getLong("next_event"),
                exit(row));
    }

    private static @Nullable ExitStatus exit(ResultSet row) throws SQLException {
        String reason = row.getString("exit_reason");
        if (reason == null) return null;
        int code = row.getInt("exit_code");
        Integer exitCode = row.wasNull() ? null : code;
        return new ExitStatus(
                ExitReason.valueOf(reason.toUpperCase(Locale.ROOT)),
                exitCode,
                row.getString("exit_signal"));
    }
}
