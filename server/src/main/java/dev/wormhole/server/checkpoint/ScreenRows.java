package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.session.Mark;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of screens: one in {@code screen} for a session, one in {@code block} for each sealed
 * block of its scrollback, one in {@code event} for each change of size or generation. Knows no
 * transaction: its callers begin and end them.
 *
 * <p>Owned by the checkpointer thread.
 */
final class ScreenRows {

    static final List<String> TABLES = List.of("screen", "block", "event");

    private final Database database;

    ScreenRows(Database database) {
        this.database = database;
    }

    /** Whether the tables are there: a store of version 1 that is only read has none. */
    boolean exist() throws SQLException {
        long there =
                database.queryLong(
                        "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                                + " AND name IN ('screen', 'block', 'event')");
        return there == TABLES.size();
    }

    /** Puts the screen in the place of the stored one, with the blocks that came with it. */
    void write(long key, EncodedScreen screen) throws SQLException {
        StoredSnapshot snapshot = screen.snapshot();
        StoredBlob blob = snapshot.blob();
        database.update(
                """
                INSERT INTO screen
                    (session, offset, event, cols, rows, first_line, codec, length, crc32c, bytes)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (session) DO UPDATE SET offset = excluded.offset,
                    event = excluded.event, cols = excluded.cols, rows = excluded.rows,
                    first_line = excluded.first_line, codec = excluded.codec,
                    length = excluded.length, crc32c = excluded.crc32c, bytes = excluded.bytes
                """,
                key,
                snapshot.offset(),
                snapshot.event(),
                snapshot.cols(),
                snapshot.rows(),
                snapshot.firstLine(),
                blob.codec(),
                blob.length(),
                blob.crc32c(),
                blob.bytes().toArray());
        database.update(
                "DELETE FROM block WHERE session = ? AND first_line < ? AND first_line + lines <="
                        + " ?",
                key,
                snapshot.firstLine(),
                snapshot.firstLine());
        database.update(
                "DELETE FROM block WHERE session = ? AND first_line >= ?", key, screen.newFrom());
        for (StoredBlock block : screen.blocks()) insert(key, block);
    }

    private void insert(long key, StoredBlock block) throws SQLException {
        StoredBlob blob = block.blob();
        database.update(
                """
                INSERT INTO block (session, first_line, lines, offset, codec, length, crc32c, bytes)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                key,
                block.firstLine(),
                block.lines(),
                block.offset(),
                blob.codec(),
                blob.length(),
                blob.crc32c(),
                blob.bytes().toArray());
    }

    /** Adds events, and forgets those that no stored output and no screen need. */
    void write(long key, List<Mark> events, long tailStart) throws SQLException {
        for (Mark event : events) {
            switch (event) {
                case Mark.Resized(long offset, long number, TerminalSize size) ->
                        insert(key, number, offset, size.cols(), size.rows(), null);
                case Mark.Respawned(long offset, long number, long generation) ->
                        insert(key, number, offset, null, null, generation);
                // Stands in the session's own row.
                case Mark.Exited _ -> {}
            }
        }
        database.update(
                """
                DELETE FROM event WHERE session = ? AND number < (
                    SELECT max(number) FROM event
                    WHERE session = ? AND offset < ? AND cols IS NOT NULL)
                """,
                key,
                key,
                tailStart);
    }

    private void insert(
            long key,
            long number,
            long offset,
            @Nullable Integer cols,
            @Nullable Integer rows,
            @Nullable Long generation)
            throws SQLException {
        database.update(
                """
                INSERT INTO event (session, number, offset, cols, rows, generation)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (session, number) DO NOTHING
                """,
                key,
                number,
                offset,
                cols,
                rows,
                generation);
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

    /** Where the stored screen stands; none without one. */
    Optional<Long> offset(long key) throws SQLException {
        var offsets = new ArrayList<Long>();
        database.forEach(
                "SELECT offset FROM screen WHERE session = ?",
                row -> offsets.add(row.getLong(1)),
                key);
        return offsets.stream().findFirst();
    }

    /** The stored screen, unchecked. */
    Optional<StoredSnapshot> screen(long key) throws SQLException {
        var screens = new ArrayList<StoredSnapshot>();
        database.forEach(
                """
                SELECT offset, event, cols, rows, first_line, codec, length, crc32c, bytes
                FROM screen WHERE session = ?
                """,
                row ->
                        screens.add(
                                new StoredSnapshot(
                                        row.getLong("offset"),
                                        row.getLong("event"),
                                        row.getInt("cols"),
                                        row.getInt("rows"),
                                        row.getLong("first_line"),
                                        blob(row))),
                key);
        return screens.stream().findFirst();
    }

    /** The blocks of a session, the oldest first, unchecked, as far as they can be read. */
    void blocks(long key, List<StoredBlock> blocks) throws SQLException {
        blocks("block WHERE session = ? ORDER BY first_line", key, blocks);
    }

    /** The same in any order, read row by row where the index is damaged. */
    void blocksWithoutIndex(long key, List<StoredBlock> blocks) throws SQLException {
        blocks("block NOT INDEXED WHERE session = ? ORDER BY key", key, blocks);
    }

    private void blocks(String which, long key, List<StoredBlock> blocks) throws SQLException {
        database.forEach(
                "SELECT first_line, lines, offset, codec, length, crc32c, bytes FROM " + which,
                row ->
                        blocks.add(
                                new StoredBlock(
                                        row.getLong("first_line"),
                                        row.getInt("lines"),
                                        row.getLong("offset"),
                                        blob(row))),
                key);
    }

    /** The events of a session in order, as far as they can be read. */
    void events(long key, List<Mark> events) throws SQLException {
        database.forEach(
                """
                SELECT number, offset, cols, rows, generation FROM event
                WHERE session = ? ORDER BY number
                """,
                row -> event(row).ifPresent(events::add),
                key);
    }

    private static Optional<Mark> event(ResultSet row) throws SQLException {
        long offset = row.getLong("offset");
        long number = row.getLong("number");
        long generation = row.getLong("generation");
        if (!row.wasNull()) return Optional.of(new Mark.Respawned(offset, number, generation));
        try {
            var size = new TerminalSize(row.getInt("cols"), row.getInt("rows"));
            return Optional.of(new Mark.Resized(offset, number, size));
        } catch (IllegalArgumentException _) {
            // Damage: the screen takes its size from what comes after it.
            return Optional.empty();
        }
    }

    static StoredBlob blob(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("bytes");
        // Damage can take the value away; no checksum is that of nothing.
        if (bytes == null) return new StoredBlob(BlobCodec.RAW, -1, 0, ByteString.EMPTY);
        return new StoredBlob(
                row.getInt("codec"),
                row.getInt("length"),
                row.getLong("crc32c"),
                ByteString.wrap(bytes, 0, bytes.length));
    }
}
