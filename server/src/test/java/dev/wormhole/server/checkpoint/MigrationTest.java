package dev.wormhole.server.checkpoint;

import static dev.wormhole.server.checkpoint.StoreFixture.SLOW;
import static dev.wormhole.server.checkpoint.StoreFixture.await;
import static dev.wormhole.server.checkpoint.StoreFixture.file;
import static dev.wormhole.server.checkpoint.StoreFixture.loaded;
import static dev.wormhole.server.checkpoint.StoreFixture.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.RingBuffer;
import dev.wormhole.server.session.TaskState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code version-1.db} was written by the server before it kept screens, {@code version-2.db}
 * before it kept tasks.
 */
class MigrationTest {

    @TempDir Path directory;

    @Test
    void aDatabaseOfVersionOneKeepsItsSessionsAndTheirOutputIsTheTail() throws Exception {
        copyVersion(1);

        List<Checkpoint> found = loaded(directory);

        assertThat(query(directory, "PRAGMA user_version")).isEqualTo(3);
        assertThat(found).hasSize(2).noneMatch(Checkpoint::afterCrash);
        assertThat(found)
                .allSatisfy(
                        each -> {
                            assertThat(each.complete()).isTrue();
                            assertThat(each.image().screen()).isNull();
                            assertThat(each.image().blocks()).isEmpty();
                            assertThat(each.image().tail()).isEqualTo(each.ring().entries());
                        });
        assertThat(found.getFirst().record().name()).isEqualTo("numbers");
        assertThat(text(found.getFirst())).isEqualTo(numbers());
        assertThat(found.get(1).record().command()).containsExactly("cat");
        assertThat(text(found.get(1))).contains("hello from version one");
    }

    @Test
    void aSessionOfVersionOneGetsItsScreenWithItsFirstIncrement() throws Exception {
        copyVersion(1);
        var random = new Random(1);
        FakeSession session;
        try (var store = Checkpointer.open(directory, SLOW)) {
            session = FakeSession.restored(store.load().getFirst());
            session.write("and on");
            session.seal(random);
            session.showScreen(random);
            await(store.commit(session));
        }

        Checkpoint found = loaded(directory).getFirst();

        assertThat(found).isEqualTo(session.checkpoint(false));
        assertThat(text(found)).isEqualTo(numbers() + "and on");
    }

    @Test
    void aDamagedDatabaseOfVersionOneIsRescued() throws Exception {
        copyVersion(1);
        byte[] bytes = Files.readAllBytes(file(directory));
        Files.write(file(directory), Arrays.copyOf(bytes, bytes.length - 4096));

        try (var store = Checkpointer.open(directory, SLOW)) {
            assertThat(store.load()).hasSize(2);
            assertThat(store.status().warnings()).isNotEmpty();
        }
    }

    @Test
    void aDatabaseOfVersionTwoKeepsAllItHasAndTakesTasks() throws Exception {
        copyVersion(2);
        var task = FakeSession.task(new TaskState.Completed(2, 3));
        try (var store = Checkpointer.open(directory, SLOW)) {
            List<Checkpoint> found = store.load();

            assertThat(query(directory, "PRAGMA user_version")).isEqualTo(3);
            assertThat(store.tasks()).isEmpty();
            assertThat(store.status().warnings()).isEmpty();
            assertThat(found).hasSize(2).noneMatch(Checkpoint::afterCrash);
            assertThat(found.getFirst().record().name()).isEqualTo("numbers");
            assertThat(found.getFirst().image().screen()).isNotNull();
            assertThat(found.getFirst().image().blocks()).hasSize(2);
            assertThat(found.getFirst().image().events()).hasSize(1);
            assertThat(text(found.getFirst()))
                    .startsWith("line 0 of the second version\r\n")
                    .endsWith("line 299 of the second version\r\nlast words");
            task.keep(0, ByteString.utf8("output"));
            await(store.commit(task));
        }

        try (var store = Checkpointer.open(directory, SLOW)) {
            assertThat(store.load()).hasSize(2);
            assertThat(store.tasks()).hasSize(1);
            assertThat(store.output(task.id(), 0).get()).isPresent();
        }
    }

    @Test
    void aDamagedDatabaseOfVersionTwoIsRescued() throws Exception {
        copyVersion(2);
        byte[] bytes = Files.readAllBytes(file(directory));
        Files.write(file(directory), Arrays.copyOf(bytes, bytes.length - 4096));

        assertThat(Checkpointer.inspect(directory, false)).isNotEmpty();
        try (var store = Checkpointer.open(directory, SLOW)) {
            assertThat(store.load()).hasSize(2);
            assertThat(store.status().warnings()).isNotEmpty();
        }
    }

    private void copyVersion(int version) throws Exception {
        try (InputStream old = getClass().getResourceAsStream("version-%d.db".formatted(version))) {
            Files.copy(Objects.requireNonNull(old), file(directory));
        }
        assertThat(query(directory, "PRAGMA user_version")).isEqualTo(version);
    }

    private static String numbers() {
        return IntStream.range(0, 1200)
                .mapToObj("line %d of the first version\r\n"::formatted)
                .collect(Collectors.joining("", "", "last words"));
    }

    private static String text(Checkpoint checkpoint) {
        var text = new StringBuilder();
        for (RingBuffer.Entry entry : checkpoint.ring().entries())
            text.append(entry.bytes().toUtf8());
        return text.toString();
    }
}
