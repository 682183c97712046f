package dev.wormhole.server.checkpoint;

import static dev.wormhole.server.checkpoint.StoreFixture.QUICK;
import static dev.wormhole.server.checkpoint.StoreFixture.await;
import static dev.wormhole.server.checkpoint.StoreFixture.created;
import static dev.wormhole.server.checkpoint.StoreFixture.execute;
import static dev.wormhole.server.checkpoint.StoreFixture.failure;
import static dev.wormhole.server.checkpoint.StoreFixture.file;
import static dev.wormhole.server.checkpoint.StoreFixture.loaded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.StoreProblem;
import dev.wormhole.server.checkpoint.StoreStatus.Trouble;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.StoreException;
import dev.wormhole.server.testkit.SmallDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Disks that are full, read-only or somebody else's for a while: nothing is lost but by a crash.
 */
class DiskTroubleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path directory;

    private final FakeDisk disk = new FakeDisk();

    /** The store's own connection, which SQLite's limits belong to. */
    private final AtomicReference<Database> inside = new AtomicReference<>();

    @Test
    void withoutRoomWhatSomebodyWaitsForIsStoredAndOutputFollows() throws Exception {
        disk.usable = Reserve.BYTES;
        try (var store = open()) {
            var changes = new AtomicInteger();
            store.onChange(changes::incrementAndGet);
            var session = created(store);
            var other = created(store);
            assertThat(trouble(store).problem()).isEqualTo(StoreProblem.FULL);
            assertThat(trouble(store).sessions()).isZero();
            assertThat(store.status().reserve()).isFalse();

            session.write(noise());
            store.dirty(session);
            await().atMost(PATIENCE).until(() -> session.rollBacks() > 0);
            assertThat(trouble(store).sessions()).isOne();
            assertThat(trouble(store).oldest()).isNotNull();
            session.rename("renamed on a full disk");
            await(store.commit(session));
            await(store.tombstone(other.id()));
            await(store.drop(other.id()));

            Checkpoint found = store.load().getFirst();
            assertThat(found.record().name()).isEqualTo("renamed on a full disk");
            assertThat(found.ring().totalBytes()).isZero();
            assertThat(store.load()).hasSize(1);
            assertThat(trouble(store).sessions()).isOne();

            disk.usable = Long.MAX_VALUE;
            await().atMost(PATIENCE).until(() -> store.status().trouble() == null);
            assertThat(store.load()).containsExactly(session.checkpoint(false));
            assertThat(directory.resolve(Reserve.FILE_NAME)).hasSize(Reserve.BYTES);
            assertThat(store.status().reserve()).isTrue();
            assertThat(changes).hasPositiveValue();
        }
    }

    @Test
    void aDatabaseThatMayNotGrowTakesNamesAndCatchesUpWhenItMay() throws Exception {
        try (var store = open()) {
            var session = created(store);
            long pages = inside.get().queryLong("PRAGMA page_count");
            inside.get().queryLong("PRAGMA max_page_count = " + pages);
            session.write(noise());
            store.dirty(session);

            await().atMost(PATIENCE).until(() -> store.status().trouble() != null);
            await().atMost(PATIENCE).until(() -> trouble(store).sessions() == 1);
            assertThat(trouble(store).problem()).isEqualTo(StoreProblem.FULL);
            assertThat(trouble(store).sentence()).contains("full", "Free some space");
            session.rename("renamed");
            await(store.commit(session));
            assertThat(store.load().getFirst().record().name()).isEqualTo("renamed");
            assertThat(store.load().getFirst().ring().totalBytes()).isZero();

            session.write("and on it goes");
            inside.get().queryLong("PRAGMA max_page_count = 1073741823");
            await().atMost(PATIENCE).until(() -> store.status().trouble() == null);
            assertThat(store.load()).containsExactly(session.checkpoint(false));
        }
    }

    @Test
    void aDatabaseThatMayNotBeWrittenCatchesUpWhenItMay() throws Exception {
        try (var store = open()) {
            var session = created(store);
            inside.get().execute("PRAGMA query_only = ON");
            session.write("in memory");
            store.dirty(session);

            await().atMost(PATIENCE).until(() -> store.status().trouble() != null);
            await().atMost(PATIENCE).until(() -> trouble(store).sessions() == 1);
            assertThat(trouble(store).problem()).isEqualTo(StoreProblem.READ_ONLY);
            assertThat(failure(store.commit(session))).hasMessageContaining("cannot be written");

            inside.get().execute("PRAGMA query_only = OFF");
            await().atMost(PATIENCE).until(() -> store.status().trouble() == null);
            assertThat(store.load()).containsExactly(session.checkpoint(false));
        }
    }

    @Test
    void aDatabaseThatAnotherProgramHoldsCatchesUpWhenThatLetsGo() throws Exception {
        try (var store = open()) {
            var session = created(store);
            Process holder = LockingProgram.start(file(directory));
            try {
                session.write("in memory");
                store.dirty(session);
                await().atMost(PATIENCE).until(() -> store.status().trouble() != null);
                assertThat(trouble(store).problem()).isEqualTo(StoreProblem.LOCKED);
                assertThat(failure(store.commit(session)))
                        .hasMessageContaining("locked by another program");
                await().atMost(PATIENCE).until(() -> session.rollBacks() > 1);
            } finally {
                holder.outputWriter().close();
            }

            await().atMost(PATIENCE).until(() -> store.status().trouble() == null);
            assertThat(store.load()).containsExactly(session.checkpoint(false));
            assertThat(holder.waitFor()).isZero();
        }
    }

    @Test
    void aStartOnADatabaseThatAnotherProgramHoldsIsRefusedAndWorksLater() throws Exception {
        FakeSession session;
        try (var store = Checkpointer.open(directory, QUICK)) {
            session = created(store);
        }
        Process holder = LockingProgram.start(file(directory));
        try {
            assertThatThrownBy(() -> Checkpointer.open(directory, QUICK))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("locked by another program");
        } finally {
            holder.outputWriter().close();
        }
        assertThat(holder.waitFor()).isZero();

        assertThat(loaded(directory)).containsExactly(session.checkpoint(false));
    }

    @Test
    void filesThatOthersCanWriteAreRefusedAndUntouched() throws Exception {
        try (var store = Checkpointer.open(directory, QUICK)) {
            created(store);
        }
        byte[] before = Files.readAllBytes(file(directory));
        Files.setPosixFilePermissions(
                file(directory), PosixFilePermissions.fromString("rw-rw----"));

        assertThatThrownBy(() -> Checkpointer.open(directory, QUICK))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("written by others");

        assertThat(file(directory)).hasBinaryContent(before);
        Files.setPosixFilePermissions(
                file(directory), PosixFilePermissions.fromString("rw-------"));
        assertThat(loaded(directory)).hasSize(1);
    }

    @Test
    void whatAServerMetDamageInIsReadAndMadeAnewByTheNext() throws Exception {
        FakeSession session;
        try (var store = Checkpointer.open(directory, QUICK)) {
            session = created(store);
            session.write("kept");
            await(store.commit(session));
        }
        new DatabaseFiles(file(directory), InstantSource.system()).suspect();

        try (var store = Checkpointer.open(directory, QUICK)) {
            assertThat(store.load()).containsExactly(session.checkpoint(true));
            assertThat(store.status().warnings().getFirst()).contains("set aside");
            assertThat(store.status().report()).isNotNull().exists();
            assertThat(Files.readString(store.status().report())).contains("sessions    1 of 1");
        }
        assertThat(loaded(directory)).hasSize(1);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(path -> path.toString().contains(".damaged-")))
                    .as("set aside once, with a report")
                    .hasSize(2);
        }
    }

    @Test
    void damageThatAServerMeetsIsSaidAndMadeGoodByTheNextStart() throws Exception {
        FakeSession session;
        try (var store = Checkpointer.open(directory, QUICK)) {
            session = created(store);
            execute(
                    directory,
                    "PRAGMA writable_schema = ON",
                    "UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'entry'",
                    "PRAGMA schema_version = 4711");
            session.write("in memory");
            store.dirty(session);

            await().atMost(PATIENCE).until(() -> store.status().trouble() != null);
            await().atMost(PATIENCE).until(() -> session.rollBacks() > 0);
            assertThat(trouble(store).problem()).isEqualTo(StoreProblem.DAMAGED);
            assertThat(trouble(store).sentence()).contains("start the server again");
            assertThat(directory.resolve("wormhole.db.suspect")).exists();
        }

        List<Checkpoint> found = loaded(directory);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().record().id()).isEqualTo(session.id());
        assertThat(directory.resolve("wormhole.db.suspect")).doesNotExist();
        assertThat(loaded(directory)).hasSize(1);
    }

    @Test
    void aStartOnAReadOnlyDiskIsRefusedAndWorksLater() throws Exception {
        try (SmallDisk small = SmallDisk.mount(directory, 24)) {
            FakeSession session;
            try (var store = Checkpointer.open(directory, QUICK)) {
                session = created(store);
            }
            small.makeReadOnly();
            assertThatThrownBy(() -> Checkpointer.open(directory, QUICK))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the disk is read-only");
            small.makeWritable();

            assertThat(loaded(directory)).containsExactly(session.checkpoint(false));
        }
    }

    @Test
    void aRealDiskThatIsFullTakesNamesAndEndsUntilThereIsRoom() throws Exception {
        try (SmallDisk small = SmallDisk.mount(directory, 24);
                var store = Checkpointer.open(directory, QUICK)) {
            var session = created(store);
            var other = created(store);
            Path reserve = directory.resolve(Reserve.FILE_NAME);
            await().atMost(PATIENCE).until(() -> Files.exists(reserve) && store.status().reserve());
            small.fill();

            session.write(noise());
            store.dirty(session);
            await().atMost(PATIENCE).until(() -> store.status().trouble() != null);
            await().atMost(PATIENCE).until(() -> trouble(store).sessions() == 1);
            assertThat(trouble(store).problem()).isEqualTo(StoreProblem.FULL);
            assertThat(reserve).doesNotExist();
            assertThat(store.status().reserve()).isFalse();
            for (int i = 0; i < 100; i++) {
                session.rename("name " + i);
                await(store.commit(session));
            }
            var more = new ArrayList<FakeSession>();
            for (int i = 0; i < 20; i++) more.add(created(store));
            for (FakeSession each : more) assertThat(store.load()).contains(each.checkpoint(false));
            await(store.tombstone(other.id()));
            assertThat(store.load().getFirst().record().name()).isEqualTo("name 99");
            assertThat(store.load().getFirst().ring().totalBytes()).isZero();

            small.free();
            await().atMost(PATIENCE).until(() -> store.status().trouble() == null);
            assertThat(reserve).hasSize(Reserve.BYTES);
            assertThat(store.load().getFirst()).isEqualTo(session.checkpoint(false));
            assertThat(store.load()).hasSize(21);
        }
    }

    private Checkpointer open() throws StoreException {
        var steps = new ArrayList<>(Schema.CURRENT.steps());
        steps.add(inside::set);
        return Checkpointer.open(
                directory, QUICK, new Schema(List.copyOf(steps)), InstantSource.system(), disk);
    }

    private static Trouble trouble(Checkpointer store) {
        Trouble trouble = store.status().trouble();
        if (trouble == null) throw new AssertionError("the store works");
        return trouble;
    }

    /** More than is stored with a name. */
    private static ByteString noise() {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        return ByteString.copyOf(bytes);
    }
}
