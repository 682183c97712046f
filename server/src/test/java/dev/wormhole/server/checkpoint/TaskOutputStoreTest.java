package dev.wormhole.server.checkpoint;

import static dev.wormhole.server.checkpoint.StoreFixture.SLOW;
import static dev.wormhole.server.checkpoint.StoreFixture.await;
import static dev.wormhole.server.checkpoint.StoreFixture.breakWrites;
import static dev.wormhole.server.checkpoint.StoreFixture.created;
import static dev.wormhole.server.checkpoint.StoreFixture.execute;
import static dev.wormhole.server.checkpoint.StoreFixture.failure;
import static dev.wormhole.server.checkpoint.StoreFixture.mendWrites;
import static dev.wormhole.server.checkpoint.StoreFixture.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.StoreException;
import dev.wormhole.server.session.TaskOutputPart;
import dev.wormhole.server.session.TaskState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the store keeps of what tasks printed, whatever chose it. */
class TaskOutputStoreTest {

    private static final TaskState RUNNING = new TaskState.Running(5);

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsReadIsWhatIsKeptWhereverOneBegins(long seed) throws Exception {
        var random = new Random(seed);
        var session = FakeSession.task(RUNNING);
        var other = FakeSession.task(RUNNING);
        other.keep(3, ByteString.utf8("of another one"));
        var model = new TreeMap<Long, ByteString>();
        long end = random.nextInt(2) * random.nextLong(1L << 40);
        long tailStart = 0;
        long headEnd = end + random.nextInt(20_000);
        for (int restart = 0; restart < 3; restart++) {
            try (var store = Checkpointer.open(directory, SLOW)) {
                await(store.commit(other));
                for (int i = 0; i < 15; i++) {
                    for (int part = random.nextInt(5); part > 0; part--) {
                        if (random.nextInt(5) == 0) end += random.nextInt(3_000);
                        ByteString bytes = FakeScreen.bytes(random, 8_000);
                        session.keep(end, bytes);
                        if (bytes.length() > 0) model.put(end, bytes);
                        end += bytes.length();
                    }
                    tailStart = Math.max(tailStart, end - random.nextInt(60_000));
                    session.forget(headEnd, tailStart);
                    forget(model, headEnd, tailStart);
                    await(store.commit(session));
                }
                for (int look = 0; look < 60; look++) {
                    long offset =
                            random.nextInt(4) == 0
                                    ? boundary(model, random)
                                    : headEnd - 30_000 + random.nextLong(end - headEnd + 60_000);
                    assertThat(store.output(session.id(), offset).get())
                            .isEqualTo(first(model, offset));
                }
                assertThat(all(store, session.id()))
                        .isEqualTo(
                                model.entrySet().stream()
                                        .map(
                                                each ->
                                                        new TaskOutputPart(
                                                                each.getKey(), each.getValue()))
                                        .toList());
                assertThat(query(directory, "SELECT count(*) FROM task_output"))
                        .isEqualTo(model.size() + 1);
            }
        }
    }

    private static void forget(NavigableMap<Long, ByteString> model, long headEnd, long tailStart) {
        model.entrySet()
                .removeIf(
                        each ->
                                each.getKey() >= headEnd
                                        && each.getKey() + each.getValue().length() <= tailStart);
    }

    private static long boundary(NavigableMap<Long, ByteString> model, Random random) {
        if (model.isEmpty()) return 0;
        var offsets = new ArrayList<>(model.keySet());
        long offset = offsets.get(random.nextInt(offsets.size()));
        return offset + (random.nextBoolean() ? 0 : model.get(offset).length());
    }

    private static Optional<TaskOutputPart> first(
            NavigableMap<Long, ByteString> model, long offset) {
        for (var each : model.entrySet()) {
            ByteString bytes = each.getValue();
            if (each.getKey() + bytes.length() <= offset) continue;
            long begin = Math.max(offset, each.getKey());
            int skip = Math.toIntExact(begin - each.getKey());
            return Optional.of(new TaskOutputPart(begin, bytes.slice(skip, bytes.length())));
        }
        return Optional.empty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "offset", "length", "codec", "crc32c"})
    void aDamagedPartIsAGapAndTheRestLives(String column) throws Exception {
        var session = FakeSession.task(RUNNING);
        for (int i = 0; i < 10; i++)
            session.keep(1_000L * i, ByteString.utf8("0123456789".repeat(100)));
        try (var store = Checkpointer.open(directory, SLOW)) {
            await(store.commit(session));
            List<TaskOutputPart> before = all(store, session.id());
            assertThat(before).hasSize(10);
            execute(
                    directory,
                    column.equals("bytes")
                            ? "UPDATE task_output SET bytes = CAST(substr(bytes, 1, 9) || x'00'"
                                    + " || substr(bytes, 11) AS BLOB) WHERE offset = 4000"
                            : "UPDATE task_output SET %s = %s + 1 WHERE offset = 4000"
                                    .formatted(column, column));

            assertThat(all(store, session.id()))
                    .hasSize(9)
                    .isEqualTo(before.stream().filter(each -> each.offset() != 4_000).toList());
            assertThat(store.output(session.id(), 4_500).get())
                    .map(TaskOutputPart::offset)
                    .contains(5_000L);
            assertThat(store.output(session.id(), 3_999).get())
                    .map(part -> part.bytes().length())
                    .contains(1);
        }
    }

    @Test
    void aPartThatSaysItStandsElsewhereHidesNoOther() throws Exception {
        var session = FakeSession.task(RUNNING);
        for (int i = 0; i < 10; i++)
            session.keep(1_000L * i, ByteString.utf8("0123456789".repeat(100)));
        try (var store = Checkpointer.open(directory, SLOW)) {
            await(store.commit(session));
            execute(directory, "UPDATE task_output SET offset = 2500 WHERE offset = 4000");

            assertThat(store.output(session.id(), 2_700).get())
                    .contains(new TaskOutputPart(2_700, ByteString.utf8("0123456789".repeat(30))));
            assertThat(all(store, session.id())).hasSize(9);
        }
    }

    @Test
    void whatCannotBeStoredIsGivenAgain() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = FakeSession.task(RUNNING);
            await(store.commit(session));
            breakWrites(directory);
            session.keep(0, ByteString.utf8("in memory"));
            assertThat(failure(store.commit(session))).isInstanceOf(StoreException.class);
            assertThat(store.output(session.id(), 0).get()).isEmpty();
            mendWrites(directory);

            session.keep(9, ByteString.utf8(" and on"));
            await(store.commit(session));

            assertThat(all(store, session.id())).hasSize(2);
        }
    }

    @Test
    void whoeverReadsOnAndOnHoldsUpNoCommit() throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = FakeSession.task(RUNNING);
            session.keep(0, ByteString.utf8("output"));
            await(store.commit(session));
            var enough = new AtomicBoolean();
            try {
                for (int reader = 0; reader < 40; reader++) readOn(store, session.id(), enough);

                for (int i = 0; i < 20; i++) created(store);
            } finally {
                // Or the end of the store would wait for them.
                enough.set(true);
            }
        }
    }

    /** Asks again on the thread that answers, so that there is always a question. */
    private static void readOn(Checkpointer store, SessionId id, AtomicBoolean enough) {
        store.output(id, 0)
                .thenRun(
                        () -> {
                            if (!enough.get()) readOn(store, id, enough);
                        });
    }

    @Test
    void closedItAnswersNobody() throws Exception {
        var session = FakeSession.task(new TaskState.Completed(5, 9));
        var store = Checkpointer.open(directory, SLOW);
        await(store.commit(session));
        store.close();

        assertThat(failure(store.output(session.id(), 0))).hasMessageContaining("closed");
        assertThat(failure(store.load(session.id()))).hasMessageContaining("closed");
    }

    /** As a reader reads it, from its beginning. */
    private static List<TaskOutputPart> all(Checkpointer store, SessionId id) throws Exception {
        var parts = new ArrayList<TaskOutputPart>();
        long offset = 0;
        while (true) {
            Optional<TaskOutputPart> part = store.output(id, offset).get();
            if (part.isEmpty()) return parts;
            parts.add(part.get());
            offset = part.get().offset() + part.get().bytes().length();
        }
    }
}
