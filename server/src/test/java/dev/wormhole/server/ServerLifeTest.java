package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.ExitReason;
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
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Real server processes: started, stopped, killed. */
class ServerLifeTest {

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
            assertThat(shared(directory)).isEmpty();
            assertThat(shared(directory.resolve("keeper"))).isEmpty();
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

    /** What in a directory is not its owner's alone; sockets are guarded by the directory. */
    private static List<Path> shared(Path directory) throws IOException {
        var shared = new ArrayList<Path>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                boolean isFolder = Files.isDirectory(file);
                if (!isFolder && !Files.isRegularFile(file)) continue;
                if (!mode(file).equals(isFolder ? "rwx------" : "rw-------")) shared.add(file);
            }
        }
        return shared;
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
    void anOrderlyStopKeepsEverythingAndTheNextServerGoesOnWithTheProcess() throws Exception {
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
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isPresent();
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            SessionEntry entry = client.entry(id);
            assertThat(entry.name()).isEqualTo("kept");
            assertThat(entry.cwd()).isEqualTo("/usr/share");
            assertThat(entry.isExited()).isFalse();
            assertThat(entry.pid()).isEqualTo(pid);
            // Nothing was lost, so a viewer that saw everything may go on where it was.
            client.attach(
                    new ClientMessage.Attach(
                            id,
                            new TerminalSize(80, 24),
                            (long) seen,
                            0L,
                            false,
                            RespawnMode.NEVER));
            client.type(0, "pwd; echo again-$((7*7))\r");
            client.awaitText(0, "again-49");
            assertThat(client.text(0)).contains("/usr/share");
            assertThat(client.heardNo(ServerMessage.Resync.class)).isTrue();
            server.terminate();
        }
    }

    @Test
    void aProcessThatDiedWithItsKeeperIsLostAndItsTextStays() throws Exception {
        SessionId id;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            id = client.create(TestClient.shell(new TerminalSize(80, 24), "/usr")).sessionId();
            client.type(0, "cd /usr/share; echo stored-$((6*6))\r");
            client.awaitText(0, "stored-36\r\n$ ");
            assertThat(server.terminate()).isZero();
        }
        KeeperProcesses.end(directory);
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            assertThat(client.entry(id).isExited()).isTrue();
            client.attach(attach(id, RespawnMode.NEVER));
            assertThat(client.hear(ServerMessage.Exit.class).reason()).isEqualTo(ExitReason.LOST);

            assertThat(client.attach(attach(id, RespawnMode.LOST)).generation()).isEqualTo(2);
            client.type(0, "pwd; echo again-$((7*7))\r");
            client.awaitText(0, "again-49");
            assertThat(client.text(0))
                    .containsSubsequence(
                            "stored-36",
                            "process ended after ",
                            ", restored ",
                            "/usr/share",
                            "again-49");
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

    @Test
    void whatAKilledKeeperLeavesIsRemovedByTheNextOneThatStarts() throws Exception {
        Path keepers = directory.resolve("keeper");
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            client.create();
            server.kill();
        }
        assertThat(namesIn(keepers)).anyMatch(name -> name.startsWith("native-"));
        KeeperProcesses.end(directory);
        // As where the lock was removed by whoever found out first.
        String killed = onlyNatives(keepers);
        Files.delete(keepers.resolve(killed + ".lock"));
        Files.writeString(keepers.resolve(killed + ".log.1"), "rotated");

        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            client.create();
            assertThat(namesIn(keepers)).noneMatch(name -> name.contains(killed));
            assertThat(onlyNatives(keepers)).isNotEqualTo(killed);
        }
    }

    private static String onlyNatives(Path keepers) throws IOException {
        List<String> natives =
                namesIn(keepers).stream().filter(name -> name.startsWith("native-")).toList();
        assertThat(natives).hasSize(1);
        return natives.getFirst().substring("native-".length());
    }

    private static List<String> namesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
