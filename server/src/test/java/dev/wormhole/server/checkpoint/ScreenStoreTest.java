package dev.wormhole.server.checkpoint;

import static dev.wormhole.server.checkpoint.StoreFixture.SLOW;
import static dev.wormhole.server.checkpoint.StoreFixture.await;
import static dev.wormhole.server.checkpoint.StoreFixture.created;
import static dev.wormhole.server.checkpoint.StoreFixture.execute;
import static dev.wormhole.server.checkpoint.StoreFixture.loaded;
import static dev.wormhole.server.checkpoint.StoreFixture.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.Mark;
import dev.wormhole.server.session.SealedLines;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/** Screens, blocks and events in the store, whatever made them. */
class ScreenStoreTest {

    private final Random random = new Random(7);

    @TempDir Path directory;

    @Test
    void aBlockIsWrittenOnceAndGoesWhenTheHistoryHasPassedIt() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            watchBlocks();
            for (int i = 0; i < 50; i++) {
                session.write("some output ");
                for (int block = 0; block < 3; block++) session.seal(random);
                if (i >= 20) session.evictLines(3);
                session.showScreen(random);
                await(store.commit(session));
            }

            assertThat(query(directory, "SELECT count(*) FROM written WHERE what = 'insert'"))
                    .isEqualTo(150);
            assertThat(query(directory, "SELECT count(*) FROM written WHERE what = 'update'"))
                    .isZero();
            assertThat(query(directory, "SELECT count(*) FROM written WHERE what = 'delete'"))
                    .isEqualTo(90);
            assertThat(query(directory, "SELECT count(*) FROM block")).isEqualTo(60);
            assertThat(store.load()).containsExactly(session.checkpoint(false));
        }
    }

    @Test
    void withoutANewScreenNeitherScreenNorBlocksAreTouched() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            session.seal(random);
            session.showScreen(random);
            await(store.commit(session));
            watchBlocks();

            session.seal(random);
            session.write("output");
            await(store.commit(session));

            assertThat(query(directory, "SELECT count(*) FROM written")).isZero();
            assertThat(store.load().getFirst().image().blocks()).hasSize(1);
        }
    }

    @Test
    void outputBehindTheStoredScreenStaysUntilANewerScreenIsStored() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            session.write("x".repeat(100_000));
            session.showScreen(random);
            await(store.commit(session));

            session.write("y".repeat(190_000));
            await(store.commit(session));

            // The fake keeps to the port: a ring that goes on past the screen brings a new one.
            assertThat(query(directory, "SELECT offset FROM screen"))
                    .isGreaterThanOrEqualTo(query(directory, "SELECT min(offset) FROM entry"));
            assertThat(store.load()).containsExactly(session.checkpoint(false));
        }
    }

    @Test
    void theEntriesThatAScreenNeedsOutliveTheRing() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            session.write("x".repeat(100_000));
            session.showScreen(random);
            await(store.commit(session));
            session.write("y".repeat(50_000));
            await(store.commit(session));
            // As a session would that breaks the port's promise.
            execute(directory, "UPDATE screen SET offset = 20000");

            session.write("z".repeat(100_000));
            session.neverShowScreen();
            await(store.commit(session));

            assertThat(query(directory, "SELECT min(offset) FROM entry"))
                    .isLessThanOrEqualTo(20_000);
        }
    }

    @Test
    void eventsStayWhileOutputOrTheScreenNeedThem() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            for (int i = 0; i < 400; i++) {
                session.write("0123456789".repeat(100));
                session.resize(random);
                if (i % 10 == 0) session.showScreen(random);
                await(store.commit(session));
            }
            Checkpoint found = store.load().getFirst();

            assertThat(found).isEqualTo(session.checkpoint(false));
            List<Mark> events = found.image().events();
            long tailStart = found.ring().entries().getFirst().offset();
            assertThat(events).hasSizeBetween(195, 220);
            assertThat(events.getFirst()).isInstanceOf(Mark.Resized.class);
            assertThat(events.getFirst().offset()).isLessThan(tailStart);
        }
    }

    @Test
    void whatADestroyedSessionShowedIsGone() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            session.seal(random);
            session.resize(random);
            session.showScreen(random);
            await(store.commit(session));

            await(store.tombstone(session.id()));
            await(store.drop(session.id()));
        }
        for (String table : ScreenRows.TABLES)
            assertThat(query(directory, "SELECT count(*) FROM " + table)).isZero();
    }

    @Test
    void rowsWithoutASessionAreCollectedAtTheStart() throws Exception {
        fill();
        execute(directory, "DELETE FROM session");

        assertThat(loaded(directory)).isEmpty();
        for (String table : ScreenRows.TABLES)
            assertThat(query(directory, "SELECT count(*) FROM " + table)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "lines", "first_line", "offset", "crc32c"})
    void aDamagedBlockIsLeftOutAndTheRestLives(String column) throws Exception {
        FakeSession session = fill();
        List<SealedLines> blocks = session.checkpoint(false).image().blocks();
        damage("block", column, "first_line = " + blocks.get(4).firstLine());

        try (var store = Checkpointer.open(directory, SLOW)) {
            Checkpoint found = store.load().getFirst();

            assertThat(found.image().blocks())
                    .hasSize(blocks.size() - 1)
                    .doesNotContain(blocks.get(4))
                    .isSubsetOf(blocks);
            assertThat(found.image().screen())
                    .isEqualTo(session.checkpoint(false).image().screen());
            assertThat(found.image().tail()).isEqualTo(session.checkpoint(false).image().tail());
            assertThat(store.status().warnings())
                    .singleElement()
                    .asString()
                    .contains("1 of 10 blocks", session.id().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "event", "cols", "first_line", "offset", "crc32c"})
    void aDamagedScreenIsLeftOutAndTheRestLives(String column) throws Exception {
        FakeSession session = fill();
        damage("screen", column, "true");

        try (var store = Checkpointer.open(directory, SLOW)) {
            Checkpoint found = store.load().getFirst();

            assertThat(found.image().screen()).isNull();
            assertThat(found.image().tail()).isEqualTo(session.checkpoint(false).image().tail());
            assertThat(found.image().events())
                    .isEqualTo(session.checkpoint(false).image().events());
            assertThat(found.record()).isEqualTo(session.checkpoint(false).record());
            assertThat(store.status().warnings())
                    .singleElement()
                    .asString()
                    .contains("its screen is damaged", session.id().toString());
        }
    }

    @Test
    void withoutAScreenBlocksOfOutputThatTheTailHoldsAreNotShownTwice() throws Exception {
        FakeSession session;
        try (var store = Checkpointer.open(directory, SLOW)) {
            session = created(store);
            for (int i = 0; i < 40; i++) {
                session.write("0123456789".repeat(1_000));
                session.seal(random);
                session.showScreen(random);
                await(store.commit(session));
            }
        }
        damage("screen", "crc32c", "true");

        Checkpoint found = loaded(directory).getFirst();

        long tailStart = found.image().tail().getFirst().offset();
        assertThat(found.image().blocks()).hasSize((int) (tailStart / 10_000));
    }

    private FakeSession fill() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            session.write("output ".repeat(1_000));
            session.resize(random);
            for (int i = 0; i < 10; i++) session.seal(random);
            session.showScreen(random);
            await(store.commit(session));
            session.write("more ".repeat(1_000));
            await(store.commit(session));
            return session;
        }
    }

    private void damage(String table, String column, String where) throws SQLException {
        execute(
                directory,
                column.equals("bytes")
                        ? "UPDATE %s SET bytes = CAST(substr(bytes, 1, 9) || x'00' || substr(bytes, 11) AS BLOB) WHERE %s"
                                .formatted(table, where)
                        : "UPDATE %s SET %s = %s + 1 WHERE %s"
                                .formatted(table, column, column, where));
    }

    private void watchBlocks() throws SQLException {
        execute(
                directory,
                "CREATE TABLE written (what TEXT)",
                "CREATE TRIGGER bi AFTER INSERT ON block BEGIN INSERT INTO written VALUES"
                        + " ('insert'); END",
                "CREATE TRIGGER bu AFTER UPDATE ON block BEGIN INSERT INTO written VALUES"
                        + " ('update'); END",
                "CREATE TRIGGER bd AFTER DELETE ON block BEGIN INSERT INTO written VALUES"
                        + " ('delete'); END",
                "CREATE TRIGGER su AFTER UPDATE ON screen BEGIN INSERT INTO written VALUES"
                        + " ('screen'); END");
    }
}
