package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.testkit.ServerJvm;
import dev.wormhole.server.testkit.TestClient;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Real server processes: started, stopped, killed. */
class ServerLifeTest {

    @TempDir Path temporary;

    private Path directory;

    @BeforeEach
    void directory() {
        directory = temporary.resolve("data");
    }

    private static ClientMessage.Attach attach(SessionId id, RespawnMode respawn) {
        return new ClientMessage.Attach(id, new TerminalSize(80, 24), null, null, false, respawn);
    }

    @Test
    void theDirectoryIsMadePrivateAndTheEndpointIsThereWhileTheServerAccepts() throws Exception {
        try (ServerJvm server = ServerJvm.start(directory)) {
            assertThat(mode(directory)).isEqualTo("rwx------");
            assertThat(mode(server.endpointFile())).isEqualTo("rw-------");
            assertThat(mode(directory.resolve("wormhole.db"))).isEqualTo("rw-------");
            assertThat(mode(directory.resolve("server.log"))).isEqualTo("rw-------");
            Endpoint endpoint = server.endpoint();
            assertThat(endpoint.pid()).isEqualTo(server.pid());
            assertThat(endpoint.url()).matches("ws://127\\.0\\.0\\.1:\\d+/");

            assertThat(server.terminate()).isZero();

            assertThat(server.endpointFile()).doesNotExist();
            assertThat(server.words()).isEmpty();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aDirectoryThatOthersCanWriteIsRefused() throws Exception {
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (ServerJvm server = ServerJvm.launch(directory)) {
            assertThat(server.awaitExit()).isEqualTo(1);
            assertThat(server.words().lines())
                    .singleElement()
                    .asString()
                    .contains(directory.toString());
        }
    }

    @Test
    void aSecondServerOnTheDirectoryExitsNamingTheFirst() throws Exception {
        try (ServerJvm first = ServerJvm.start(directory);
                ServerJvm second = ServerJvm.launch(directory)) {
            assertThat(second.awaitExit()).isEqualTo(1);

            assertThat(second.words().lines())
                    .singleElement()
                    .asString()
                    .contains("pid " + first.pid());
            try (TestClient client = first.connect()) {
                client.fence();
            }
        }
    }

    @Test
    void outsideLoopbackTheServerAsksForTls() throws Exception {
        try (ServerJvm server = ServerJvm.launch(directory, "--host", "0.0.0.0")) {
            assertThat(server.awaitExit()).isEqualTo(1);
            assertThat(server.words().lines()).singleElement().asString().contains("--tls-cert");
        }
    }

    @Test
    void settingsOutOfRangeAreRefusedByName() throws Exception {
        try (ServerJvm server = ServerJvm.launch(directory, "--set", "ring.bytes=many")) {
            assertThat(server.awaitExit()).isEqualTo(1);
            assertThat(server.words()).contains("ring.bytes");
        }
    }

    @Test
    void anOrderlyStopKeepsEverythingAndHangsUpTheProcesses() throws Exception {
        SessionId id;
        long pid;
        int seen;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            id = client.create(TestClient.shell(new TerminalSize(80, 24), "/usr")).sessionId();
            client.ask(new ClientMessage.Rename(id, "kept"));
            client.type(0, "cd /usr/share; echo stored-$((6*6))\r");
            client.awaitText(0, "stored-36\r\n$ ");
            seen = client.bytes(0).length;
            pid = client.entry(id).pid();

            assertThat(server.terminate()).isZero();

            assertThat(client.awaitClose()).isEqualTo(1001);
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            SessionEntry entry = client.entry(id);
            assertThat(entry.name()).isEqualTo("kept");
            assertThat(entry.cwd()).isEqualTo("/usr/share");
            assertThat(entry.isExited()).isTrue();
            // Nothing was lost, so a viewer that saw everything may go on where it was.
            client.attach(
                    new ClientMessage.Attach(
                            id,
                            new TerminalSize(80, 24),
                            (long) seen,
                            0L,
                            false,
                            RespawnMode.NEVER));
            assertThat(client.hear(ServerMessage.Exit.class).reason()).isEqualTo(ExitReason.LOST);
            assertThat(client.heardNo(ServerMessage.Resync.class)).isTrue();

            assertThat(client.attach(attach(id, RespawnMode.LOST)).generation()).isEqualTo(2);
            client.type(0, "pwd; echo again-$((7*7))\r");
            client.awaitText(0, "again-49");
            assertThat(client.text(0))
                    .containsSubsequence(
                            "stored-36", "process ended with its server", "/usr/share", "again-49");
        }
    }

    @Test
    void aDestroyedSessionDoesNotComeBackAfterAKill() throws Exception {
        SessionId kept;
        SessionId gone;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            kept = client.create().sessionId();
            gone = client.create().sessionId();
            client.ask(new ClientMessage.Destroy(gone));
            server.kill();
        }
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            assertThat(client.list()).extracting(SessionEntry::id).containsExactly(kept);
        }
    }

    /** What a client was told before a kill, and so may expect after it. */
    private static final class Acknowledged {
        String name;
        String cwd;
    }

    @Test
    @Timeout(600)
    void twentyKillsLoseNothingAcknowledgedAndNoMoreThanTheFlushIntervalOfOutput()
            throws Exception {
        Random random = new Random(20);
        Map<SessionId, Acknowledged> sessions = new LinkedHashMap<>();
        for (int kill = 0; kill < 20; kill++) {
            try (ServerJvm server = ServerJvm.start(directory);
                    TestClient client = server.connect()) {
                List<SessionEntry> list = client.list();
                assertThat(list)
                        .as("kill %d", kill)
                        .extracting(SessionEntry::id)
                        .containsExactlyElementsOf(sessions.keySet());
                for (SessionEntry entry : list) {
                    Acknowledged known = sessions.get(entry.id());
                    assertThat(entry.name()).isEqualTo(known.name);
                    if (known.cwd != null) assertThat(entry.cwd()).isEqualTo(known.cwd);
                }
                if (sessions.size() < 4) create(client, sessions, kill);
                SessionId chosen =
                        List.copyOf(sessions.keySet()).get(random.nextInt(sessions.size()));
                Acknowledged known = sessions.get(chosen);
                var created = client.attach(attach(chosen, RespawnMode.LOST));
                int channel = created.channel();
                String name = "name " + kill;
                client.ask(new ClientMessage.Rename(chosen, name));
                known.name = name;

                String marker = "k" + kill + "x";
                client.type(
                        channel,
                        "i=0; while :; do echo "
                                + marker
                                + "n$i.; i=$((i+1)); sleep 0.005; done\r");
                client.awaitText(channel, marker + "n5.");
                long resumeAt = created.offset();
                await().pollDelay(java.time.Duration.ofMillis(random.nextInt(700)))
                        .until(() -> true);
                int shown = lastLine(client.text(channel), marker);
                server.kill();
                check(chosen, channel, client, marker, shown, resumeAt, created);
            }
        }
    }

    private static void create(TestClient client, Map<SessionId, Acknowledged> sessions, int kill) {
        var known = new Acknowledged();
        known.name = "session " + kill;
        ClientMessage.Create shell = TestClient.shell(new TerminalSize(80, 24), "/usr");
        SessionId id =
                client.create(
                                new ClientMessage.Create(
                                        shell.size(),
                                        known.name,
                                        "/usr",
                                        List.of(),
                                        shell.env(),
                                        "create-" + kill))
                        .sessionId();
        known.cwd = "/usr";
        sessions.put(id, known);
    }

    private static int lastLine(String text, String marker) {
        Matcher matcher = Pattern.compile(marker + "n(\\d+)\\.").matcher(text);
        int last = -1;
        while (matcher.find()) last = Integer.parseInt(matcher.group(1));
        return last;
    }

    /**
     * After the kill: the output is a prefix of what was printed, and a resume gets no wrong byte.
     */
    private void check(
            SessionId id,
            int channel,
            TestClient before,
            String marker,
            int shown,
            long resumeAt,
            ServerMessage.Created created)
            throws Exception {
        byte[] seen = before.bytes(channel);
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            ServerMessage.Created attached = client.attach(attach(id, RespawnMode.NEVER));
            ServerMessage.Resync resync = client.hear(ServerMessage.Resync.class);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> client.bytes(attached.channel()).length >= resync.length());
            String text = client.text(attached.channel());
            // 250 ms of one line every 5 ms or more, and the time a commit takes on a busy machine.
            assertThat(lastLine(text, marker))
                    .as("lines kept of %d shown", shown)
                    .isGreaterThanOrEqualTo(shown - 100);
            List<Integer> numbers = new ArrayList<>();
            Matcher matcher = Pattern.compile(marker + "n(\\d+)\\.").matcher(text);
            while (matcher.find()) numbers.add(Integer.parseInt(matcher.group(1)));
            for (int i = 0; i < numbers.size(); i++) assertThat(numbers.get(i)).isEqualTo(i);

            // Whoever saw more than was stored is resynced instead of being given other bytes for
            // the same offsets.
            long claimed = created.offset() + seen.length;
            client.attach(
                    new ClientMessage.Attach(
                            id, new TerminalSize(80, 24), claimed, null, false, RespawnMode.NEVER));
            client.hear(ServerMessage.Resync.class);
            assertThat(resync.offset()).isGreaterThan(claimed).isGreaterThan(resumeAt);
            server.terminate();
        }
    }
}
