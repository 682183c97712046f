package dev.wormhole.server.checkpoint;

import static dev.wormhole.server.checkpoint.StoreFixture.QUICK;
import static dev.wormhole.server.checkpoint.StoreFixture.SLOW;
import static dev.wormhole.server.checkpoint.StoreFixture.await;
import static dev.wormhole.server.checkpoint.StoreFixture.created;
import static dev.wormhole.server.checkpoint.StoreFixture.failure;
import static dev.wormhole.server.checkpoint.StoreFixture.loaded;
import static dev.wormhole.server.checkpoint.StoreFixture.query;
import static dev.wormhole.server.checkpoint.StoreFixture.watchWrites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.RingBuffer;
import dev.wormhole.server.session.StoreException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class CheckpointerTest {

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void checkpointRestoreCheckpointIsTheIdentity(long seed) throws Exception {
        var random = new Random(seed);
        var sessions = new ArrayList<FakeSession>();
        for (int i = 0; i < 10; i++) sessions.add(FakeSession.random(random));
        List<Checkpoint> before =
                sessions.stream().map(session -> session.checkpoint(false)).toList();

        try (var store = Checkpointer.open(directory, SLOW)) {
            for (FakeSession session : sessions) await(store.commit(session));
        }
        List<Checkpoint> after = loaded(directory);

        assertThat(after).isEqualTo(before);
        for (Checkpoint checkpoint : after) {
            assertThat(RingBuffer.fromSnapshot(checkpoint.ring()).serialize())
                    .isEqualTo(checkpoint.ring());
        }
    }

    @Test
    void manyIncrementsAddUpToTheSameAcrossRestarts() throws Exception {
        var random = new Random(42);
        var session = FakeSession.random(random);
        for (int restart = 0; restart < 5; restart++) {
            try (var store = Checkpointer.open(directory, SLOW)) {
                for (int i = 0; i < 30; i++) {
                    byte[] bytes = new byte[1 + random.nextInt(20_000)];
                    random.nextBytes(bytes);
                    session.write(ByteString.copyOf(bytes));
                    await(store.commit(session));
                }
            }

            List<Checkpoint> after = loaded(directory);

            assertThat(after).containsExactly(session.checkpoint(false));
            session = FakeSession.restored(after.getFirst());
        }
    }

    @Test
    void anIncrementWritesTheEntriesThatGrewAndNoOthers() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            session.write("x".repeat(30_000));
            await(store.commit(session));
            watchWrites(directory);

            session.write("y".repeat(10));
            await(store.commit(session));

            assertThat(query(directory, "SELECT count(*) FROM entry")).isEqualTo(4);
            assertThat(query(directory, "SELECT count(*) FROM written")).isEqualTo(1);
            assertThat(query(directory, "SELECT offset FROM written")).isEqualTo(3 * 8192);
        }
    }

    @Test
    void anIncrementWithoutOutputWritesNoEntry() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            session.write("x".repeat(30_000));
            await(store.commit(session));
            watchWrites(directory);

            session.rename("other");
            await(store.commit(session));

            assertThat(query(directory, "SELECT count(*) FROM written")).isZero();
            assertThat(store.load().getFirst().record().name()).isEqualTo("other");
        }
    }

    @Test
    void whatTheRingEvictedGoesFromTheDatabase() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            for (int i = 0; i < 100; i++) {
                session.write("0123456789".repeat(1_000));
                await(store.commit(session));
            }

            assertThat(query(directory, "SELECT sum(length) FROM entry"))
                    .isBetween(190_000L, 200_000L);
            assertThat(store.load()).containsExactly(session.checkpoint(false));
        }
    }

    @Test
    void aDestroyedSessionIsGoneAtOnceAndItsRowsSoon() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            var other = created(store);
            session.write("output");
            await(store.commit(session));

            await(store.tombstone(session.id()));
            assertThat(store.load()).containsExactly(other.checkpoint(false));

            await(store.drop(session.id()));
            assertThat(query(directory, "SELECT count(*) FROM session")).isEqualTo(1);
            assertThat(query(directory, "SELECT count(*) FROM launch")).isEqualTo(1);
            assertThat(query(directory, "SELECT count(*) FROM entry")).isZero();
        }
    }

    @Test
    void anAnswerThatComesAfterTheEndDoesNotBringASessionBack() throws Exception {
        try (var store = Checkpointer.open(directory, QUICK)) {
            var session = created(store);
            session.answers(FakeSession.Answer.NEVER);
            var waiting = store.commit(session);
            await().atMost(Duration.ofSeconds(60)).until(session::wasAsked);

            await(store.tombstone(session.id()));
            await(store.drop(session.id()));
            session.answerNow();

            assertThat(failure(waiting)).isInstanceOf(StoreException.class);
            await(store.commit(FakeSession.plain()));
            assertThat(store.load()).noneMatch(found -> found.record().id().equals(session.id()));
        }
    }

    @Test
    void aTombstoneOutlivesAnIncrementThatFollows() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            await(store.tombstone(session.id()));

            session.write("late");
            await(store.commit(session));

            assertThat(store.load()).isEmpty();
        }
        assertThat(loaded(directory)).isEmpty();
        assertThat(query(directory, "SELECT count(*) FROM session")).isZero();
        assertThat(query(directory, "SELECT count(*) FROM entry")).isZero();
    }

    @Test
    void manyDirtyMarksAreOneCollection() throws Exception {
        FakeSession session;
        try (var store = Checkpointer.open(directory, SLOW)) {
            session = created(store);
            session.write("output");
            for (int i = 0; i < 100_000; i++) store.dirty(session);

            assertThat(session.collects()).isEqualTo(1);
        }

        assertThat(session.collects()).isEqualTo(2);
        assertThat(loaded(directory).getFirst().ring().totalBytes()).isEqualTo(6);
    }

    @Test
    void dirtySourcesAreStoredWithinTheInterval() throws Exception {
        try (var store = Checkpointer.open(directory, QUICK)) {
            var session = created(store);
            var other = created(store);
            for (int i = 0; i < 20; i++) {
                session.write("a");
                other.write("b");
                store.dirty(session);
                store.dirty(other);
                List<Checkpoint> wanted =
                        List.of(session.checkpoint(false), other.checkpoint(false));
                await().atMost(Duration.ofSeconds(60)).until(() -> store.load().equals(wanted));
            }
        }
    }

    @Test
    void aFlushDoesNotWaitForTheInterval() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            session.write("last words");
            store.dirty(session);

            store.flush(session);

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> store.load().equals(List.of(session.checkpoint(false))));
        }
    }

    @Test
    void aCommitThatFindsItsSourceAskedWaitsForANewerAnswer() throws Exception {
        try (var store = Checkpointer.open(directory, QUICK)) {
            var session = created(store);
            session.answers(FakeSession.Answer.NEVER);
            var first = store.commit(session);
            await().atMost(Duration.ofSeconds(60)).until(session::wasAsked);

            session.rename("newer");
            var second = store.commit(session);
            session.answerNow();
            await(first);
            await(second);

            assertThat(session.collects()).isEqualTo(3);
            assertThat(store.load()).containsExactly(session.checkpoint(false));
        }
    }

    @Test
    void closedItRefusesAndIgnores() throws Exception {
        var store = Checkpointer.open(directory, SLOW);
        var session = created(store);
        store.close();
        store.close();

        store.dirty(session);
        store.flush(session);
        assertThat(failure(store.commit(session))).isInstanceOf(StoreException.class);
        assertThat(failure(store.drop(session.id()))).hasMessageContaining("closed");
        assertThat(directory).isDirectoryNotContaining("glob:**-wal");
    }

    @Test
    void smallerCapsEvictAtLoadForGood() throws Exception {
        FakeSession session;
        try (var store = Checkpointer.open(directory, SLOW)) {
            session = created(store);
            for (int i = 0; i < 10; i++) session.write("0123456789".repeat(1_000));
            await(store.commit(session));
        }
        for (int cap : new int[] {50_000, 5}) {
            var settings = new CheckpointSettings(SLOW.interval(), new RingBuffer.Caps(cap, 1_000));
            Checkpoint small;
            try (var store = Checkpointer.open(directory, settings)) {
                small = store.load().getFirst();
                assertThat(store.load()).containsExactly(small);
            }

            assertThat(small.ring().totalBytes()).isBetween(cap - Math.min(cap - 1, 8_192), cap);
            assertThat(small.ring().end()).isEqualTo(100_000);
            assertThat(small.complete()).isFalse();
            assertThat(query(directory, "SELECT sum(length) FROM entry"))
                    .isEqualTo(small.ring().totalBytes());
        }
    }
}
