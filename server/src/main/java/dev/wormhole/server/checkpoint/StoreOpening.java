package dev.wormhole.server.checkpoint;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is done to the files of a store before one uses them: they are looked at without being
 * changed, refused, or read as far as they can be and set aside.
 *
 * <p>Owned by the thread that opens the store.
 */
final class StoreOpening implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StoreOpening.class);

    /**
     * What was read of damaged files.
     *
     * @param isWhole the pages that it was read from belong together
     * @param mended the copy that it was read from; null for the files themselves
     */
    private record Rescue(
            List<Checkpoint> checkpoints,
            Tally tally,
            List<String> problems,
            boolean isWhole,
            @Nullable Path mended) {

        static Rescue nothing(String... why) {
            return new Rescue(List.of(), Tally.NONE, List.of(why), false, null);
        }

        boolean isEmpty() {
            return tally.sessions().kept() == 0;
        }
    }

    private final DatabaseFiles files;
    private final Schema schema;
    private final RingBuffer.Caps caps;
    private final InstantSource clock;
    private final List<String> warnings = new ArrayList<>();
    private Optional<Path> report = Optional.empty();
    private Rescue rescue = Rescue.nothing();
    private @Nullable Path aside;
    private boolean isDamaged;

    StoreOpening(DatabaseFiles files, Schema schema, RingBuffer.Caps caps, InstantSource clock) {
        this.files = files;
        this.schema = schema;
        this.caps = caps;
        this.clock = clock;
    }

    /** Afterwards there is a file that can be used, perhaps an empty one. */
    void prepare() throws SQLException, IOException, StoreException {
        refuseWhatOthersWrite();
        if (files.logIsOrphaned()) setAside("its log is there without it");
        files.prepare();
        // Before SQLite opens it, and forgets what it cannot use.
        Optional<LogInspection.Problem> log = files.logProblem();
        Optional<String> damage = damage();
        isDamaged = damage.isPresent();
        if (log.isPresent() && log.get().isThere()) isDamaged |= rescueBehindTheDamage(damage);
        if (isDamaged) {
            setAside(reason(damage, log));
            files.prepare();
        } else if (log.isPresent()) {
            keepOn(log.get().sentence());
        }
    }

    private static String reason(Optional<String> damage, Optional<LogInspection.Problem> log) {
        return Stream.of(damage, log.map(LogInspection.Problem::sentence))
                .flatMap(Optional::stream)
                .map(sentence -> sentence.lines().toList().getLast())
                .collect(Collectors.joining("; "));
    }

    /**
     * Reads what SQLite would not, since it stands behind a damaged page of the log. Whether that
     * is worth more than what it would read.
     */
    private boolean rescueBehindTheDamage(Optional<String> damage) throws IOException {
        Rescue plain = rescue;
        try {
            Optional<Path> mended = files.mended();
            if (mended.isEmpty()) return false;
            Rescue more = read(Database.openReadOnly(mended.get()), mended.get());
            boolean better =
                    damage.isEmpty()
                            ? more.isWhole()
                            : more.tally().entries().kept() > plain.tally().entries().kept();
            if (better) rescue = more;
            return better;
        } catch (SQLException | IOException e) {
            log.warn("the log of the session store cannot be mended: {}", e.toString());
            return false;
        } finally {
            if (rescue.mended() == null) files.removeMended();
        }
    }

    /** Nobody knows what is in it then. */
    private void refuseWhatOthersWrite() throws IOException, StoreException {
        Optional<Path> foreign = files.writableByOthers();
        if (foreign.isPresent())
            throw new StoreException(
                    "%s can be written by others: see who did, then chmod 600 it. Nothing was changed."
                            .formatted(foreign.get()));
    }

    /** Whether it is worth another try: reading had found nothing, and now all is set aside. */
    boolean writingFoundDamage(SQLException failure) throws SQLException, IOException {
        if (!StoreFailure.isDamage(failure) || isDamaged) return false;
        isDamaged = true;
        rescue();
        setAside(reason(Optional.of(String.valueOf(failure.getMessage())), Optional.empty()));
        files.prepare();
        return true;
    }

    /** What was read of a database that was set aside, but for tasks that are over. */
    List<Checkpoint> rescued() {
        return rescue.checkpoints();
    }

    /**
     * What it was read from, to read the rest of it as well; empty if nothing was set aside or
     * could be read. Is to be closed.
     */
    Optional<Database> rescuedFrom() throws SQLException {
        Path from = rescue.mended() == null ? aside : rescue.mended();
        if (from == null || rescue.isEmpty()) return Optional.empty();
        try {
            Database database = openUnchanged(new DatabaseFiles(from, clock));
            readAsFarAsItGoes(database);
            return Optional.of(database);
        } catch (IOException e) {
            throw new SQLException("the damaged database is gone", e);
        }
    }

    RingBuffer.Caps caps() {
        return caps;
    }

    OpenStore.Findings findings() {
        return new OpenStore.Findings(warnings, report);
    }

    /** What makes it unusable, if anything. Changes no byte of it. */
    private Optional<String> damage() throws SQLException, IOException, StoreException {
        try (Database database = openUnchanged(files)) {
            long version = Schema.versionOf(database);
            if (version > schema.version()) throw newer(version);
            String verdict = database.queryText("PRAGMA integrity_check(1)");
            if (verdict.equals("ok")) verdict = schema.whatIsMissing(database);
            if (verdict.isEmpty() && files.isSuspect()) verdict = "a server met damage in it";
            if (verdict.isEmpty()) return Optional.empty();
            rescue();
            return Optional.of(verdict);
        } catch (SQLException e) {
            if (!StoreFailure.isDamage(e)) throw e;
            rescue();
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Database openUnchanged(DatabaseFiles files) throws SQLException, IOException {
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
        try {
            rescue = read(openUnchanged(files), null);
        } catch (SQLException e) {
            log.warn("nothing of the damaged session store can be read: {}", e.getMessage());
            rescue = Rescue.nothing("nothing can be read: " + e.getMessage());
        }
    }

    /** Closes it. */
    private Rescue read(Database database, @Nullable Path mended) throws SQLException {
        try (database) {
            readAsFarAsItGoes(database);
            Hydration hydration = Hydration.readAndCheck(new SessionRows(database), caps);
            return new Rescue(
                    hydration.checkpoints(),
                    hydration.tally(),
                    hydration.problems(),
                    isWhole(database),
                    mended);
        }
    }

    /** Makes SQLite read a file that is shorter than it should be. */
    private static void readAsFarAsItGoes(Database database) throws SQLException {
        database.execute("PRAGMA writable_schema = ON");
    }

    private boolean isWhole(Database database) {
        try {
            return database.queryText("PRAGMA integrity_check(1)").equals("ok")
                    && schema.whatIsMissing(database).isEmpty();
        } catch (SQLException _) {
            return false;
        }
    }

    private void setAside(String reason) throws IOException {
        aside = files.setAside();
        warn(
                "The session store was damaged (%s) and was set aside as %s; %d sessions could be read and were kept."
                        .formatted(reason, aside.getFileName(), rescue.tally().sessions().kept()));
        warnings.addAll(rescue.problems());
        report(new DamageReport(clock.instant(), aside, reason, rescue.tally(), rescue.problems()));
    }

    /** The end of its log is lost, whatever is done; the rest is sound. */
    private void keepOn(String problem) {
        String lost = problem + ": what was stored last is lost";
        warn("The session store was damaged: " + lost + ".");
        report(
                new DamageReport(
                        clock.instant(), null, "its log is damaged", Tally.NONE, List.of(lost)));
    }

    private void warn(String warning) {
        log.warn("{}", warning);
        warnings.add(warning);
    }

    private void report(DamageReport damage) {
        report = OpenStore.written(damage, files.database());
    }

    @Override
    public void close() {
        if (rescue.mended() == null) return;
        try {
            files.removeMended();
        } catch (IOException e) {
            log.warn("a copy of the damaged session store is left: {}", e.toString());
        }
    }
}
