package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.checkpoint.Database.Durability;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.Increment;
import dev.wormhole.server.session.NewScreen;
import dev.wormhole.server.session.RingBuffer;
import dev.wormhole.server.session.ScreenImage;
import dev.wormhole.server.session.StoreException;
import dev.wormhole.server.session.StoredScreen;

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

    private final Path file;
    private final Database database;
    private final SessionRows rows;
    private final BlobCodec codec;
    private final List<String> warnings;
    private List<SessionId> tombstones = List.of();

    private OpenStore(Path file, Database database, BlobCodec codec, List<String> warnings) {
        this.file = file;
        this.database = database;
        this.rows = new SessionRows(database);
        this.codec = codec;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Opens the store of a data directory, or makes one.
     *
     * @throws StoreException if it is of a newer version, or cannot be used for a reason that lies
     *     outside its files
     */
    static OpenStore open(
            Path dataDirectory, Schema schema, RingBuffer.Caps caps, InstantSource clock)
            throws StoreException {
        Path file = dataDirectory.resolve(FILE_NAME);
        var files = new DatabaseFiles(file, clock);
        var codec = new BlobCodec();
        OpenStore store = null;
        try {
            store = new Opening(files, schema, caps, codec).open();
            return store;
        } catch (SQLException | IOException e) {
            throw StoreFailure.of(file, e);
        } finally {
            if (store == null) codec.close();
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
        return warnings;
    }

    StoreException failure(Exception failure) {
        return StoreFailure.of(file, failure);
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
                    if (!clean) rows.markUnclean();
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

    private void restore(List<Checkpoint> rescued) throws SQLException {
        database.transaction(
                Durability.FULL,
                () -> {
                    for (Checkpoint checkpoint : rescued) {
                        ScreenImage image = checkpoint.image();
                        StoredScreen screen = image.screen();
                        var increment =
                                new Increment(
                                        checkpoint.record(),
                                        0,
                                        checkpoint.complete(),
                                        image.tail(),
                                        image.events(),
                                        screen == null
                                                ? null
                                                : new NewScreen(screen, 0, image.blocks()));
                        rows.write(EncodedIncrement.of(increment, codec));
                    }
                    // Nobody knows what the damage took.
                    rows.markUnclean();
                });
    }

    @Override
    public void close() {
        database.close();
        codec.close();
    }

    /** The steps of opening, in order. */
    private static final class Opening {

        private final DatabaseFiles files;
        private final Schema schema;
        private final RingBuffer.Caps caps;
        private final BlobCodec codec;
        private final List<String> warnings = new ArrayList<>();
        private List<Checkpoint> rescued = List.of();

        Opening(DatabaseFiles files, Schema schema, RingBuffer.Caps caps, BlobCodec codec) {
            this.files = files;
            this.schema = schema;
            this.caps = caps;
            this.codec = codec;
        }

        OpenStore open() throws SQLException, IOException, StoreException {
            if (files.logIsOrphaned()) setAside("its log is there without it");
            files.prepare();
            Optional<String> damage = damage();
            if (damage.isPresent()) {
                setAside(damage.get());
                files.prepare();
            }
            try {
                return use();
            } catch (SQLException e) {
                if (!StoreFailure.isDamage(e) || damage.isPresent()) throw e;
                // Reading found nothing, writing did.
                rescue();
                setAside(String.valueOf(e.getMessage()));
                files.prepare();
                return use();
            }
        }

        /** What makes it unusable, if anything. Changes no byte of it. */
        private Optional<String> damage() throws SQLException, IOException, StoreException {
            try (Database database = openUnchanged()) {
                long version = Schema.versionOf(database);
                if (version > schema.version()) throw newer(version);
                String verdict = database.queryText("PRAGMA quick_check(1)");
                if (verdict.equals("ok")) verdict = schema.whatIsMissing(database);
                if (verdict.isEmpty()) return Optional.empty();
                rescue();
                return Optional.of(verdict);
            } catch (SQLException e) {
                if (!StoreFailure.isDamage(e)) throw e;
                rescue();
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }

        private Database openUnchanged() throws SQLException, IOException {
            return files.hasLog()
                    ? Database.openReadOnly(files.database())
                    : Database.openAtRest(files.database());
        }

        private StoreException newer(long version) {
            return new StoreException(
                    "The session store %s has version %d, and this Wormhole knows versions up to %d: use the newer Wormhole that wrote it, or another data directory. Nothing was changed."
                            .formatted(files.database(), version, schema.version()));
        }

        private void rescue() throws IOException {
            try (Database database = openUnchanged()) {
                // Makes SQLite read a file that is shorter than it should be.
                database.execute("PRAGMA writable_schema = ON");
                Hydration hydration = Hydration.read(new SessionRows(database), caps);
                rescued = hydration.checkpoints();
                warnings.addAll(hydration.problems());
            } catch (SQLException e) {
                log.warn("nothing of the damaged session store can be read: {}", e.getMessage());
            }
        }

        private void setAside(String reason) throws IOException {
            Path aside = files.setAside();
            String warning =
                    "The session store was damaged (%s) and was set aside as %s; %d sessions could be read and were kept."
                            .formatted(
                                    reason.lines().toList().getLast(),
                                    aside.getFileName(),
                                    rescued.size());
            log.warn("{}", warning);
            warnings.addFirst(warning);
        }

        private OpenStore use() throws SQLException {
            @Nullable OpenStore store = null;
            Database database = Database.open(files.database());
            try {
                schema.migrate(database);
                var opened = new OpenStore(files.database(), database, codec, warnings);
                if (!rescued.isEmpty()) opened.restore(rescued);
                opened.markInUse();
                store = opened;
                return store;
            } finally {
                if (store == null) database.close();
            }
        }
    }
}
