package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.testkit.KeeperProcesses;
import dev.wormhole.server.testkit.ServerJvm;
import dev.wormhole.server.testkit.TestClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A server is killed with -9 again and again, at random moments, while several sessions print
 * numbered lines: every process goes on, and every line is there once, in order, for whoever is
 * attached, for whoever comes later, and in the store.
 *
 * <p>{@code -Dcampaign.kills=200} is the long form.
 */
class KeeperCampaignTest {

    private static final int KILLS = Integer.getInteger("campaign.kills", 10);
    private static final int SESSIONS = 3;
    private static final TerminalSize SIZE = new TerminalSize(80, 24);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern LINE = Pattern.compile("n(\\d+)\\.");

    @TempDir Path temporary;

    private Path directory;

    @BeforeEach
    void directory() {
        directory = temporary.resolve("data");
    }

    @AfterEach
    void endKeepers() throws Exception {
        KeeperProcesses.end(directory);
    }

    /** What somebody who is attached, and comes back each time where it was, has seen. */
    private static final class Watched {
        SessionId id;
        long pid;
        long offset;
        final StringBuilder seen = new StringBuilder();
    }

    @Test
    @Timeout(3600)
    void killedServersLoseNoProcessAndNoLine() throws Exception {
        var random = new Random(10);
        List<Watched> sessions = new ArrayList<>();
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            for (int i = 0; i < SESSIONS; i++) sessions.add(begin(client, stopFile()));
            await().atMost(PATIENCE).until(() -> client.text(SESSIONS - 1).contains("n5."));
            server.kill();
            see(client, sessions);
        }
        for (int kill = 1; kill < KILLS; kill++) {
            try (ServerJvm server = ServerJvm.start(directory);
                    TestClient client = server.connect()) {
                resume(client, sessions);
                // A moment, some within the attach and some within the flood of what was missed.
                pause(random.nextInt(600));
                server.kill();
                see(client, sessions);
            }
        }
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            resume(client, sessions);
            for (int i = 0; i < SESSIONS; i++) {
                assertThat(client.entry(sessions.get(i).id).pid()).isEqualTo(sessions.get(i).pid);
                client.type(i, "echo end-$((3*3))\r");
            }
            // Not by Ctrl-C: with it a terminal throws away output that nobody has read.
            Files.createFile(stopFile());
            for (int i = 0; i < SESSIONS; i++) {
                int channel = i;
                await().atMost(PATIENCE).until(() -> client.text(channel).contains("end-9"));
            }
            see(client, sessions);
            List<Integer> counts = new ArrayList<>();
            for (Watched session : sessions) counts.add(assertEveryLineOnce(session.seen));

            assertLateViewerSeesAll(server, sessions, counts);
            assertThat(server.terminate()).isZero();
        }
        KeeperProcesses.end(directory);
        try (ServerJvm server = ServerJvm.start(directory)) {
            // Now the store is all there is.
            assertStoreHoldsAll(server, sessions);
        }
    }

    private Path stopFile() {
        return temporary.resolve("stop");
    }

    private static Watched begin(TestClient client, Path stopFile) {
        ServerMessage.Created created = client.create(TestClient.shell(SIZE, null));
        client.type(
                created.channel(),
                "stty -echo; i=0; while [ ! -e "
                        + stopFile
                        + " ]; do echo n$i.; i=$((i+1)); sleep 0.002; done\r");
        var watched = new Watched();
        watched.id = created.sessionId();
        watched.pid = client.entry(created.sessionId()).pid();
        return watched;
    }

    private static void pause(int millis) {
        await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
    }

    /** Attaches each where it was: nothing is to come twice, and nothing is to be left out. */
    private static void resume(TestClient client, List<Watched> sessions) {
        assertThat(client.list())
                .extracting(SessionEntry::id)
                .containsExactlyElementsOf(sessions.stream().map(s -> s.id).toList());
        for (Watched session : sessions) {
            assertThat(ProcessHandle.of(session.pid)).isPresent();
            ServerMessage.Created attached =
                    client.attach(
                            new ClientMessage.Attach(
                                    session.id,
                                    SIZE,
                                    session.offset,
                                    null,
                                    false,
                                    RespawnMode.NEVER));
            assertThat(attached.isExited()).isFalse();
            assertThat(attached.offset()).as("goes on where it was").isEqualTo(session.offset);
        }
        client.fence();
        assertThat(client.heardNo(ServerMessage.Resync.class)).isTrue();
    }

    private static void see(TestClient client, List<Watched> sessions) {
        for (int channel = 0; channel < sessions.size(); channel++) {
            Watched session = sessions.get(channel);
            byte[] bytes = client.bytes(channel);
            session.offset += bytes.length;
            session.seen.append(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static int assertEveryLineOnce(CharSequence text) {
        List<Integer> numbers = numbers(text);
        assertThat(numbers).isEqualTo(IntStream.range(0, numbers.size()).boxed().toList());
        return numbers.size();
    }

    private static List<Integer> numbers(CharSequence text) {
        List<Integer> numbers = new ArrayList<>();
        Matcher matcher = LINE.matcher(text);
        while (matcher.find()) numbers.add(Integer.parseInt(matcher.group(1)));
        return numbers;
    }

    private static void assertLateViewerSeesAll(
            ServerJvm server, List<Watched> sessions, List<Integer> counts) throws Exception {
        try (TestClient late = server.connect()) {
            for (int i = 0; i < sessions.size(); i++) {
                List<Integer> numbers = drawn(late, sessions.get(i).id);
                assertThat(numbers.getLast()).isEqualTo(counts.get(i) - 1);
                assertConsecutive(numbers);
            }
        }
    }

    private static void assertStoreHoldsAll(ServerJvm server, List<Watched> sessions)
            throws Exception {
        try (TestClient late = server.connect()) {
            for (Watched session : sessions) {
                assertThat(late.entry(session.id).isExited()).isTrue();
                List<Integer> numbers = drawn(late, session.id);
                assertThat(numbers.getLast()).isEqualTo(numbers(session.seen).getLast());
                assertConsecutive(numbers);
            }
        }
    }

    /** The scrollback holds 10,000 lines: the last of them, none missing and none double. */
    private static void assertConsecutive(List<Integer> numbers) {
        int first = numbers.getFirst();
        assertThat(numbers)
                .isEqualTo(IntStream.range(first, first + numbers.size()).boxed().toList());
    }

    private static List<Integer> drawn(TestClient client, SessionId id) {
        client.foldScreens();
        ServerMessage.Created attached =
                client.attach(
                        new ClientMessage.Attach(id, SIZE, null, null, false, RespawnMode.NEVER));
        client.awaitDrawn(attached.channel(), "end-9");
        return numbers(client.drawnSinceTheBeginning(attached.channel()));
    }

    @Test
    @Timeout(600)
    void aKilledServerIsStartedAgainByTheKeeper() throws Exception {
        try (ServerJvm server = ServerJvm.start(directory, "--set", "keeper.restart=1");
                TestClient client = server.connect()) {
            client.hello(Feature.ACK);
            SessionId id = client.create(TestClient.shell(SIZE, null)).sessionId();
            long pid = client.entry(id).pid();
            long before = server.pid();
            server.kill();
            await().atMost(PATIENCE).until(() -> server.acceptsAnew(before));
            try (TestClient again = server.connect()) {
                assertThat(again.entry(id).pid()).isEqualTo(pid);
            } finally {
                ProcessHandle.of(server.endpoint().pid()).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }
}
