package dev.wormhole.server.checkpoint;

import static dev.wormhole.server.checkpoint.StoreFixture.QUICK;
import static dev.wormhole.server.checkpoint.StoreFixture.SLOW;
import static dev.wormhole.server.checkpoint.StoreFixture.await;
import static dev.wormhole.server.checkpoint.StoreFixture.created;
import static dev.wormhole.server.checkpoint.StoreFixture.execute;
import static dev.wormhole.server.checkpoint.StoreFixture.failure;
import static dev.wormhole.server.checkpoint.StoreFixture.file;
import static dev.wormhole.server.checkpoint.StoreFixture.loaded;
import static dev.wormhole.server.checkpoint.StoreFixture.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.StoreException;
import dev.wormhole.server.session.StoredTask;
import dev.wormhole.server.session.TaskOutputPart;
import dev.wormhole.server.session.TaskRecord;
import dev.wormhole.server.session.TaskState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Tasks in the store but for what they printed. */
class TaskStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final TaskState RUNNING = new TaskState.Running(5);

    private static final TaskState OVER = new TaskState.Completed(5, 9);

    private final Random random = new Random(11);

    @TempDir Path directory;

    static Stream<TaskState> states() {
        return Stream.of(
                new TaskState.Pending(),
                RUNNING,
                OVER,
                new TaskState.Failed(5L, 9, TaskReason.EXITED, 3, null, null),
                new TaskState.Failed(5L, 9, TaskReason.SIGNAL, null, "SIGSEGV", null),
                new TaskState.Failed(
                        null, 9, TaskReason.SPAWN_FAILED, null, null, "no such \0 näme €"),
                new TaskState.Failed(null, 9, TaskReason.NEVER_STARTED, null, null, null),
                new TaskState.Failed(5L, 9, TaskReason.TIMEOUT, null, "SIGKILL", ""));
    }

    @ParameterizedTest
    @MethodSource("states")
    void aTaskStandsWhereItStood(TaskState state) throws Exception {
        var session = FakeSession.task(new TaskState.Pending());
        try (var store = Checkpointer.open(directory, SLOW)) {
            await(store.commit(session));
            session.becomes(state);
            await(store.commit(session));
        }

        try (var store = Checkpointer.open(directory, SLOW)) {
            List<Checkpoint> found = store.load();

            assertThat(found.stream().map(Checkpoint::record))
                    .isEqualTo(
                            state.isOver()
                                    ? List.of()
                                    : List.of(session.checkpoint(false).record()));
            assertThat(store.tasks())
                    .containsExactly(
                            new StoredTask(session.checkpoint(false).record(), task(session), 0));
            assertThat(store.tasks().getFirst().task().state()).isEqualTo(state);
            assertThat(store.tasks().getFirst().record().command())
                    .containsExactly("make", "check");
            assertThat(store.tasks().getFirst().record().env()).containsEntry("CI", "1");
        }
    }

    @Test
    void aStartListsTasksNewestFirstAndReadsNothingElseOfThoseThatAreOver() throws Exception {
        var goesOn = FakeSession.task(SessionId.random(), 30, RUNNING);
        var older = over(20);
        var newest = over(40);
        var twin = over(30);
        FakeSession shell;
        try (var store = Checkpointer.open(directory, SLOW)) {
            shell = created(store);
            for (FakeSession each : List.of(goesOn, older, newest, twin)) await(store.commit(each));
            assertThat(store.tasks()).isEmpty();
        }
        // Whoever reads these would say so.
        for (String table : List.of("entry", "screen", "block", "task_output"))
            execute(directory, "UPDATE " + table + " SET crc32c = crc32c + 1");

        try (var store = Checkpointer.open(directory, SLOW)) {
            List<Checkpoint> found = store.load();

            assertThat(found).containsExactly(shell.checkpoint(false), goesOn.checkpoint(false));
            assertThat(store.tasks().stream().map(each -> each.record().id()))
                    .containsExactly(newest.id(), twin.id(), goesOn.id(), older.id());
            assertThat(store.tasks().getFirst().outputBytes())
                    .isEqualTo(
                            query(
                                    directory,
                                    "SELECT sum(length(bytes)) FROM task_output WHERE session = 4"))
                    .isPositive();
            assertThat(store.status().warnings()).isEmpty();
        }
        assertThat(Checkpointer.inspect(directory, false))
                .anyMatch(problem -> problem.contains("entries of its output"))
                .anyMatch(problem -> problem.contains("parts of its task's output"))
                .allMatch(problem -> problem.startsWith("session "));
    }

    @Test
    void aTaskThatIsOverIsReadBackWholeAlsoAfterACrash() throws Exception {
        var session = over(1);
        var shell = FakeSession.plain();
        try (var store = Checkpointer.open(directory, SLOW)) {
            await(store.commit(session));
            await(store.commit(shell));
            assertThat(store.load(session.id()).get()).isEqualTo(session.checkpoint(false));
        }
        execute(directory, "UPDATE meta SET value = 0 WHERE key = 'clean'");

        try (var store = Checkpointer.open(directory, SLOW)) {
            assertThat(store.load()).containsExactly(shell.checkpoint(true));
            assertThat(store.load(session.id()).get()).isEqualTo(session.checkpoint(false));
        }
    }

    @Test
    void whatIsDamagedOfATaskThatIsOverIsLeftOutWhenItIsReadBack() throws Exception {
        var session = over(1);
        try (var store = Checkpointer.open(directory, SLOW)) {
            await(store.commit(session));
            execute(directory, "UPDATE entry SET crc32c = crc32c + 1 WHERE key = 1");

            Checkpoint found = store.load(session.id()).get();

            assertThat(found.record()).isEqualTo(session.checkpoint(false).record());
            assertThat(found.complete()).isFalse();
            assertThat(found.ring().entries())
                    .hasSize(session.checkpoint(false).ring().entries().size() - 1)
                    .isSubsetOf(session.checkpoint(false).ring().entries());
        }
    }

    @Test
    void whatIsNoTaskThatIsOverIsNotReadBack() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var shell = created(store);
            var goesOn = FakeSession.task(RUNNING);
            var removed = over(1);
            await(store.commit(goesOn));
            await(store.commit(removed));
            await(store.tombstone(removed.id()));

            for (FakeSession gone : List.of(shell, removed, FakeSession.plain()))
                assertThat(failure(store.load(gone.id())))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("removed")
                        .hasMessageContaining(gone.id().toString());
            assertThat(failure(store.load(goesOn.id())))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("not over");
            assertThat(store.output(removed.id(), 0).get()).isEmpty();
        }
    }

    @Test
    void aRecordIsWrittenWhenItChangedAndOnlyThen() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = FakeSession.task(RUNNING);
            await(store.commit(session));
            execute(
                    directory,
                    "CREATE TABLE written (what TEXT)",
                    "CREATE TRIGGER u AFTER UPDATE ON task BEGIN"
                            + " INSERT INTO written VALUES (new.status); END");

            for (int i = 0; i < 5; i++) {
                session.write("output");
                await(store.commit(session));
            }
            assertThat(query(directory, "SELECT count(*) FROM written")).isZero();

            session.becomes(OVER);
            await(store.commit(session));
            assertThat(query(directory, "SELECT count(*) FROM written")).isOne();
        }
    }

    @Test
    void aRemovedTaskIsGoneWithAllThatWasKept() throws Exception {
        var session = over(1);
        var other = over(2);
        try (var store = Checkpointer.open(directory, SLOW)) {
            await(store.commit(session));
            await(store.commit(other));
            await(store.tombstone(session.id()));
            await(store.drop(session.id()));

            for (String table : TaskRows.TABLES)
                assertThat(query(directory, "SELECT min(session) FROM " + table)).isEqualTo(2);
            assertThat(store.load()).isEmpty();
            assertThat(store.tasks()).hasSize(1);
        }
        execute(directory, "DELETE FROM session");

        assertThat(loaded(directory)).isEmpty();
        for (String table : TaskRows.TABLES)
            assertThat(query(directory, "SELECT count(*) FROM " + table)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE task SET status = 'sunk'",
                "UPDATE task SET started_at = NULL",
                "UPDATE task SET status = 'failed', ended_at = 9, reason = 'boredom'",
                "DELETE FROM task"
            })
    void aTaskWhoseRecordIsDamagedCountsAsLostAndKeepsItsOutput(String damage) throws Exception {
        var session = FakeSession.task(RUNNING);
        session.write("on the screen");
        session.keep(0, ByteString.utf8("kept"));
        try (var store = Checkpointer.open(directory, SLOW)) {
            await(store.commit(session));
        }
        execute(directory, damage);

        try (var store = Checkpointer.open(directory, SLOW)) {
            assertThat(store.load()).isEmpty();

            StoredTask found = store.tasks().getFirst();
            assertThat(found.task().state())
                    .isInstanceOfSatisfying(
                            TaskState.Failed.class,
                            failed -> {
                                assertThat(failed.reason()).isEqualTo(TaskReason.LOST);
                                assertThat(failed.message()).contains("damaged");
                            });
            assertThat(found.record().command()).containsExactly("make", "check");
            assertThat(store.status().warnings())
                    .singleElement()
                    .asString()
                    .contains("its task is damaged", session.id().toString());
            assertThat(store.load(session.id()).get().ring())
                    .isEqualTo(session.checkpoint(false).ring());
            assertThat(store.output(session.id(), 0).get()).isPresent();
        }
    }

    @Test
    void onAFullDiskHowATaskEndedIsStoredAndItsOutputFollows() throws Exception {
        var disk = new FakeDisk();
        disk.usable = Reserve.BYTES;
        try (var store =
                Checkpointer.open(directory, QUICK, Schema.CURRENT, InstantSource.system(), disk)) {
            var session = FakeSession.task(RUNNING);
            await(store.commit(session));
            assertThat(store.status().trouble()).isNotNull();
            byte[] noise = new byte[100_000];
            random.nextBytes(noise);
            session.keep(0, ByteString.copyOf(noise));
            session.becomes(OVER);

            await(store.commit(session));

            assertThat(query(directory, "SELECT count(*) FROM task WHERE status = 'completed'"))
                    .isOne();
            assertThat(query(directory, "SELECT count(*) FROM task_output")).isZero();

            disk.usable = Long.MAX_VALUE;
            await().atMost(PATIENCE).until(() -> store.status().trouble() == null);
            assertThat(store.output(session.id(), 0).get())
                    .contains(new TaskOutputPart(0, ByteString.copyOf(noise)));
        }
    }

    @Test
    void ofADamagedStoreTasksAreKeptThatAreOverAndTheirOutputToo() throws Exception {
        var session = over(1);
        var goesOn = FakeSession.task(RUNNING);
        for (int i = 0; i < 3; i++) goesOn.keep(10L * i, ByteString.utf8("0123456789"));
        try (var store = Checkpointer.open(directory, SLOW)) {
            await(store.commit(session));
            await(store.commit(goesOn));
        }
        execute(
                directory,
                "UPDATE task_output SET crc32c = crc32c + 1 WHERE session = 2 AND offset = 10");
        new DatabaseFiles(file(directory), InstantSource.system()).suspect();

        try (var store = Checkpointer.open(directory, SLOW)) {
            assertThat(store.status().warnings().getFirst()).contains("set aside", "2 sessions");
            assertThat(Files.readString(store.status().report()))
                    .contains("sessions    2 of 2", "tasks       4 of 5 parts");
            assertThat(store.load()).containsExactly(goesOn.checkpoint(true));
            assertThat(store.tasks()).hasSize(2);
            assertThat(store.load(session.id()).get()).isEqualTo(session.checkpoint(true));
            assertThat(store.output(session.id(), 0).get()).isPresent();
            assertThat(store.output(goesOn.id(), 5).get().map(TaskOutputPart::offset)).contains(5L);
            assertThat(store.output(goesOn.id(), 10).get().map(TaskOutputPart::offset))
                    .contains(20L);
        }
        assertThat(Checkpointer.inspect(directory, false)).isEmpty();
    }

    @Test
    void aTaskWhoseSessionCannotBeReadIsLeftOutAlone() throws Exception {
        var session = over(1);
        var other = over(2);
        try (var store = Checkpointer.open(directory, SLOW)) {
            await(store.commit(session));
            await(store.commit(other));
        }
        execute(directory, "UPDATE session SET cols = -1 WHERE key = 1");

        try (var store = Checkpointer.open(directory, SLOW)) {
            store.load();
            assertThat(store.tasks()).hasSize(1);
            assertThat(failure(store.load(session.id()))).isInstanceOf(StoreException.class);
        }
    }

    /** A task that is over, with all that a session can have. */
    private FakeSession over(long createdAt) {
        var session = FakeSession.task(SessionId.random(), createdAt, OVER);
        session.write("output ".repeat(3_000));
        session.resize(random);
        session.seal(random);
        session.showScreen(random);
        session.keep(0, ByteString.utf8("output ".repeat(300)));
        session.keep(5_000, ByteString.utf8("more ".repeat(300)));
        return session;
    }

    private static TaskRecord task(FakeSession session) {
        return session.checkpoint(false).record().task();
    }
}
