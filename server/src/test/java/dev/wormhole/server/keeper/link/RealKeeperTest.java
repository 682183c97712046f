package dev.wormhole.server.keeper.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.keeper.process.Keeper;
import dev.wormhole.server.keeper.process.KeeperLimits;
import dev.wormhole.server.keeper.process.KeeperOptions;
import dev.wormhole.server.keeper.process.KeeperPauses;
import dev.wormhole.server.keeper.wire.KeeperEndpoint;
import dev.wormhole.server.keeper.wire.KeeperFiles;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.pty.ProcessSpec;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.pty.PtySpawnException;
import dev.wormhole.server.thread.ServerThreads;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Real shells in real keepers, seen from the server. */
@Timeout(120)
class RealKeeperTest {

    private static final String VERSION = "2";

    @TempDir private Path data;
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) each.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aShellTakesInputAndPrintsAndEnds(boolean loopback) throws Exception {
        Keepers keepers = keepers(starter(VERSION, loopback));
        var heard = Heard.from(0);
        Pty pty = shell(keepers, newKey(), "read word; echo \"<$word>\"; exit 7", heard);

        pty.write(ByteString.utf8("wormhole\n"));

        assertThat(heard.awaitEnd()).isEqualTo("exit 7");
        assertThat(heard.text()).contains("<wormhole>");
        assertThat(heard.broken()).isEmpty();
    }

    @Test
    void linesComeOnceAndInOrderOverConnectionsThatBreakAnywhere() throws Exception {
        var random = new Random(4);
        // Longer than a frame, mostly: what is cut off is sent again from its first byte.
        CuttingProxy proxy = keeperBehindProxy(() -> 500 + random.nextInt(300_000));
        Keepers keepers = keepers(_ -> {});
        var heard = Heard.from(0);

        shell(keepers, newKey(), "seq 1 300000", heard);

        assertThat(heard.awaitEnd()).isEqualTo("exit 0");
        assertThat(heard.text()).isEqualTo(lines(1, 300_000));
        assertThat(heard.broken()).isEmpty();
        assertThat(proxy.cuts()).isGreaterThan(5);
    }

    @Test
    void everyByteIsTypedOnceAndInOrderOverConnectionsThatBreakAnywhere() throws Exception {
        var random = new Random(5);
        CuttingProxy proxy = keeperBehindProxy(() -> 500 + random.nextInt(20_000));
        Keepers keepers = keepers(_ -> {});
        var heard = Heard.from(0);
        int total = 300_000;
        Pty pty =
                shell(
                        keepers,
                        newKey(),
                        "stty raw -echo; echo go; head -c " + total + " | cksum",
                        heard);
        heard.await("go");
        var typed = new ByteArrayOutputStream();
        var client = new ClientKey(UUID.randomUUID());
        long count = 0;

        while (typed.size() < total) {
            byte[] piece = new byte[Math.min(total - typed.size(), 1 + random.nextInt(5_000))];
            random.nextBytes(piece);
            typed.writeBytes(piece);
            if (random.nextBoolean()) {
                assertThat(pty.write(ByteString.copyOf(piece))).isTrue();
            } else {
                // As its client would, it waits for what it has given to be taken.
                long before = count;
                await().atMost(Heard.PATIENCE)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> heard.accepted(client) >= before - (128 << 10));
                pty.write(client, count, ByteString.copyOf(piece));
                count += piece.length;
            }
        }

        assertThat(heard.awaitEnd()).isEqualTo("exit 0");
        assertThat(heard.text()).contains(cksum(typed.toByteArray()) + " " + total);
        assertThat(proxy.cuts()).isGreaterThan(5);
    }

    @Test
    void aProgramThatDoesNotReadIsTypedEverythingLater() throws Exception {
        Keepers keepers = keepers(starter(VERSION, false));
        var heard = Heard.from(0);
        int total = 12 << 20;
        Pty pty =
                shell(
                        keepers,
                        newKey(),
                        "stty raw -echo; echo go; while [ ! -e read ]; do sleep 0.1; done;"
                                + " head -c "
                                + total
                                + " | cksum",
                        heard);
        heard.await("go");
        byte[] piece = new byte[1 << 20];
        new Random(6).nextBytes(piece);
        var typed = new ByteArrayOutputStream();

        while (typed.size() < total && pty.write(ByteString.copyOf(piece))) typed.writeBytes(piece);
        Files.createFile(data.resolve("read"));
        while (typed.size() < total) {
            await().atMost(Heard.PATIENCE).until(() -> pty.write(ByteString.copyOf(piece)));
            typed.writeBytes(piece);
        }

        assertThat(heard.awaitEnd()).isEqualTo("exit 0");
        assertThat(heard.text()).contains(cksum(typed.toByteArray()) + " " + total);
    }

    @Test
    void aFloodThatNobodyHandlesStopsNobodyElse() throws Exception {
        Keepers keepers = keepers(starter(VERSION, false));
        var flood = Heard.withoutHandling();
        var echo = Heard.from(0);
        shell(keepers, newKey(), "seq 1 200000", flood);
        Pty pty = shell(keepers, newKey(), "while read line; do echo \"<$line>\"; done", echo);
        await().atMost(Heard.PATIENCE).until(() -> flood.length() > ProcessLink.MAX_UNHANDLED);

        for (int i = 0; i < 10; i++) {
            pty.write(ByteString.utf8("line " + i + "\n"));
            echo.await("<line " + i + ">");
        }
        assertThat(flood.end()).isNull();
        flood.handleAll();

        assertThat(flood.awaitEnd()).isEqualTo("exit 0");
        assertThat(flood.text()).isEqualTo(lines(1, 200_000));
    }

    @Test
    void aNewSizeIsSeenByTheProgramAndStandsInItsOutput() throws Exception {
        Keepers keepers = keepers(starter(VERSION, false));
        var heard = Heard.from(0);
        Pty pty =
                shell(
                        keepers,
                        newKey(),
                        "trap 'stty size; exit 0' WINCH; echo go; while :; do sleep 0.1; done",
                        heard);
        heard.await("go");

        pty.resize(3, new TerminalSize(101, 31));

        assertThat(heard.awaitEnd()).isEqualTo("exit 0");
        assertThat(heard.text()).contains("31 101");
        assertThat(heard.sizes()).containsExactly("3:101×31@4");
    }

    @Test
    void aSpawnThatFailsNamesWhatIsMissing() throws Exception {
        Keepers keepers = keepers(starter(VERSION, false));
        CompletableFuture<Pty> process =
                keepers.spawn(
                        newKey(), 0, 0, spec("/nowhere/at-all"), "label", "note", Heard.from(0));

        assertThatThrownBy(() -> process.get(60, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(PtySpawnException.class)
                .hasMessageContaining("/nowhere/at-all");
    }

    @Test
    void aServerThatComesBackHearsWhatWasPrintedMeanwhileAndNothingTwice() throws Exception {
        KeeperStarter starter = starter(VERSION, false);
        ProcessKey key = newKey();
        var first = Heard.from(0);
        Keepers before = keepers(starter);
        Pty pty =
                shell(
                        before,
                        key,
                        "stty -echo; seq 1 10000; read go; seq 10001 20000; exit 5",
                        first);
        first.await("10000\r\n");
        int reached = first.length();
        pty.write(ByteString.utf8("\n"));
        before.close();

        Keepers after = keepers(starter);
        assertThat(after.list().get(60, TimeUnit.SECONDS))
                .extracting(HeldProcess::key, HeldProcess::note)
                .containsExactly(tuple(key, "note"));
        var second = Heard.from(reached);
        Pty adopted =
                second.of(after.adopt(key, reached, 0, "again", second).get(60, TimeUnit.SECONDS));

        assertThat(second.awaitEnd()).isEqualTo("exit 5");
        assertThat(first.text() + second.text()).isEqualTo(lines(1, 20_000));
        assertThat(second.broken()).isEmpty();
        adopted.forget();
        await().atMost(Heard.PATIENCE)
                .until(() -> after.list().get(60, TimeUnit.SECONDS).isEmpty());
    }

    @Test
    void aProcessThatIsEndedIsGoneWhenThatIsSaid() throws Exception {
        Keepers keepers = keepers(starter(VERSION, false));
        ProcessKey key = newKey();
        Pty pty = shell(keepers, key, "trap '' HUP; echo go; sleep 1000", Heard.from(0));

        keepers.end(key).get(60, TimeUnit.SECONDS);
        keepers.end(newKey()).get(60, TimeUnit.SECONDS);

        assertThat(ProcessHandle.of(pty.pid())).isEmpty();
        assertThat(keepers.list().get(60, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void theForegroundDirectoryFollowsTheShell() throws Exception {
        Keepers keepers = keepers(starter(VERSION, false));
        var heard = Heard.from(0);
        Pty pty = shell(keepers, newKey(), "cd /usr; echo go; read end", heard);
        heard.await("go");

        assertThat(pty.foregroundDirectory()).isEqualTo("/usr");
        pty.hangUp();

        await().atMost(Heard.PATIENCE).until(() -> ProcessHandle.of(pty.pid()).isEmpty());
        assertThat(pty.foregroundDirectory()).isNull();
    }

    @Test
    void shutdownEndsProcessesAndKeepers() throws Exception {
        Keepers keepers = keepers(starter(VERSION, false));
        var heard = Heard.from(0);
        Pty pty = shell(keepers, newKey(), "echo go; read end", heard);
        heard.await("go");

        keepers.shutdown().get(60, TimeUnit.SECONDS);

        assertThat(ProcessHandle.of(pty.pid())).isEmpty();
        assertThat(KeeperFiles.find(data)).isEmpty();
    }

    @Test
    void theProcessesOfAKeeperThatIsKilledAreLostAndTheNextStartsInANewOne() throws Exception {
        var jvms = new CopyOnWriteArrayList<KeeperJvm>();
        Keepers keepers =
                keepers(
                        directory -> {
                            var jvm = new KeeperJvm(directory, VERSION);
                            open.add(jvm);
                            jvms.add(jvm);
                        });
        var heard = Heard.from(0);
        Pty pty = shell(keepers, newKey(), "echo last words; read end", heard);
        heard.await("last words\r\n");

        jvms.getFirst().kill();
        assertThat(heard.awaitEnd()).isEqualTo("lost");
        var next = Heard.from(0);
        shell(keepers, newKey(), "echo alive", next);

        assertThat(next.awaitEnd()).isEqualTo("exit 0");
        assertThat(next.text()).isEqualTo("alive\r\n");
        assertThat(heard.text()).isEqualTo("last words\r\n");
        await().atMost(Heard.PATIENCE).until(() -> ProcessHandle.of(pty.pid()).isEmpty());
        assertThat(keepers.status().get(60, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void aProcessThatMustNotBeStoredWaitsForAServerWhileOthersGoOnOnTheDisk() throws Exception {
        int ring = 256 << 10;
        var little = new KeeperLimits(ring, 8 << 20, 64 << 10, 8 << 20, 64 << 10);
        Keepers before = keepers(_ -> start(VERSION, false, little));
        before.server(new ToKeeper.Server(false, 64 << 20, "/", List.of(), Map.of()));
        ProcessKey secret = newKey();
        ProcessKey plain = newKey();
        for (ProcessKey key : List.of(secret, plain)) {
            String script =
                    "while [ ! -e go ]; do sleep 0.02; done; seq 1 200000; : > done-"
                            + key.session();
            ProcessSpec spec = spec("/bin/sh", "-c", script);
            if (key.equals(secret))
                spec = new ProcessSpec(spec.command(), spec.cwd(), spec.env(), spec.size(), true);
            before.spawn(key, 0, 0, spec, "label", "note", Heard.from(0)).get(60, TimeUnit.SECONDS);
        }
        before.close();
        Files.createFile(data.resolve("go"));

        await().atMost(Heard.PATIENCE)
                .until(() -> Files.exists(data.resolve("done-" + plain.session())));

        assertThat(data.resolve("done-" + secret.session())).doesNotExist();
        Keepers after = keepers(_ -> {});
        assertThat(after.status().get(60, TimeUnit.SECONDS).getFirst().spilledBytes()).isPositive();
        HeldProcess waiting =
                after.list().get(60, TimeUnit.SECONDS).stream()
                        .filter(held -> held.key().equals(secret))
                        .findFirst()
                        .orElseThrow();
        assertThat(waiting.ended()).isFalse();
        assertThat(waiting.first()).isZero();
        assertThat(waiting.end()).isLessThanOrEqualTo(ring);
        for (ProcessKey key : List.of(secret, plain)) {
            var heard = Heard.from(0);
            Pty pty = heard.of(after.adopt(key, 0, 0, "label", heard).get(60, TimeUnit.SECONDS));
            await().atMost(Heard.PATIENCE)
                    .until(
                            () -> {
                                pty.confirm(heard.length(), 0);
                                return heard.end() != null;
                            });
            assertThat(heard.end()).isEqualTo("exit 0");
            assertThat(heard.text()).isEqualTo(lines(1, 200_000));
        }
    }

    private Keepers keepers(KeeperStarter starter) throws IOException {
        Keepers keepers = Keepers.open(data, VERSION, starter, new ServerThreads(), _ -> {});
        open.add(keepers);
        return keepers;
    }

    /** Starts a keeper on a thread of this JVM. */
    private KeeperStarter starter(String version, boolean loopback) {
        return directory -> start(version, loopback);
    }

    private KeeperFiles start(String version, boolean loopback) throws IOException {
        return start(version, loopback, KeeperLimits.STANDARD);
    }

    private KeeperFiles start(String version, boolean loopback, KeeperLimits limits)
            throws IOException {
        KeeperFiles files = KeeperFiles.random(data);
        Keeper keeper =
                Keeper.open(
                        new KeeperOptions(
                                data, files, version, loopback, limits, KeeperPauses.STANDARD));
        Thread thread =
                new ServerThreads()
                        .platform(
                                "test-keeper",
                                () -> {
                                    try {
                                        keeper.run();
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                });
        open.add(
                () -> {
                    keeper.close();
                    thread.join();
                });
        return files;
    }

    /** A keeper whose file leads to a proxy. */
    private CuttingProxy keeperBehindProxy(IntSupplier life) throws IOException {
        KeeperFiles files = start(VERSION, false);
        Path front = files.directory().resolve("proxy.sock");
        var proxy = new CuttingProxy(front, files.socket(), life);
        open.add(proxy);
        KeeperEndpoint endpoint = files.read().orElseThrow();
        files.write(
                new KeeperEndpoint(
                        endpoint.version(),
                        endpoint.protocol(),
                        endpoint.pid(),
                        new KeeperEndpoint.UnixDoor(front)));
        return proxy;
    }

    private Pty shell(Keepers keepers, ProcessKey key, String script, Heard heard)
            throws Exception {
        return heard.of(
                keepers.spawn(key, 0, 0, spec("/bin/sh", "-c", script), "label", "note", heard)
                        .get(60, TimeUnit.SECONDS));
    }

    private ProcessSpec spec(String... command) {
        return new ProcessSpec(
                List.of(command),
                data,
                Map.of("PATH", "/usr/bin:/bin", "TERM", "dumb"),
                new TerminalSize(80, 24));
    }

    private static ProcessKey newKey() {
        return new ProcessKey(SessionId.random(), 1);
    }

    private static String lines(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(line -> line + "\r\n")
                .collect(Collectors.joining());
    }

    /** As POSIX defines it for cksum(1). */
    private static long cksum(byte[] bytes) {
        int crc = 0;
        for (byte next : bytes) crc = cksum(crc, next);
        for (int length = bytes.length; length != 0; length >>>= 8) crc = cksum(crc, length);
        return Integer.toUnsignedLong(~crc);
    }

    private static int cksum(int crc, int next) {
        int result = crc ^ (next << 24);
        for (int bit = 0; bit < 8; bit++)
            result = result < 0 ? (result << 1) ^ 0x04C11DB7 : result << 1;
        return result;
    }
}
