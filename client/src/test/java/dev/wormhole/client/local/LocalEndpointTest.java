package dev.wormhole.client.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wormhole.client.link.LinkException;
import dev.wormhole.client.link.LinkProblem;
import dev.wormhole.protocol.Endpoint;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

class LocalEndpointTest {

    @TempDir Path data;

    @BeforeEach
    void makeItPrivate() throws IOException {
        mode(data, "rwx------");
    }

    @Test
    void isTrustedOnlyWhileItsProcessHoldsTheLock() throws IOException {
        try (var server = LockingChild.holding(data.resolve(Endpoint.LOCK_NAME))) {
            write(server.pid(), "ws://127.0.0.1:5555/");

            assertThat(LocalEndpoint.read(data))
                    .isInstanceOfSatisfying(
                            LocalEndpoint.Trusted.class,
                            trusted -> assertThat(trusted.endpoint().token()).isEqualTo("secret"));

            write(server.pid() + 1, "ws://127.0.0.1:5555/");

            assertThat(LocalEndpoint.read(data)).isInstanceOf(LocalEndpoint.Untrusted.class);
        }
    }

    @Test
    void aFileLeftBehindByAKilledServerIsNotTrusted() throws IOException {
        long pid;
        try (var server = LockingChild.holding(data.resolve(Endpoint.LOCK_NAME))) {
            pid = server.pid();
        }
        write(pid, "ws://127.0.0.1:5555/");

        assertThat(reason()).contains("left over").doesNotContain("secret");
    }

    @Test
    void aFileThatOthersCanReadIsNotTrusted() throws IOException {
        write(1, "ws://127.0.0.1:5555/");
        mode(data.resolve(Endpoint.FILE_NAME), "rw-r-----");

        assertThat(reason()).contains("0640");
    }

    @Test
    void aDirectoryThatOthersCanWriteIsNotTrusted() throws IOException {
        write(1, "ws://127.0.0.1:5555/");
        mode(data, "rwxrwx---");

        assertThat(reason()).contains("chmod 700");
        assertThatThrownBy(() -> PrivateDirectory.ensure(data)).hasMessageContaining("chmod 700");
    }

    @Test
    void anAddressElsewhereIsNotTrusted() throws IOException {
        try (var server = LockingChild.holding(data.resolve(Endpoint.LOCK_NAME))) {
            write(server.pid(), "ws://192.0.2.7:5555/");

            assertThat(reason()).contains("this machine");
        }
    }

    @Test
    void aServerForOtherMachinesIsReachedOverLoopback() throws Exception {
        try (var server = LockingChild.holding(data.resolve(Endpoint.LOCK_NAME))) {
            write(server.pid(), "wss://0.0.0.0:5555/");

            var address = new LocalServer(data, false).resolve();

            assertThat(address.uri()).hasToString("wss://127.0.0.1:5555/");
            assertThat(address.trust()).isNotNull();
            write(server.pid(), "ws://0.0.0.0:5555/");
            assertThat(new LocalServer(data, false).resolve().uri())
                    .hasToString("ws://127.0.0.1:5555/");
            write(server.pid(), "wss://[0:0:0:0:0:0:0:0]:5555/");
            assertThat(new LocalServer(data, false).resolve().uri())
                    .hasToString("wss://[::1]:5555/");
        }
    }

    @Test
    void damagedContentAndLinksAreNotTrustedAndNoFileIsNoServer() throws IOException {
        assertThat(LocalEndpoint.read(data)).isInstanceOf(LocalEndpoint.Absent.class);

        Path file = data.resolve(Endpoint.FILE_NAME);
        Files.writeString(file, "{");
        mode(file, "rw-------");
        assertThat(reason()).contains("damaged");

        Files.move(file, data.resolve("elsewhere"));
        Files.createSymbolicLink(file, data.resolve("elsewhere"));
        assertThat(reason()).contains("plain file");
    }

    @Test
    void whatAMachineCrashLeftIsNotTrustedAtWhateverByteItEnds() throws Exception {
        try (var server = LockingChild.holding(data.resolve(Endpoint.LOCK_NAME))) {
            write(server.pid(), "ws://127.0.0.1:5555/");
            Path file = data.resolve(Endpoint.FILE_NAME);
            byte[] whole = Files.readAllBytes(file);
            for (int length = 0; length < whole.length; length++) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertThat(reason()).contains("damaged").doesNotContain("secret");
                // Some file systems keep the length.
                Files.write(file, Arrays.copyOf(Arrays.copyOf(whole, length), whole.length));
                assertThat(reason()).contains("damaged").doesNotContain("secret");
            }
            Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
            assertThat(reason()).contains("damaged");
        }
    }

    @Test
    void aDamagedFileIsWhyNoServerIsFoundAndCountsAsACrash() throws Exception {
        write(1, "ws://127.0.0.1:5555/");
        Files.write(data.resolve(Endpoint.FILE_NAME), new byte[0]);

        assertThatThrownBy(() -> new LocalServer(data, false).resolve())
                .hasMessageContaining("no server runs for " + data)
                .hasMessageContaining("damaged");
        // It is tried to start one: this test's class path holds none.
        assertThatThrownBy(
                        () ->
                                new LocalServer(data, LocalServer.Start.AFTER_A_CRASH, Map.of())
                                        .resolve())
                .hasMessageContaining("did not start");
    }

    @Test
    void theLocalServerIsAtTheAddressOfTheTrustedFile() throws Exception {
        try (var server = LockingChild.holding(data.resolve(Endpoint.LOCK_NAME))) {
            write(server.pid(), "ws://127.0.0.1:5555/");

            var address = new LocalServer(data, false).resolve();

            assertThat(address.uri().toString()).isEqualTo("ws://127.0.0.1:5555/");
            assertThat(address.token()).isEqualTo("secret");
            assertThat(address.toString()).doesNotContain("secret");
        }
    }

    @Test
    void withoutAServerAndWithoutLeaveToStartOneThatIsTheProblem() {
        assertThatThrownBy(() -> new LocalServer(data, false).resolve())
                .isInstanceOfSatisfying(
                        LinkException.class,
                        e -> {
                            assertThat(e.problem().kind()).isEqualTo(LinkProblem.Kind.LOCAL_SERVER);
                            assertThat(e.problem().message())
                                    .contains("no server runs for " + data);
                        });
    }

    @Test
    void aServerThatStoppedInOrderIsNotStartedAgainByAViewer() {
        var afterCrash = new LocalServer(data, LocalServer.Start.AFTER_A_CRASH, Map.of());

        assertThatThrownBy(afterCrash::resolve).hasMessageContaining("no server runs");
    }

    @Test
    void aServerThatDoesNotStartIsReportedInItsOwnWordsAndLeavesNoFile() throws IOException {
        Path fresh = data.resolve("new");

        // This test's class path holds no server: the JVM itself says so.
        assertThatThrownBy(() -> new LocalServer(fresh, true).resolve())
                .hasMessageContaining("did not start (exit status 1)")
                .hasMessageContaining("dev.wormhole.server.Main");
        try (var files = Files.list(fresh)) {
            assertThat(files).isEmpty();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
                .isEqualTo("rwx------");
    }

    @Test
    void stopAsksTheHolderOfTheLockAndReturnsWhenItIsFree() throws Exception {
        try (var server = LockingChild.holding(data.resolve(Endpoint.LOCK_NAME))) {
            var outcome = ServerStop.stop(data, Duration.ofSeconds(20));

            assertThat(outcome).isEqualTo(new ServerStop.Outcome.Ended(server.pid()));
            assertThat(new ServerLock(data).isHeld()).isFalse();
        }
        assertThat(ServerStop.stop(data, Duration.ofSeconds(20)))
                .isInstanceOf(ServerStop.Outcome.NotRunning.class);
    }

    private String reason() {
        return LocalEndpoint.read(data) instanceof LocalEndpoint.Untrusted(String reason)
                ? reason
                : "";
    }

    private void write(long pid, String url) throws IOException {
        Path file = data.resolve(Endpoint.FILE_NAME);
        Files.writeString(file, new Endpoint(url, "secret", pid, 1, "0.1").toJson());
        mode(file, "rw-------");
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
