package dev.wormhole.server.checkpoint;

import static dev.wormhole.server.checkpoint.StoreFixture.SLOW;
import static dev.wormhole.server.checkpoint.StoreFixture.await;
import static dev.wormhole.server.checkpoint.StoreFixture.created;
import static dev.wormhole.server.checkpoint.StoreFixture.file;
import static dev.wormhole.server.checkpoint.StoreFixture.loaded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.SessionId;
import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.RingBuffer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Files of a server that was killed, damaged at random: the store opens, tells no lies, keeps what
 * is readable and says that something is missing.
 */
@Timeout(120)
class StoreMutationTest {

    private static final int SESSIONS = 6;
    private static final int LINES = 1_500;
    private static final int LINE_BYTES = 24;

    @TempDir static Path template;

    @TempDir Path directory;

    /** Which session each id is: its lines say so. */
    private static final Map<SessionId, Integer> NUMBERS = new HashMap<>();

    /** What an undamaged copy gives back. */
    private static List<Checkpoint> whole = List.of();

    /** Bytes of output over all seeds: those that were kept, and those that there were. */
    private static long kept;

    private static long of;

    @AfterAll
    static void mostOfItWasKept() {
        if (of == 0) return;
        assertThat(kept).as("of %d bytes", of).isGreaterThan(of / 100 * 85);
    }

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    /** Half of the output is in the database, half in the log, as a kill leaves them. */
    @BeforeAll
    static void fill(@TempDir Path work) throws Exception {
        var sessions = new ArrayList<FakeSession>();
        try (var store = Checkpointer.open(work, SLOW)) {
            for (int i = 0; i < SESSIONS; i++) {
                var session = created(store);
                NUMBERS.put(session.id(), i);
                sessions.add(session);
                write(store, session, i, 0, LINES / 2);
            }
        }
        try (var store = Checkpointer.open(work, SLOW)) {
            store.load();
            for (int i = 0; i < SESSIONS; i++) write(store, sessions.get(i), i, LINES / 2, LINES);
            for (String name : List.of("", "-wal", "-shm"))
                copy(work.resolve("wormhole.db" + name), template.resolve("wormhole.db" + name));
        }
        copyTemplate(work);
        whole = loaded(work);
        assertThat(whole).hasSize(SESSIONS);
    }

    private static void write(Checkpointer store, FakeSession session, int number, int from, int to)
            throws Exception {
        for (int line = from; line < to; line++) session.write(line(number, line));
        await(store.commit(session));
    }

    private static String line(int session, int line) {
        return String.format("s%02d line %06d %06d\r\n", session, line, line * 7919 % 999_983);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theStoreOpensKeepsWhatIsReadableAndSaysWhatIsNot(int seed) throws Exception {
        copyTemplate(directory);
        String what = Mutation.of(new Random(seed)).apply(directory);

        List<Checkpoint> found;
        try (var store = Checkpointer.open(directory, SLOW)) {
            found = store.load();
            for (Checkpoint checkpoint : found) assertTrue(checkpoint);
            kept += bytes(found);
            of += bytes(whole);
            if (!contents(found).equals(contents(whole)))
                assertThat(store.status().warnings()).as(what).isNotEmpty();
            var session = created(store);
            assertThat(store.load()).contains(session.checkpoint(false));
        }

        assertThat(loaded(directory)).as(what).hasSize(found.size() + 1);
    }

    private static long bytes(List<Checkpoint> checkpoints) {
        return checkpoints.stream().mapToLong(each -> each.ring().totalBytes()).sum();
    }

    /** What a restart gives back, but for marks of the crash itself. */
    private static List<Object> contents(List<Checkpoint> checkpoints) {
        return checkpoints.stream()
                .map(each -> (Object) List.of(each.record(), each.ring().entries()))
                .toList();
    }

    /** Every byte is the one that was printed there. */
    private static void assertTrue(Checkpoint checkpoint) {
        int session = NUMBERS.get(checkpoint.record().id());
        for (RingBuffer.Entry entry : checkpoint.ring().entries()) {
            int first = Math.toIntExact(entry.offset() / LINE_BYTES);
            int last = Math.toIntExact((entry.end() - 1) / LINE_BYTES);
            var printed = new StringBuilder();
            for (int line = first; line <= last; line++) printed.append(line(session, line));
            int from = Math.toIntExact(entry.offset() - (long) first * LINE_BYTES);
            assertThat(entry.bytes().toUtf8())
                    .isEqualTo(printed.substring(from, from + entry.bytes().length()));
        }
    }

    private static void copyTemplate(Path into) throws Exception {
        for (String name : List.of("", "-wal", "-shm"))
            copy(template.resolve("wormhole.db" + name), into.resolve("wormhole.db" + name));
    }

    private static void copy(Path file, Path target) throws Exception {
        // By another process: closing it here would drop the locks of a database that is open.
        var copy = new ProcessBuilder("cp", file.toString(), target.toString()).start();
        assertThat(copy.waitFor()).isZero();
    }
}
