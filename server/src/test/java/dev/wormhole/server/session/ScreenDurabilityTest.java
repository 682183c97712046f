package dev.wormhole.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.checkpoint.CheckpointSettings;
import dev.wormhole.server.checkpoint.Checkpointer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The screen that comes back is the screen that was there. */
class ScreenDurabilityTest {

    private static final RingBuffer.Caps CAPS = new RingBuffer.Caps(1 << 20, 10_000);
    private static final CheckpointSettings SLOW =
            new CheckpointSettings(Duration.ofMinutes(10), CAPS);

    @TempDir Path directory;
    private int copies;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theScreenThatComesBackIsTheScreenThatWasThere(long seed) throws Exception {
        var random = new Random(seed);
        var generated = new GeneratedOutput(random);
        TerminalSize first = size(random);
        var session = new ScreenedSession(first, CAPS);
        var neverRestarted = new ScreenedSession(first, CAPS);
        Path place = Files.createDirectory(directory.resolve("first"));
        Checkpointer store = Checkpointer.open(place, SLOW);
        try {
            for (int step = 0; step < 60; step++) {
                int changes = 1 + random.nextInt(6);
                for (int i = 0; i < changes; i++)
                    change(session, neverRestarted, generated, random);
                if (random.nextInt(3) == 0) {
                    long quiet = ScreenPace.QUIET.toNanos();
                    session.sleep(quiet);
                }
                store.commit(session).get(30, TimeUnit.SECONDS);
                assertThat(session.picture()).isEqualTo(neverRestarted.picture());
                if (random.nextInt(4) != 0) continue;

                if (random.nextBoolean()) {
                    place = killed(place);
                    store.close();
                } else {
                    session.stop();
                    store.flush(session);
                    store.close();
                }
                store = Checkpointer.open(place, SLOW);
                session = new ScreenedSession(store.load().getFirst());

                assertThat(session.problems()).isEmpty();
                assertThat(store.status().warnings()).isEmpty();
                assertThat(session.picture()).isEqualTo(neverRestarted.picture());
            }
        } finally {
            store.close();
        }
    }

    @Test
    void whatWasRolledBackIsGivenAgain() throws Exception {
        var random = new Random(11);
        var generated = new GeneratedOutput(random);
        var session = new ScreenedSession(new TerminalSize(80, 24), CAPS);
        try (var store = Checkpointer.open(directory, SLOW)) {
            for (int step = 0; step < 30; step++) {
                session.write(generated.next(40_000));
                if (step % 3 == 0) session.resize(size(random));
                if (step % 2 == 0) {
                    session.collect();
                    session.rollBack();
                }
                store.commit(session).get(30, TimeUnit.SECONDS);

                var hydrated = new ScreenedSession(store.load().getFirst());
                assertThat(hydrated.picture()).isEqualTo(session.picture());
            }
        }
    }

    /** The screen holds what was printed; of the bytes those go with it that a client may lack. */
    @Test
    void aFloodGivesItsNewestBytesAloneAndGoesOnFromThere() throws Exception {
        var random = new Random(5);
        var generated = new GeneratedOutput(random);
        var session = new ScreenedSession(new TerminalSize(80, 24), CAPS);
        try (var store = Checkpointer.open(directory, SLOW)) {
            for (int flush = 0; flush < 5; flush++) {
                session.write(generated.next(700_000));
                store.commit(session).get(30, TimeUnit.SECONDS);

                Checkpoint flooded = store.load().getFirst();
                long first = flooded.ring().entries().getFirst().offset();
                assertThat(flooded.ring().end() - first)
                        .isBetween(
                                (long) StoreCursor.RESUMED_BYTES,
                                (long) StoreCursor.RESUMED_BYTES + RingBuffer.BLOCK_BYTES);
                assertThat(flooded.complete()).isFalse();
                assertThat(new ScreenedSession(flooded).picture()).isEqualTo(session.picture());

                byte[] little = generated.next(3000);
                session.write(little);
                store.commit(session).get(30, TimeUnit.SECONDS);

                Checkpoint later = store.load().getFirst();
                assertThat(later.ring().entries().getFirst().offset()).isEqualTo(first);
                assertThat(later.ring().end()).isEqualTo(flooded.ring().end() + little.length);
                assertThat(new ScreenedSession(later).picture()).isEqualTo(session.picture());
            }
            assertThat(store.status().warnings()).isEmpty();
        }
    }

    @Test
    void aFloodWritesWhatTheRingAndTheHistoryHoldAndNoMore() throws Exception {
        var session = new ScreenedSession(new TerminalSize(80, 24), CAPS);
        byte[] flood = "y\n".repeat(32 << 10).getBytes(StandardCharsets.US_ASCII);
        long flushes = 20;
        try (var store = Checkpointer.open(directory, SLOW)) {
            for (int flush = 0; flush < flushes; flush++) {
                for (int i = 0; i < 100; i++) session.write(flood);
                store.commit(session).get(30, TimeUnit.SECONDS);
            }
            // 6.5 MB came with each flush; the ring's 1 MiB, a screen and 2,000 short lines are
            // given.
            assertThat(session.collectedBytes()).isLessThan(flushes * ((1 << 20) + (64 << 10)));
            assertThat(new ScreenedSession(store.load().getFirst()).picture())
                    .isEqualTo(session.picture());
            assertThat(query("SELECT sum(length) FROM entry")).isLessThanOrEqualTo(1 << 20);
            assertThat(query("SELECT count(*) FROM block")).isLessThan(2_000 / 256 + 2);
            long stored =
                    query("SELECT sum(length(bytes)) FROM entry")
                            + query("SELECT sum(length(bytes)) FROM block")
                            + query("SELECT sum(length(bytes)) FROM screen");
            assertThat(stored).isLessThan(64 << 10);
        }
        assertThat(Files.size(directory.resolve("wormhole.db"))).isLessThan(1 << 20);
    }

    @Test
    void aQuietSessionGivesItsScreenOnceAndThenNothing() throws Exception {
        var session = new ScreenedSession(new TerminalSize(80, 24), CAPS);
        try (var store = Checkpointer.open(directory, SLOW)) {
            store.commit(session).get(30, TimeUnit.SECONDS);
            session.write("one line\r\n");
            store.commit(session).get(30, TimeUnit.SECONDS);
            assertThat(session.collectedScreens()).isEqualTo(1);

            session.sleep(ScreenPace.QUIET.toNanos());
            store.commit(session).get(30, TimeUnit.SECONDS);
            assertThat(session.collectedScreens()).isEqualTo(2);

            session.sleep(100 * ScreenPace.QUIET.toNanos());
            session.stop();
            store.commit(session).get(30, TimeUnit.SECONDS);
            assertThat(session.collectedScreens()).isEqualTo(2);
        }
    }

    @Test
    void aBlockThatIsLostIsSaidAndTheOtherLinesKeepTheirNumbers() throws Exception {
        List<String> before = storedLines();
        long lost = query("SELECT max(first_line) FROM block") - 256;
        execute("UPDATE block SET crc32c = crc32c + 1 WHERE first_line = " + lost);

        List<String> after = hydrated(1).scrollback();

        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < after.size(); i++) {
            long number = number(before.get(i));
            if (number < lost || number >= lost + 256)
                assertThat(after.get(i)).isEqualTo(before.get(i));
            else if (number > lost) assertThat(after.get(i)).isEqualTo(number + ": ");
            else assertThat(after.get(i)).contains("256 lines could not be read back");
        }
    }

    @Test
    void rowsOfBlocksThatAreGoneAreSaidToo() throws Exception {
        List<String> before = storedLines();
        execute("DELETE FROM block");

        List<String> after = hydrated(1).scrollback();

        assertThat(after).hasSameSizeAs(before);
        assertThat(after).anyMatch(line -> line.contains("256 lines could not be read back"));
        assertThat(number(after.getFirst())).isEqualTo(number(before.getFirst()));
        assertThat(after.getLast()).isEqualTo(before.getLast());
    }

    @Test
    void withoutItsScreenASessionIsReadFromItsTailAndKeepsItsOlderLines() throws Exception {
        List<String> before = storedLines();
        execute("UPDATE screen SET crc32c = crc32c + 1");

        ScreenedSession session = hydrated(0);
        List<String> texts = session.scrollback().stream().map(this::text).toList();

        List<String> newest = before.subList(before.size() - 500, before.size());
        assertThat(texts).containsAll(newest.stream().map(this::text).toList());
        assertThat(texts).contains("line number 1500");
        assertThat(texts).doesNotHaveDuplicates();
        assertThat(texts).anyMatch(line -> line.contains("lines may be missing here"));
    }

    @Test
    void afterAScreenWasLostTheNextOneReplacesAllBlocks() throws Exception {
        storedLines();
        execute("UPDATE screen SET crc32c = crc32c + 1");
        ScreenedSession session;
        try (var store = Checkpointer.open(directory, SLOW)) {
            session = new ScreenedSession(store.load().getFirst());
            session.write("and on\r\n");
            store.commit(session).get(30, TimeUnit.SECONDS);
        }

        assertThat(hydrated(0).picture()).isEqualTo(session.picture());
    }

    @Test
    void aLostEntryIsAGapAndWhatFollowsIsShown() throws Exception {
        storedLines();
        long victim =
                query(
                        "SELECT max(offset) FROM entry WHERE offset <"
                                + " (SELECT max(offset) FROM entry)");
        execute("UPDATE screen SET crc32c = crc32c + 1");
        execute("UPDATE entry SET crc32c = crc32c + 1 WHERE offset = " + victim);

        assertThat(hydrated(0).picture()).anyMatch(line -> line.contains("the last line"));
    }

    /** Stores a session with blocks, of which the newest lines stand in the tail alone. */
    private List<String> storedLines() throws Exception {
        var caps = new RingBuffer.Caps(12 << 10, 10_000);
        var session = new ScreenedSession(new TerminalSize(80, 24), caps);
        try (var store = Checkpointer.open(directory, settings(caps))) {
            for (int i = 0; i < 3_000; i += 500) {
                int from = i;
                IntStream.range(from, from + 500)
                        .forEach(line -> session.write("line number " + line + "\r\n"));
                store.commit(session).get(30, TimeUnit.SECONDS);
                session.sleep(ScreenPace.QUIET.toNanos());
                store.commit(session).get(30, TimeUnit.SECONDS);
            }
            session.write("the last line\r\n");
            store.commit(session).get(30, TimeUnit.SECONDS);
        }
        return session.scrollback();
    }

    private static CheckpointSettings settings(RingBuffer.Caps caps) {
        return new CheckpointSettings(Duration.ofMinutes(10), caps);
    }

    private ScreenedSession hydrated(int problems) throws Exception {
        try (var store = Checkpointer.open(directory, SLOW)) {
            var session = new ScreenedSession(store.load().getFirst());
            assertThat(session.problems()).hasSize(problems);
            return session;
        }
    }

    private static long number(String numbered) {
        return Long.parseLong(numbered.substring(0, numbered.indexOf(':')));
    }

    private String text(String numbered) {
        return numbered.substring(numbered.indexOf(':') + 2);
    }

    private void change(
            ScreenedSession session,
            ScreenedSession other,
            GeneratedOutput generated,
            Random random) {
        switch (random.nextInt(8)) {
            case 0 -> {
                TerminalSize size = size(random);
                session.resize(size);
                other.resize(size);
            }
            case 1 -> {
                session.respawn();
                other.respawn();
            }
            default -> {
                byte[] bytes = generated.next(1 + random.nextInt(60_000));
                session.write(bytes);
                other.write(bytes);
            }
        }
    }

    private static TerminalSize size(Random random) {
        return new TerminalSize(2 + random.nextInt(150), 1 + random.nextInt(60));
    }

    /** What a kill leaves: the files as they are now. */
    private Path killed(Path place) throws IOException, InterruptedException {
        Path copy = Files.createDirectory(directory.resolve("copy" + copies++));
        for (String suffix : List.of("", "-wal")) {
            // By another process: closing a file here would drop SQLite's locks.
            Path file = place.resolve("wormhole.db" + suffix);
            var copying = new ProcessBuilder("cp", file.toString(), copy.toString()).start();
            assertThat(copying.waitFor()).isZero();
        }
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
        return copy;
    }

    private long query(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private String url() {
        return "jdbc:sqlite:" + directory.resolve("wormhole.db");
    }
}
