package dev.wormhole.server.checkpoint;

import static dev.wormhole.server.checkpoint.StoreFixture.SLOW;
import static dev.wormhole.server.checkpoint.StoreFixture.await;
import static dev.wormhole.server.checkpoint.StoreFixture.loaded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.server.session.Checkpoint;
import dev.wormhole.server.session.RingBuffer;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The process is killed with SIGKILL while it writes. */
class StoreCrashTest {

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 40, 150})
    void afterAKillEverythingAcknowledgedIsThere(int acknowledgements) throws Exception {
        long[] acknowledged = runAndKill(acknowledgements);

        List<Checkpoint> found;
        try (var store = Checkpointer.open(directory, SLOW)) {
            found = store.load();
            assertThat(store.status().warnings()).isEmpty();
        }

        assertThat(found).hasSize(DyingServer.SESSIONS).allMatch(Checkpoint::afterCrash);
        for (int i = 0; i < DyingServer.SESSIONS; i++) {
            Checkpoint checkpoint = found.get(i);
            RingBuffer.Snapshot ring = checkpoint.ring();
            assertThat(ring.end()).isGreaterThanOrEqualTo(acknowledged[i]);
            assertThat(ring.end()).isEqualTo(checkpoint.record().nextOffset());
            for (RingBuffer.Entry entry : ring.entries()) {
                assertThat(entry.bytes().toUtf8())
                        .isEqualTo(DyingServer.output(i, entry.offset(), entry.bytes().length()));
            }
            if (acknowledged[i] > 0)
                assertThat(checkpoint.record().name()).isEqualTo("session " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5})
    void theCrashIsRememberedUntilASessionIsStoredAgain(int acknowledgements) throws Exception {
        runAndKill(acknowledgements);
        // A start and an orderly stop in which nothing was stored do not make up for it.
        assertThat(loaded(directory)).allMatch(Checkpoint::afterCrash);
        assertThat(loaded(directory)).allMatch(Checkpoint::afterCrash);

        try (var store = Checkpointer.open(directory, SLOW)) {
            await(store.commit(FakeSession.restored(store.load().getFirst())));
        }

        assertThat(loaded(directory))
                .extracting(Checkpoint::afterCrash)
                .containsExactly(false, true, true);
    }

    /** How many bytes of each session were acknowledged. */
    private long[] runAndKill(int acknowledgements) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-Djava.io.tmpdir=" + directory,
                                "-cp",
                                System.getProperty("java.class.path"),
                                DyingServer.class.getName(),
                                directory.toString(),
                                Integer.toString(acknowledgements))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        long[] acknowledged = new long[DyingServer.SESSIONS];
        try (BufferedReader lines = process.inputReader()) {
            String line = null;
            for (int i = 0; i < acknowledgements; i++) {
                line = lines.readLine();
                note(line, acknowledged);
            }
            process.destroyForcibly().waitFor();
            // What it said before it died counts as well; a line without an end does not.
            while (lines.ready() && (line = lines.readLine()) != null) note(line, acknowledged);
        }
        return acknowledged;
    }

    private static void note(String line, long[] acknowledged) {
        String[] words = line.split(" ");
        if (words.length == 2) acknowledged[Integer.parseInt(words[0])] = Long.parseLong(words[1]);
    }
}
