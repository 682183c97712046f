package dev.wormhole.server.checkpoint;

import static dev.wormhole.server.checkpoint.StoreFixture.QUICK;
import static dev.wormhole.server.checkpoint.StoreFixture.SLOW;
import static dev.wormhole.server.checkpoint.StoreFixture.await;
import static dev.wormhole.server.checkpoint.StoreFixture.breakWrites;
import static dev.wormhole.server.checkpoint.StoreFixture.created;
import static dev.wormhole.server.checkpoint.StoreFixture.execute;
import static dev.wormhole.server.checkpoint.StoreFixture.failure;
import static dev.wormhole.server.checkpoint.StoreFixture.loaded;
import static dev.wormhole.server.checkpoint.StoreFixture.mendWrites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.Increment;
import dev.wormhole.server.session.SessionStore;
import dev.wormhole.server.session.StoreException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sources that do not answer, disks that do not write. */
class CheckpointerFailureTest {

    @TempDir Path directory;

    @Test
    void oneSourceThatDoesNotAnswerHoldsUpNoOther() throws Exception {
        try (var store = Checkpointer.open(directory, QUICK)) {
            var stuck = created(store);
            var failing = created(store);
            var broken = created(store);
            var healthy = created(store);
            stuck.answers(FakeSession.Answer.NEVER);
            failing.answers(FakeSession.Answer.FAILS);
            broken.answers(FakeSession.Answer.THROWS);

            for (FakeSession session : List.of(stuck, failing, broken, healthy)) {
                session.write("output");
                store.dirty(session);
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> store.load().contains(healthy.checkpoint(false)));
            for (int i = 0; i < 10; i++) {
                healthy.write("more");
                await(store.commit(healthy));
            }
            assertThat(failure(store.commit(failing))).isInstanceOf(StoreException.class);

            stuck.answerNow();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> store.load().contains(stuck.checkpoint(false)));
        }
    }

    @Test
    void aSourceThatDoesNotAnswerHoldsUpNoOtherThatGoesOn() throws Exception {
        try (var store = Checkpointer.open(directory, QUICK)) {
            var stuck = created(store);
            var busy = created(store);
            stuck.answers(FakeSession.Answer.NEVER);
            store.dirty(stuck);

            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                busy.write("more");
                                store.dirty(busy);
                                return store.load().getLast().ring().totalBytes() > 0;
                            });

            stuck.answerNow();
        }
    }

    @Test
    void aCommitWhoseSourceDoesNotAnswerFails() throws Exception {
        try (var store = Checkpointer.open(directory, QUICK)) {
            var session = created(store);
            session.answers(FakeSession.Answer.NEVER);

            assertThat(failure(store.commit(session)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(session.id().toString());

            session.answerNow();
        }
    }

    @Test
    void whileTheStoreFailsCommitsAreRefusedAndNothingIsLost() throws Exception {
        try (var store = Checkpointer.open(directory, QUICK)) {
            var session = created(store);
            var other = created(store);
            breakWrites(directory);

            session.write("kept in memory");
            other.write("as well");
            store.dirty(other);
            assertThat(failure(store.commit(session))).isInstanceOf(StoreException.class);
            assertThat(failure(store.tombstone(session.id()))).isInstanceOf(StoreException.class);
            await().atMost(Duration.ofSeconds(60)).until(() -> other.rollBacks() > 0);
            assertThat(store.status().trouble()).isNotNull();
            assertThat(store.status().trouble().sessions()).isPositive();
            assertThat(store.status().trouble().oldest()).isNotNull();
            mendWrites(directory);

            await().atMost(Duration.ofSeconds(60)).until(() -> store.status().trouble() == null);
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () ->
                                    store.load()
                                            .equals(
                                                    List.of(
                                                            session.checkpoint(false),
                                                            other.checkpoint(false))));
            assertThat(store.status().lastCommit()).isNotNull();
        }
    }

    @Test
    void aSessionThatCannotBeStoredHoldsUpNoOther() throws Exception {
        try (var store = Checkpointer.open(directory, QUICK)) {
            var poison = created(store);
            var healthy = created(store);
            execute(
                    directory,
                    "CREATE TRIGGER poison BEFORE UPDATE ON session WHEN old.id = '"
                            + poison.id()
                            + "' BEGIN SELECT RAISE(ABORT, 'poison'); END");
            poison.write("output");
            healthy.write("output");
            store.dirty(poison);
            store.dirty(healthy);

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> store.load().contains(healthy.checkpoint(false)));
            await().atMost(Duration.ofSeconds(60)).until(() -> poison.rollBacks() > 0);
            assertThat(store.status().trouble()).isNotNull();

            execute(directory, "DROP TRIGGER poison");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> store.load().contains(poison.checkpoint(false)));
        }
    }

    @Test
    void aFailureOfWhichNothingIsLeftEndsByItself() throws Exception {
        try (var store = Checkpointer.open(directory, QUICK)) {
            var session = created(store);
            breakWrites(directory);
            assertThat(failure(store.tombstone(session.id()))).isInstanceOf(StoreException.class);
            mendWrites(directory);

            await().atMost(Duration.ofSeconds(60)).until(() -> store.status().trouble() == null);
        }
    }

    @Test
    void whatEndsWithOutputThatCouldNotBeStoredCountsAsCrashed() throws Exception {
        FakeSession session;
        try (var store = Checkpointer.open(directory, QUICK)) {
            session = created(store);
            session.write("nobody asks for it in time");
            session.answers(FakeSession.Answer.FAILS);
            store.dirty(session);
        }

        assertThat(loaded(directory).getFirst().afterCrash()).isTrue();
    }

    @Test
    void aSessionThatIsGoneIsNotMissed() throws Exception {
        try (var store = Checkpointer.open(directory, QUICK)) {
            created(store);
            var gone = created(store);
            await(store.tombstone(gone.id()));
            await(store.drop(gone.id()));
            gone.answers(FakeSession.Answer.FAILS);
            store.dirty(gone);
        }

        assertThat(loaded(directory)).singleElement().matches(found -> !found.afterCrash());
    }

    @Test
    void tooManyRequestsAreRefusedNotQueued() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = created(store);
            var release = new CompletableFuture<Increment>();
            SessionStore.Source holdsTheThread = blocking(session, release);
            store.flush(holdsTheThread);
            await().atMost(Duration.ofSeconds(60)).until(() -> release.getNumberOfDependents() > 0);

            var requests = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < StoreMailbox.MAX_REQUESTS + 100; i++)
                requests.add(store.tombstone(session.id()));
            assertThat(failure(requests.getLast())).hasMessageContaining("keep up");
            release.complete(session.collect().join());

            for (int i = 0; i < StoreMailbox.MAX_REQUESTS; i++) await(requests.get(i));
        }
    }

    /** A source that breaks the rule that it must not block. */
    private static SessionStore.Source blocking(
            FakeSession session, CompletableFuture<Increment> release) {
        return new SessionStore.Source() {
            @Override
            public SessionId id() {
                return session.id();
            }

            @Override
            public CompletableFuture<Increment> collect() {
                return CompletableFuture.completedFuture(release.join());
            }

            @Override
            public void stored() {}

            @Override
            public void rollBack() {}
        };
    }
}
