package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.server.session.Mark;
import dev.wormhole.server.session.SessionRecord;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the rows of sessions as far as they can be read. Checks none of them.
 *
 * <p>Owned by the checkpointer thread.
 */
final class SessionReader {

    private static final Logger log = LoggerFactory.getLogger(SessionReader.class);

    /**
     * A session that can be read.
     *
     * <p>Immutable.
     *
     * @param record without its launch
     */
    record Found(long key, SessionRecord record, boolean complete, boolean unclean) {

        /** A task that nobody goes on with. */
        boolean isOver() {
            return record.task() != null && record.task().state().isOver();
        }
    }

    /** Reads rows into a list, as far as it comes. */
    private interface Rows<T> {
        void read(long key, List<T> rows) throws SQLException;
    }

    private final SessionRows rows;

    /** Before version 2 there were none. */
    private final boolean hasScreens;

    private final List<String> problems = new ArrayList<>();
    private final TaskReader tasks;
    private int unreadable;

    SessionReader(SessionRows rows) throws SQLException {
        this.rows = rows;
        this.hasScreens = rows.screens().exist();
        this.tasks = new TaskReader(rows, problems);
    }

    TaskReader tasks() {
        return tasks;
    }

    /** Every session whose record can be read; those that cannot are left out. */
    List<Found> findAll() throws SQLException {
        var rowsFound = new ArrayList<SessionRows.Found>();
        tasks.readRecords();
        try {
            rows.sessions(rowsFound);
        } catch (SQLException e) {
            throwUnlessDamage(e);
            problems.add("not every session can be read");
        }
        var sessions = new ArrayList<Found>();
        for (SessionRows.Found each : rowsFound) found(each).ifPresent(sessions::add);
        return sessions;
    }

    /** The session, if it is stored and not destroyed. */
    Optional<Found> find(SessionId id) throws SQLException {
        Optional<SessionRows.Found> row = rows.session(id);
        return row.isPresent() ? found(row.get()) : Optional.empty();
    }

    private Optional<Found> found(SessionRows.Found row) throws SQLException {
        SessionRecord record = row.record();
        if (record == null) {
            unreadable++;
            problems.add("session " + row.id() + " cannot be read and is left out");
            return Optional.empty();
        }
        return Optional.of(
                new Found(row.key(), tasks.with(row.key(), record), row.complete(), row.unclean()));
    }

    /** What is wrong with none of the sessions that were read, and what with their tasks. */
    List<String> problems() {
        return problems;
    }

    /** The sessions that were found and cannot be read. */
    Tally lost() {
        return Tally.ofSessions(new Tally.Rows(0, unreadable));
    }

    /** All of it but what is kept of a task's output. */
    RawSession read(Found found) throws SQLException {
        SessionId id = found.record().id();
        var mine = new ArrayList<String>();
        LaunchJson launch = launch(found, mine);
        ScreenRows screens = rows.screens();
        var entries = new ArrayList<StoredEntry>();
        boolean whole =
                read(
                        found.key(),
                        entries,
                        rows::entries,
                        rows::entriesWithoutIndex,
                        Comparator.comparingLong(StoredEntry::offset));
        if (!whole) mine.add("session " + id + ": not all of its output can be read");
        var blocks = new ArrayList<StoredBlock>();
        if (hasScreens
                && !read(
                        found.key(),
                        blocks,
                        screens::blocks,
                        screens::blocksWithoutIndex,
                        Comparator.comparingLong(StoredBlock::firstLine)))
            mine.add("session " + id + ": not all of its scrollback can be read");
        return new RawSession(
                launch.of(found.record()),
                found.complete(),
                found.unclean(),
                whole,
                entries,
                screen(found.key(), id, mine),
                blocks,
                events(found.key(), id, mine),
                mine);
    }

    /** Without it a session still has its output, and a shell all it needs. */
    private LaunchJson launch(Found found, List<String> mine) throws SQLException {
        SessionId id = found.record().id();
        try {
            return rows.launch(found.key());
        } catch (SQLException | JsonException e) {
            throwUnlessDamage(e);
            log.warn("session {}: launch not readable: {}", id, e.getMessage());
            mine.add(launchIsLost(id));
            return LaunchJson.NONE;
        }
    }

    static String launchIsLost(SessionId id) {
        return "session " + id + ": its command and environment are lost";
    }

    private Optional<StoredSnapshot> screen(long key, SessionId id, List<String> mine)
            throws SQLException {
        if (!hasScreens) return Optional.empty();
        try {
            return rows.screens().screen(key);
        } catch (SQLException e) {
            throwUnlessDamage(e);
            mine.add("session " + id + ": its screen cannot be read");
            return Optional.empty();
        }
    }

    private List<Mark> events(long key, SessionId id, List<String> mine) throws SQLException {
        var events = new ArrayList<Mark>();
        if (!hasScreens) return events;
        try {
            rows.screens().events(key, events);
        } catch (SQLException e) {
            throwUnlessDamage(e);
            mine.add("session " + id + ": not all of its changes of size can be read");
        }
        return events;
    }

    /** Whether all could be read. Rows come in order either way. */
    private static <T> boolean read(
            long key, List<T> into, Rows<T> indexed, Rows<T> plain, Comparator<T> order)
            throws SQLException {
        try {
            indexed.read(key, into);
            return true;
        } catch (SQLException e) {
            throwUnlessDamage(e);
            log.warn("an index of the session store is not readable: {}", e.getMessage());
        }
        into.clear();
        try {
            plain.read(key, into);
        } catch (SQLException e) {
            throwUnlessDamage(e);
            log.warn("a table of the session store is not readable: {}", e.getMessage());
        }
        // A row that was rewritten may stand behind younger ones.
        into.sort(order);
        return false;
    }

    /** A disk that fails to read may do so later: then nothing is lost yet. */
    static void throwUnlessDamage(Exception failure) throws SQLException {
        if (failure instanceof SQLException sql && !StoreFailure.isDamage(sql)) throw sql;
    }
}
