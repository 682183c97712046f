package dev.wormhole.server.checkpoint;

import static dev.wormhole.server.checkpoint.StoreFixture.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.session.StoreException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

class CommitterTest {

    private static final long BEAT = Duration.ofMillis(4_500).toNanos();

    private static final long REST = Duration.ofMinutes(1).toNanos();

    @TempDir Path directory;

    @SuppressWarnings("NullAway.Init")
    private OpenStore store;

    @SuppressWarnings("NullAway.Init")
    private Committer committer;

    @BeforeEach
    void open() throws StoreException {
        var clock = InstantSource.system();
        store =
                OpenStore.open(
                        directory, Schema.CURRENT, FakeSession.CAPS, clock, DiskLook.of(directory));
        committer =
                new Committer(
                        store,
                        new StoreHealth(clock, List.of(), null),
                        new Reserve(directory, DiskLook.of(directory)),
                        Duration.ofNanos(REST));
    }

    @AfterEach
    void close() {
        committer.close();
    }

    @Test
    void outputIsSyncedABeatAfterItsCommit() throws Exception {
        long syncs = syncs();
        assertThat(committer.syncAt()).isEqualTo(Collector.NEVER);

        committer.commit(List.of(write(List.of())), 100);
        committer.commit(List.of(write(List.of())), 200);

        assertThat(committer.syncAt()).isEqualTo(100 + BEAT);
        assertThat(syncs()).isEqualTo(syncs);

        committer.sync(100 + BEAT);

        assertThat(syncs()).isEqualTo(syncs + 1);
        assertThat(committer.syncAt()).isEqualTo(Collector.NEVER);
    }

    @Test
    void whatSomebodyWaitsForIsSyncedWithItsCommitAndSoIsWhatWasBefore() throws Exception {
        long syncs = syncs();
        committer.commit(List.of(write(List.of())), 100);

        committer.commit(List.of(write(List.of()), write(List.of(new CompletableFuture<>()))), 200);

        assertThat(syncs()).isEqualTo(syncs + 1);
        assertThat(committer.syncAt()).isEqualTo(Collector.NEVER);
    }

    @Test
    void muchFreeSpaceIsGivenBackALittleWithEachBeat() throws Exception {
        var random = new Random(1);
        var drops = new ArrayList<Work>();
        for (int i = 0; i < 130; i++) {
            byte[] bytes = new byte[190_000];
            random.nextBytes(bytes);
            var session = FakeSession.plain();
            session.write(ByteString.copyOf(bytes));
            committer.commit(List.of(write(session, List.of())), 0);
            drops.add(new Work.Drop(session.id(), List.of()));
        }
        committer.commit(drops, 0);
        long before = pages();

        committer.sync(0);
        assertThat(pages()).isEqualTo(before - 256);
        assertThat(committer.syncAt()).isEqualTo(BEAT);

        for (int i = 0; i < 20; i++) committer.sync(0);
        assertThat(store.database().queryLong("PRAGMA freelist_count")).isBetween(3_000L, 4_095L);
        assertThat(committer.syncAt()).isEqualTo(Collector.NEVER);
    }

    @Test
    void aRestGivesFreeSpaceBackAndThenEmptiesTheLogOnce() throws Exception {
        var random = new Random(1);
        var drops = new ArrayList<Work>();
        for (int i = 0; i < 12; i++) {
            byte[] bytes = new byte[190_000];
            random.nextBytes(bytes);
            var session = FakeSession.plain();
            session.write(ByteString.copyOf(bytes));
            assertThat(committer.commit(List.of(write(session, List.of())), 0)).isEmpty();
            if (i > 0) drops.add(new Work.Drop(session.id(), List.of()));
        }
        assertThat(committer.commit(drops, 100)).isEmpty();
        assertThat(committer.tidyAt()).isEqualTo(100 + REST);
        committer.sync(100 + BEAT);
        long before = pages();

        long now = 100 + REST;
        for (int turn = 0; committer.tidyAt() != Collector.NEVER; turn++) {
            assertThat(turn).isLessThan(100);
            now = Math.max(now, committer.tidyAt());
            if (committer.syncAt() <= now) committer.sync(now);
            committer.tidy(now);
        }

        assertThat(pages()).isLessThan(before - 256);
        assertThat(Files.size(directory.resolve("wormhole.db-wal"))).isZero();
        assertThat(committer.syncAt()).isEqualTo(Collector.NEVER);
    }

    @Test
    void theLogIsNotEmptiedWhileSomethingIsStored() {
        committer.commit(List.of(write(List.of())), 100);
        committer.commit(List.of(write(List.of())), REST);

        assertThat(committer.tidyAt()).isEqualTo(2 * REST);
    }

    @Test
    void theLogIsEmptiedOnlyWhenItIsSynced() throws Exception {
        committer.commit(List.of(write(List.of())), 100);

        committer.tidy(200);

        assertThat(committer.tidyAt()).isEqualTo(committer.syncAt()).isEqualTo(100 + BEAT);
        assertThat(Files.size(directory.resolve("wormhole.db-wal"))).isPositive();
    }

    private long pages() throws SQLException {
        return store.database().queryLong("PRAGMA page_count");
    }

    private Work write(List<CompletableFuture<Void>> waiters) {
        var session = FakeSession.plain();
        session.write("output");
        return write(session, waiters);
    }

    private Work write(FakeSession session, List<CompletableFuture<Void>> waiters) {
        var increment = EncodedIncrement.of(session.collect().join(), store.codec());
        return new Work.Write(session, increment, waiters);
    }

    private long syncs() throws SQLException {
        return query(directory, "SELECT value FROM meta WHERE key = 'syncs'");
    }
}
