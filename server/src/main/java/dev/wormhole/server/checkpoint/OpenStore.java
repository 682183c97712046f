package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.checkpoint.Database.Durability;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.RingBuffer;
import dev.wormhole.server.session.StoreException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A database that was found fit for use, and how it gets there: looked at without being changed,
 * refused, set aside or migrated.
 *
 * <p>Owned by the checkpointer thread, before that by the thread that opens it.
 */
final class OpenStore implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OpenStore.class);

    static final String FILE_NAME = "wormhole.db";

    /** What comes up meanwhile is retried, and somebody may wait behind it. */
    private static final int PATIENCE_MILLIS = 1_000;

    private final DatabaseFiles files;
    private final InstantSource clock;
    private final StoreFailure failures;
    private final Database database;
    private final SessionRows rows;
    private final BlobCodec codec;
    private final Findings findings;
    private List<SessionId> tombstones = List.of();

    /** What opening found damaged. */
    record Findings(List<String> warnings, Optional<Path> report) {
        Findings {
            warnings = List.copyOf(warnings);
        }
    }

    private OpenStore(
            DatabaseFiles files,
            InstantSource clock,
            StoreFailure failures,
            Database database,
            BlobCodec codec,
            Findings findings) {
        this.files = files;
        this.clock = clock;
        this.failures = failures;
        this.database = database;
        this.rows = new SessionRows(database);
        this.codec = codec;
        this.findings = findings;
    }

    /**
     * Opens the store of a data directory, or makes one.
     *
     * @throws StoreException if it is of a newer version, or cannot be used for a reason that lies
     *     outside its files
     */
    static OpenStore open(
            Path dataDirectory,
            Schema schema,
            RingBuffer.Caps caps,
            InstantSource clock,
            DiskLook disk)
            throws StoreException {
        Path file = dataDirectory.resolve(FILE_NAME);
        var files = new DatabaseFiles(file, clock);
        var failures = new StoreFailure(file, disk);
        try (var opening = new StoreOpening(files, schema, caps, clock)) {
            opening.prepare();
            return opened(files, clock, failures, schema, opening);
        } catch (SQLException | IOException e) {
            throw failures.trouble(e).exception();
        }
    }

    private static OpenStore opened(
            DatabaseFiles files,
            InstantSource clock,
            StoreFailure failures,
            Schema schema,
            StoreOpening opening)
            throws SQLException, IOException {
        try {
            return use(files, clock, failures, schema, opening);
        } catch (SQLException e) {
            if (!opening.writingFoundDamage(e)) throw e;
            return use(files, clock, failures, schema, opening);
        }
    }

    private static OpenStore use(
            DatabaseFiles files,
            InstantSource clock,
            StoreFailure failures,
            Schema schema,
            StoreOpening opening)
            throws SQLException {
        @Nullable OpenStore store = null;
        var codec = new BlobCodec();
        Database database = Database.open(files.database());
        try {
            schema.migrate(database);
            var opened = new OpenStore(files, clock, failures, database, codec, opening.findings());
            opened.restore(opening);
            opened.markInUse();
            database.patience(PATIENCE_MILLIS);
            store = opened;
            return store;
        } finally {
            if (store == null) {
                database.close();
                codec.close();
            }
        }
    }

    Database database() {
        return database;
    }

    SessionRows rows() {
        return rows;
    }

    BlobCodec codec() {
        return codec;
    }

    /** What was found damaged, a sentence each. */
    List<String> warnings() {
        return findings.warnings();
    }

    /** Where the damage that was found when it was opened is told at length. */
    Optional<Path> report() {
        return findings.report();
    }

    /** What its errors mean. */
    StoreFailure failures() {
        return failures;
    }

    /**
     * Writes down what was found damaged of what was read; where nothing was, nothing. Returns
     * where.
     */
    Optional<Path> report(Hydration read) {
        if (read.problems().isEmpty()) return Optional.empty();
        var problems = new ArrayList<>(findings.warnings());
        problems.addAll(read.problems());
        var report =
                new DamageReport(
                        clock.instant(),
                        null,
                        "the checksums of some rows are wrong, or rows are missing",
                        read.tally(),
                        problems);
        return written(report, files.database());
    }

    /** A report that cannot be written stops nobody: the log has it too. */
    static Optional<Path> written(DamageReport report, Path database) {
        try {
            return Optional.of(report.write(database));
        } catch (IOException e) {
            log.warn("the report of the damage cannot be written: {}", e.toString());
            return Optional.empty();
        }
    }

    /** The next start is to read what it can and to make it anew: a look finds not every damage. */
    void suspect() {
        try {
            files.suspect();
        } catch (IOException e) {
            log.warn("that the store is damaged cannot be noted: {}", e.toString());
        }
    }

    /** Notes that nothing is missing in it. */
    void markClean() throws SQLException {
        database.transaction(Durability.FULL, () -> writeClean(1));
    }

    /**
     * Notes that a server is at work. Sessions that the one before may have left behind are marked,
     * each until it is stored again: only then its next offset is past the bytes that were lost.
     */
    private void markInUse() throws SQLException {
        boolean clean = database.queryLong("SELECT value FROM meta WHERE key = 'clean'") == 1;
        tombstones = rows.tombstones();
        database.transaction(
                Durability.FULL,
                () -> {
                    rows.dropOrphans();
                    if (!clean) rows.markUncleanAfterCrash();
                    writeClean(0);
                });
    }

    /** Sessions that were destroyed when the store was opened; their rows are dropped since. */
    List<SessionId> tombstones() {
        return tombstones;
    }

    private void writeClean(int clean) throws SQLException {
        database.update(
                "INSERT INTO meta (key, value) VALUES ('clean', ?)"
                        + " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                clean);
    }

    private void restore(StoreOpening opening) throws SQLException {
        try (Database damaged = opening.rescuedFrom().orElse(null)) {
            if (damaged == null) return;
            var rescue = new TaskRescue(damaged, rows, codec, opening.caps());
            database.transaction(
                    Durability.FULL,
                    () -> {
                        for (Checkpoint checkpoint : opening.rescued())
                            rows.write(EncodedIncrement.of(checkpoint, codec));
                        rescue.run();
                        // Nobody knows what the damage took.
                        rows.markUnclean();
                    });
        }
    }

    @Override
    public void close() {
        database.close();
        codec.close();
    }
}
