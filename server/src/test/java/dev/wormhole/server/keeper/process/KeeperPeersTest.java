package dev.wormhole.server.keeper.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.server.keeper.wire.FromKeeper;
import dev.wormhole.server.keeper.wire.FromKeeper.Opened;
import dev.wormhole.server.keeper.wire.KeeperEndpoint.UnixDoor;
import dev.wormhole.server.keeper.wire.KeeperFiles;
import dev.wormhole.server.keeper.wire.Role;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.keeper.wire.ToKeeperCodec;
import dev.wormhole.server.pty.ProcessKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Who may speak to a keeper, what nonsense does to it, and what it does without a server. */
@Timeout(120)
class KeeperPeersTest {

    /** A thousand leave nothing either; each takes some hundredths of a second. */
    private static final int MANY = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path data;

    @Test
    void nonsenseEndsItsConnectionAndNothingElse() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(TestKeeper.spawn(key, 0, false, "/bin/cat"));
            for (int seed = 0; seed < 300; seed++) {
                var random = new Random(seed);
                try (var peer = keeper.connect()) {
                    if (random.nextBoolean()) peer.hello(Role.PROCESS);
                    if (random.nextBoolean()) peer.say(new ToKeeper.Open(key, 0, 1));
                    nonsense(peer, random);
                }
            }
            try (var process = keeper.open(key, 0, 1)) {
                process.await(Opened.class);
                process.type("alive\r");
                process.awaitOutput("alive\r\nalive");
            }
            assertThat(control.list().processes()).hasSize(1);
        }
    }

    private static void nonsense(TestPeer peer, Random random) {
        byte[] bytes = new byte[random.nextInt(4096)];
        random.nextBytes(bytes);
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        // Half of it looks like frames.
        if (bytes.length > 5 && random.nextBoolean())
            frame.putInt(0, bytes.length - 4).put(4, (byte) random.nextInt(0x18));
        try {
            peer.raw(frame);
        } catch (IOException e) {
            // Closed already.
        }
    }

    @Test
    void whatDoesNotBelongOnAConnectionEndsIt() throws Exception {
        ProcessKey key = TestKeeper.newKey();
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(TestKeeper.spawn(key, 0, false, "/bin/cat"));

            try (var process = keeper.open(key, 0, 1)) {
                process.say(new ToKeeper.Shutdown());
                process.awaitEnd();
            }
            try (var process = keeper.open(key, 0, 1)) {
                process.say(new ToKeeper.Confirm(1 << 20, 1));
                process.awaitEnd();
            }
            try (var process = keeper.open(key, 1 << 20, 1)) {
                assertThat(process.await(FromKeeper.Refused.class).message()).contains("ends at");
            }
            try (var peer = keeper.connect()) {
                peer.say(new ToKeeper.Ping(1));
                peer.awaitEnd();
            }
            assertThat(control.list().processes().getFirst().ended()).isFalse();
        }
    }

    @Test
    void whatALaterVersionSaysIsPassedOver() throws Exception {
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.raw(ByteBuffer.allocate(9).putInt(5).put((byte) 0x3f).putInt(7).flip());

            assertThat(control.list().processes()).isEmpty();
        }
    }

    @Test
    void whoSaysNothingIsCutOff() throws Exception {
        var pauses =
                new KeeperPauses(
                        Duration.ofSeconds(60),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        TestKeeper.PAUSES.restart());
        try (var keeper = new TestKeeper(data, KeeperLimits.STANDARD, pauses, false);
                var peer = keeper.connect()) {
            peer.awaitEnd();
        }
    }

    @Test
    void anotherUserIsCutOffWithoutAWord() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        assumeThat(Path.of("/usr/bin/setpriv")).exists();
        assumeThat(Path.of("/usr/bin/python3")).exists();
        try (var keeper = new TestKeeper(data)) {
            Path socket = ((UnixDoor) keeper.endpoint().door()).socket();
            // So that nothing but the keeper keeps them out.
            for (Path path = socket; path.startsWith(data); path = path.getParent())
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));

            assertThat(connectAs("0", socket)).startsWith("heard ").isNotEqualTo("heard 0");
            assertThat(connectAs("65534", socket)).isIn("heard 0", "reset");
        }
    }

    /** What a program of that user hears after a correct HELLO. */
    private static String connectAs(String user, Path socket) throws Exception {
        ByteBuffer hello =
                ToKeeperCodec.encode(new ToKeeper.Hello(1, Role.CONTROL, ByteString.EMPTY, "test"));
        byte[] bytes = new byte[hello.remaining()];
        hello.get(bytes);
        String program =
                """
                import socket, sys
                s = socket.socket(socket.AF_UNIX)
                try:
                    s.connect(sys.argv[1])
                    s.send(bytes.fromhex(sys.argv[2]))
                    print("heard", len(s.recv(64)))
                except (ConnectionResetError, BrokenPipeError):
                    print("reset")
                """;
        Process process =
                new ProcessBuilder(
                                "/usr/bin/setpriv",
                                "--reuid=" + user,
                                "--clear-groups",
                                "/usr/bin/python3",
                                "-c",
                                program,
                                socket.toString(),
                                HexFormat.of().formatHex(bytes))
                        .redirectErrorStream(true)
                        .start();
        String heard = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return heard.strip();
    }

    @Test
    void aServerThatGoesWithoutAWordIsStartedAgainUntilOneComes() throws Exception {
        Path started = data.resolve("started");
        try (var keeper = new TestKeeper(data)) {
            try (var control = keeper.control()) {
                control.say(
                        new ToKeeper.Server(
                                true,
                                0,
                                data.toString(),
                                List.of("/bin/sh", "-c", "echo \"$GREETING $PWD\" >>started"),
                                Map.of("GREETING", "hello")));
                assertThat(control.ping().processes()).isZero();
            }
            await().atMost(PATIENCE).until(() -> lines(started) >= 3);
            assertThat(Files.readAllLines(started).getFirst())
                    .isEqualTo("hello " + data.toRealPath());

            try (var control = keeper.control()) {
                control.say(new ToKeeper.Stopping());
                control.ping();
            }
            try (var control = keeper.control()) {
                control.ping();
                control.say(new ToKeeper.Stopping());
            }
        }
    }

    @Test
    void aServerThatStopsInOrderIsNotStartedAgain() throws Exception {
        Path started = data.resolve("started");
        try (var keeper = new TestKeeper(data)) {
            try (var control = keeper.control()) {
                control.say(
                        new ToKeeper.Server(
                                true,
                                0,
                                data.toString(),
                                List.of("/bin/sh", "-c", "echo x >>started"),
                                Map.of()));
                control.say(new ToKeeper.Stopping());
                control.ping();
            }
            // Long after the pause before an attempt, by facts: a process was started and ended.
            for (int i = 0; i < 3; i++)
                try (var control = keeper.control()) {
                    ProcessKey key = TestKeeper.newKey();
                    control.spawn(TestKeeper.shell(key, "sleep 0.1"));
                    try (var process = keeper.open(key, 0, 1)) {
                        process.await(FromKeeper.Exited.class);
                    }
                    control.say(new ToKeeper.Stopping());
                    control.ping();
                }
            assertThat(started).doesNotExist();
        }
    }

    @Test
    void nothingIsLeftOfManyProcesses() throws Exception {
        try (var keeper = new TestKeeper(data);
                var control = keeper.control()) {
            control.spawn(TestKeeper.shell(TestKeeper.newKey(), "exit"));
            spawnAndEnd(keeper, control);
            int before = descriptors();
            long childrenBefore = children();
            int threads = Thread.activeCount();
            for (int i = 0; i < MANY; i++) spawnAndEnd(keeper, control);

            assertThat(control.ping().heldBytes()).isZero();
            await().atMost(PATIENCE).until(() -> Thread.activeCount() <= threads + 1);
            await().atMost(PATIENCE).until(() -> descriptors() <= before);
            assertThat(children()).isLessThanOrEqualTo(childrenBefore);
        }
        assertThat(KeeperFiles.directory(data)).isEmptyDirectory();
    }

    private static void spawnAndEnd(TestKeeper keeper, TestPeer control) throws Exception {
        ProcessKey key = TestKeeper.newKey();
        control.spawn(TestKeeper.shell(key, "echo hi"));
        try (var process = keeper.open(key, 0, 1)) {
            process.await(FromKeeper.Exited.class);
            process.say(new ToKeeper.Forget());
            process.awaitEnd();
        }
    }

    private static int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }

    /** Of ours, zombies too. */
    private static long children() {
        return ProcessHandle.current().children().count();
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }
}
