package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.server.session.SessionRecord;
import dev.wormhole.server.session.StoredTask;
import dev.wormhole.server.session.TaskRecord;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the rows of tasks as far as they can be read, those of all at once where all are wanted: a
 * start reads the records of thousands that are over, and nothing else of them.
 *
 * <p>Owned by the checkpointer thread.
 */
final class TaskReader {

    private static final Logger log = LoggerFactory.getLogger(TaskReader.class);

    /** Reads rows of all tasks into a map by their sessions' keys, as far as it comes. */
    private interface Rows<T> {
        void read(Map<Long, T> rows) throws SQLException;
    }

    private final SessionRows rows;

    /** Before version 3 there were none. */
    private final boolean exist;

    private final Map<Long, TaskRow> records = new HashMap<>();
    private final List<String> problems;

    /**
     * @param problems gets what cannot be read, a sentence each
     */
    TaskReader(SessionRows rows, List<String> problems) throws SQLException {
        this.rows = rows;
        this.exist = rows.tasks().exist();
        this.problems = problems;
    }

    /** Makes {@link #with} quick for every session. */
    void readRecords() throws SQLException {
        records.putAll(all(rows.tasks()::records));
    }

    /** The session with its task, if its kind has one. */
    SessionRecord with(long key, SessionRecord session) throws SQLException {
        if (session.kind() != SessionKind.TASK) return session;
        TaskRow row = row(key);
        TaskRecord task = row.decode().orElse(null);
        if (task == null) {
            problems.add(
                    "session "
                            + session.id()
                            + ": its task is damaged and counts as one that failed");
            task = row.lost(session);
        }
        return with(session, task);
    }

    private TaskRow row(long key) throws SQLException {
        if (!exist) return TaskRow.NONE;
        TaskRow row = records.get(key);
        if (row != null) return row;
        try {
            return rows.tasks().record(key).orElse(TaskRow.NONE);
        } catch (SQLException e) {
            SessionReader.throwUnlessDamage(e);
            return TaskRow.NONE;
        }
    }

    private static SessionRecord with(SessionRecord session, TaskRecord task) {
        return new SessionRecord(
                session.id(),
                session.name(),
                session.cwd(),
                session.title(),
                session.createdAt(),
                session.lastActiveAt(),
                session.size(),
                session.kind(),
                session.command(),
                session.env(),
                session.createId(),
                session.generation(),
                session.base(),
                session.nextOffset(),
                session.nextEvent(),
                session.exit(),
                session.program(),
                task);
    }

    /** Those of the sessions that are tasks, the newest first. */
    List<StoredTask> list(List<SessionReader.Found> sessions) throws SQLException {
        Map<Long, String> launches = all(rows.tasks()::launches);
        Map<Long, Long> bytes = all(rows.tasks()::outputBytes);
        var tasks = new ArrayList<StoredTask>();
        for (SessionReader.Found each : sessions.reversed()) {
            TaskRecord task = each.record().task();
            if (task == null) continue;
            LaunchJson launch = launch(each, launches.get(each.key()));
            tasks.add(
                    new StoredTask(
                            launch.of(each.record()), task, bytes.getOrDefault(each.key(), 0L)));
        }
        // Those of one moment stay as they are: the last that was made first.
        tasks.sort(
                Comparator.comparingLong((StoredTask each) -> each.record().createdAt())
                        .reversed());
        return tasks;
    }

    private LaunchJson launch(SessionReader.Found session, @Nullable String text)
            throws SQLException {
        try {
            return text == null ? rows.launch(session.key()) : LaunchJson.parse(text);
        } catch (SQLException | JsonException e) {
            SessionReader.throwUnlessDamage(e);
            problems.add(SessionReader.launchIsLost(session.record().id()));
            return LaunchJson.NONE;
        }
    }

    private <T> Map<Long, T> all(Rows<T> which) throws SQLException {
        var found = new HashMap<Long, T>();
        if (!exist) return found;
        try {
            which.read(found);
        } catch (SQLException e) {
            SessionReader.throwUnlessDamage(e);
            log.warn("a table of the session store is not readable: {}", e.getMessage());
        }
        return found;
    }

    /** Gives the parts of a task's output that are sound. Returns how many were, and were not. */
    Tally.Rows output(SessionReader.Found session, BlobCodec codec, TaskRows.PartReader taker)
            throws SQLException {
        if (!exist || session.record().task() == null) return Tally.Rows.NONE;
        SessionId id = session.record().id();
        var parts = new Parts(id, codec, taker);
        try {
            rows.tasks().parts(session.key(), parts);
        } catch (SQLException e) {
            SessionReader.throwUnlessDamage(e);
            problems.add("session " + id + ": not all that is kept of its task can be read");
            // Whoever was given some of them already is given the same again.
            parts = new Parts(id, codec, taker);
            outputWithoutIndex(session.key(), parts);
        }
        if (parts.damaged > 0)
            problems.add(
                    "session %s: %d of %d parts of its task's output are damaged and left out"
                            .formatted(id, parts.damaged, parts.kept + parts.damaged));
        return new Tally.Rows(parts.kept, parts.damaged);
    }

    private void outputWithoutIndex(long key, Parts parts) throws SQLException {
        try {
            rows.tasks().partsWithoutIndex(key, parts);
        } catch (SQLException e) {
            SessionReader.throwUnlessDamage(e);
            log.warn("a table of the session store is not readable: {}", e.getMessage());
        }
    }

    /** Checks parts one after the other. */
    private static final class Parts implements TaskRows.PartReader {

        private final SessionId id;
        private final BlobCodec codec;
        private final TaskRows.PartReader taker;
        private int kept;
        private int damaged;

        Parts(SessionId id, BlobCodec codec, TaskRows.PartReader taker) {
            this.id = id;
            this.codec = codec;
            this.taker = taker;
        }

        @Override
        public void read(StoredPart part) throws SQLException {
            if (part.decode(id, codec).isEmpty()) {
                damaged++;
                return;
            }
            kept++;
            taker.read(part);
        }
    }
}
