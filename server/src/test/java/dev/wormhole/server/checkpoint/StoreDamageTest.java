package dev.wormhole.server.checkpoint;

import static dev.wormhole.server.checkpoint.StoreFixture.SLOW;
import static dev.wormhole.server.checkpoint.StoreFixture.await;
import static dev.wormhole.server.checkpoint.StoreFixture.created;
import static dev.wormhole.server.checkpoint.StoreFixture.execute;
import static dev.wormhole.server.checkpoint.StoreFixture.file;
import static dev.wormhole.server.checkpoint.StoreFixture.loaded;
import static dev.wormhole.server.checkpoint.StoreFixture.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.RingBuffer;
import dev.wormhole.server.session.StoreException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

class StoreDamageTest {

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(ints = {2, 100, 511, 512, 4_000, 100_000})
    void garbageIsSetAsideAsItIs(int size) throws Exception {
        byte[] garbage = new byte[size];
        new Random(size).nextBytes(garbage);
        Files.write(file(directory), garbage);

        try (var store = Checkpointer.open(directory, SLOW)) {
            assertThat(store.load()).isEmpty();
            assertThat(store.status().warnings()).isNotEmpty();
            assertThat(store.status().warnings().getFirst()).contains("damaged", "set aside");
            created(store);
        }

        assertThat(aside()).hasSize(1);
        assertThat(aside().getFirst()).hasBinaryContent(garbage);
        assertThat(loaded(directory)).hasSize(1);
    }

    @Test
    void aTruncatedDatabaseIsSetAsideAndWhatCanBeReadIsKept() throws Exception {
        List<FakeSession> sessions = fill();
        byte[] whole = Files.readAllBytes(file(directory));
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        Files.write(file(directory), half);

        List<Checkpoint> found;
        try (var store = Checkpointer.open(directory, SLOW)) {
            found = store.load();
            assertThat(store.status().warnings()).isNotEmpty();
        }

        assertThat(aside().getFirst()).hasBinaryContent(half);
        assertThat(found).allMatch(Checkpoint::afterCrash).hasSize(sessions.size());
        assertThat(loaded(directory)).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aPageThatIsOverwrittenCostsWhatItHeld(long seed) throws Exception {
        fill();
        var random = new Random(seed);
        byte[] bytes = Files.readAllBytes(file(directory));
        int page = 4096 * (1 + random.nextInt(bytes.length / 4096 - 1));
        for (int i = page; i < page + 4096; i++) bytes[i] = (byte) random.nextInt();
        Files.write(file(directory), bytes);

        try (var store = Checkpointer.open(directory, SLOW)) {
            List<Checkpoint> found = store.load();
            for (Checkpoint checkpoint : found) assertUndamaged(checkpoint);
            var session = created(store);
            assertThat(store.load()).hasSize(found.size() + 1).contains(session.checkpoint(false));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aFlippedBitInABlobIsAGapAndTheRestLives(long seed) throws Exception {
        List<FakeSession> sessions = fill();
        var random = new Random(seed);
        long rows = query(directory, "SELECT count(*) FROM entry");
        long victim = 1 + random.nextLong(rows);
        long session = query(directory, "SELECT session FROM entry WHERE key = " + victim);
        String column = List.of("bytes", "length", "cut", "offset").get(random.nextInt(4));
        execute(
                directory,
                column.equals("bytes")
                        ? "UPDATE entry SET bytes = CAST(substr(bytes, 1, 20) || x'00'"
                                + " || substr(bytes, 22) AS BLOB) WHERE key = "
                                + victim
                        : "UPDATE entry SET "
                                + column
                                + " = "
                                + column
                                + " + 1 WHERE key = "
                                + victim);

        List<Checkpoint> found;
        try (var store = Checkpointer.open(directory, SLOW)) {
            found = store.load();
            assertThat(store.status().warnings())
                    .singleElement()
                    .asString()
                    .contains("1 of")
                    .contains(sessions.get((int) session - 1).id().toString());
        }

        assertThat(aside()).isEmpty();
        for (int i = 0; i < sessions.size(); i++) {
            Checkpoint before = sessions.get(i).checkpoint(false);
            boolean hit = i == session - 1;
            if (!hit) assertThat(found.get(i)).isEqualTo(before);
            if (!hit) continue;
            assertUndamaged(found.get(i));
            assertThat(found.get(i).record()).isEqualTo(before.record());
            assertThat(found.get(i).complete()).isFalse();
            assertThat(found.get(i).ring().end()).isEqualTo(before.ring().end());
            assertThat(found.get(i).ring().entries())
                    .hasSize(before.ring().entries().size() - 1)
                    .allMatch(before.ring().entries()::contains);
            assertThat(RingBuffer.fromSnapshot(found.get(i).ring()).serialize())
                    .isEqualTo(found.get(i).ring());
        }
    }

    /** No page is malformed then, and no checksum wrong: rows would only never be found. */
    @Test
    void anIndexThatDoesNotFitItsTableIsSetAsideAndNoRowIsLost() throws Exception {
        List<FakeSession> sessions = fill();
        byte[] bytes = Files.readAllBytes(file(directory));
        byte[] id = sessions.getFirst().id().toString().getBytes(StandardCharsets.US_ASCII);
        // The id stands in its row and in the index of ids.
        for (int at : placesOf(id, bytes)) {
            byte[] copy = bytes.clone();
            // A digit in every id, and still one.
            copy[at + 14] ^= 1;
            Files.write(file(directory), copy);
            try (var store = Checkpointer.open(directory, SLOW)) {
                assertThat(store.status().warnings().getFirst()).contains("set aside");
                assertThat(store.load()).hasSize(sessions.size());
            }
            assertThat(loaded(directory)).hasSize(sessions.size());
            for (String suffix : List.of("-wal", "-shm"))
                Files.deleteIfExists(directory.resolve("wormhole.db" + suffix));
        }
    }

    private static List<Integer> placesOf(byte[] what, byte[] bytes) {
        var places = new ArrayList<Integer>();
        for (int at = 0; at + what.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + what.length, what, 0, what.length)) places.add(at);
        }
        assertThat(places).hasSizeGreaterThan(1);
        return places;
    }

    @Test
    void aDatabaseWithoutItsTablesIsSetAside() throws Exception {
        fill();
        execute(directory, "DROP TABLE launch");

        assertThat(loaded(directory)).isEmpty();
        assertThat(aside()).hasSize(1);
    }

    @Test
    void theDatabaseOfAnotherProgramIsSetAside() throws Exception {
        Files.createFile(file(directory));
        execute(directory, "CREATE TABLE recipes (name TEXT)");

        assertThat(loaded(directory)).isEmpty();
        assertThat(aside()).hasSize(1);
    }

    @Test
    void aLogWithoutItsDatabaseIsSetAsideNotDeleted() throws Exception {
        byte[] log = new byte[5_000];
        new Random(1).nextBytes(log);
        Files.write(directory.resolve("wormhole.db-wal"), log);

        assertThat(loaded(directory)).isEmpty();
        assertThat(aside()).singleElement().asString().endsWith("-wal");
        assertThat(aside().getFirst()).hasBinaryContent(log);
    }

    @Test
    void aNewerDatabaseIsRefusedAndUntouched() throws Exception {
        List<FakeSession> sessions = fill();
        execute(directory, "PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(file(directory));

        assertThatThrownBy(() -> Checkpointer.open(directory, SLOW))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("version 99")
                .hasMessageContaining("newer");

        assertThat(file(directory)).hasBinaryContent(before);
        assertThat(aside()).isEmpty();
        execute(directory, "PRAGMA user_version = " + Schema.CURRENT.version());
        assertThat(loaded(directory)).hasSameSizeAs(sessions);
    }

    @Test
    void aNewerDatabaseWhoseServerCrashedKeepsItsLogToo() throws Exception {
        Path crashed = Files.createDirectory(directory.resolve("crashed"));
        Files.createFile(file(directory));
        try (var database = Database.open(file(directory))) {
            database.execute("CREATE TABLE future (x)");
            database.execute("PRAGMA user_version = 99");
            for (String suffix : List.of("", "-wal"))
                copy(directory.resolve("wormhole.db" + suffix), crashed);
        }
        byte[] data = Files.readAllBytes(file(crashed));
        byte[] log = Files.readAllBytes(crashed.resolve("wormhole.db-wal"));

        assertThatThrownBy(() -> Checkpointer.open(crashed, SLOW))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("version 99");

        assertThat(log).isNotEmpty();
        assertThat(file(crashed)).hasBinaryContent(data);
        assertThat(crashed.resolve("wormhole.db-wal")).hasBinaryContent(log);
    }

    @Test
    void rowsWithoutASessionAreCollectedAtTheStart() throws Exception {
        List<FakeSession> sessions = fill();
        execute(
                directory,
                "UPDATE session SET destroyed = 1 WHERE key = 1",
                "DELETE FROM session WHERE key = 2");

        assertThat(loaded(directory))
                .containsExactlyElementsOf(
                        sessions.subList(2, sessions.size()).stream()
                                .map(session -> session.checkpoint(false))
                                .toList());
        for (String table : List.of("entry", "launch"))
            assertThat(query(directory, "SELECT min(session) FROM " + table)).isEqualTo(3);
        assertThat(query(directory, "SELECT min(key) FROM session")).isEqualTo(3);
    }

    @Test
    void aSessionWithoutItsLaunchKeepsItsOutput() throws Exception {
        List<FakeSession> sessions = fill();
        execute(directory, "UPDATE launch SET json = '{' WHERE session = 1");

        try (var store = Checkpointer.open(directory, SLOW)) {
            assertThat(store.load())
                    .isEqualTo(sessions.stream().map(each -> each.checkpoint(false)).toList());
            assertThat(store.status().warnings()).singleElement().asString().contains("command");
        }
    }

    @Test
    void aSessionWhoseRecordIsUnreadableIsLeftOutAlone() throws Exception {
        List<FakeSession> sessions = fill();
        execute(directory, "UPDATE session SET kind = 'ship' WHERE key = 1");

        try (var store = Checkpointer.open(directory, SLOW)) {
            assertThat(store.load()).hasSize(sessions.size() - 1);
            assertThat(store.status().warnings())
                    .singleElement()
                    .asString()
                    .contains(sessions.getFirst().id().toString());
        }
        execute(directory, "UPDATE session SET kind = 'shell' WHERE key = 1");
        assertThat(loaded(directory)).hasSameSizeAs(sessions);
    }

    @Test
    void theFilesAreTheirOwnersAlone() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (var store = Checkpointer.open(directory, SLOW)) {
                created(store);
                try (Stream<Path> files = Files.list(directory)) {
                    assertThat(files.toList())
                            .hasSize(3)
                            .allSatisfy(
                                    path ->
                                            assertThat(Files.getPosixFilePermissions(path))
                                                    .isEqualTo(
                                                            PosixFilePermissions.fromString(
                                                                    "rw-------")));
                }
            }
            Files.setPosixFilePermissions(
                    file(directory), PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    @Test
    void theNameOfTheDirectoryMayBeAnything() throws Exception {
        Path odd = Files.createDirectory(directory.resolve("a?b #c %20 ü;&=.db:memory:"));
        try (var store = Checkpointer.open(odd, SLOW)) {
            created(store);
        }

        assertThat(file(odd)).isNotEmptyFile();
        assertThat(loaded(odd)).hasSize(1);
    }

    @Test
    void aDirectoryThatIsNotThereIsAClearRefusal() {
        assertThatThrownBy(() -> Checkpointer.open(directory.resolve("none"), SLOW))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("none")
                .hasMessageContaining("check");
    }

    /** Stores five sessions and closes in order. */
    private List<FakeSession> fill() throws Exception {
        var sessions = new ArrayList<FakeSession>();
        try (var store = Checkpointer.open(directory, SLOW)) {
            for (int i = 0; i < 5; i++) {
                var session = created(store);
                for (int line = 0; line < 1_500; line++)
                    session.write("session " + i + " line " + line * 7919 % 1_000 + "\r\n");
                await(store.commit(session));
                sessions.add(session);
            }
        }
        return sessions;
    }

    /** What is left is what was printed. */
    private static void assertUndamaged(Checkpoint checkpoint) {
        for (RingBuffer.Entry entry : checkpoint.ring().entries()) {
            ByteString bytes = entry.bytes();
            assertThat(bytes.toUtf8()).matches("(?s)[sesion line0-9\r\n]+");
        }
    }

    private List<Path> aside() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.toString().contains(".damaged-"))
                    .filter(path -> !path.toString().endsWith(".txt"))
                    .toList();
        }
    }

    private static void copy(Path file, Path target) throws IOException, InterruptedException {
        // By another process: closing it here would drop the locks of the database that is open.
        var copy = new ProcessBuilder("cp", file.toString(), target.toString()).start();
        assertThat(copy.waitFor()).isZero();
    }
}
