package dev.wormhole.server.keeper.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.keeper.wire.ToKeeper;
import dev.wormhole.server.pty.ClientKey;
import dev.wormhole.server.pty.HeldProcess;
import dev.wormhole.server.pty.ProcessKey;
import dev.wormhole.server.pty.ProcessSpec;
import dev.wormhole.server.pty.Pty;
import dev.wormhole.server.pty.PtySpawnException;
import dev.wormhole.server.thread.ServerThreads;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** What the sessions can rely on, whatever their keepers and the connections to them do. */
@Timeout(120)
class KeepersTest {

    private static final String VERSION = "2";

    @TempDir private Path data;
    private final List<FakeKeeper> started = new CopyOnWriteArrayList<>();
    private final List<ProcessKey> due = new CopyOnWriteArrayList<>();
    private Keepers keepers;

    @BeforeEach
    void open() throws IOException {
        keepers = open(directory -> started.add(new FakeKeeper(directory, VERSION)));
    }

    private Keepers open(KeeperStarter starter) throws IOException {
        return Keepers.open(data, VERSION, starter, new ServerThreads(), due::add);
    }

    @AfterEach
    void close() throws IOException {
        keepers.close();
        for (FakeKeeper keeper : started) keeper.close();
    }

    @Test
    void outputIsHeardOnceAndInOrderOverConnectionsThatBreakAnywhere() throws Exception {
        byte[] output = random(1, 3 << 20);
        var random = new Random(2);
        own().connectionsLive(() -> 200 + random.nextInt(200_000));
        ProcessKey key = newKey();
        FakeProcess process = own().process(key);
        process.print(Arrays.copyOf(output, 1_000_000));
        process.resized(7, new TerminalSize(100, 30));
        process.print(Arrays.copyOfRange(output, 1_000_000, output.length));
        process.resized(8, new TerminalSize(90, 20));
        process.exit(3);

        var heard = Heard.from(0);
        heard.of(spawn(key, heard));

        assertThat(heard.awaitEnd()).isEqualTo("exit 3");
        assertThat(heard.bytes()).isEqualTo(output);
        assertThat(heard.sizes()).containsExactly("7:100×30@1000000", "8:90×20@" + output.length);
        assertThat(heard.broken()).isEmpty();
    }

    @Test
    void inputIsTypedOnceAndInOrderOverConnectionsThatBreakAnywhere() throws Exception {
        var random = new Random(3);
        own().connectionsLive(() -> 100 + random.nextInt(60_000));
        ProcessKey key = newKey();
        FakeProcess process = own().process(key);
        var heard = Heard.from(0);
        Pty pty = heard.of(spawn(key, heard));
        var client = new ClientKey(UUID.randomUUID());
        var typed = new ByteArrayOutputStream();
        long count = 0;

        for (int round = 0; round < 300; round++) {
            byte[] plain = random(round, 1 + random.nextInt(20_000));
            assertThat(pty.write(ByteString.copyOf(plain))).isTrue();
            typed.writeBytes(plain);
            byte[] numbered = random(-round, 1 + random.nextInt(2_000));
            pty.write(client, count, ByteString.copyOf(numbered));
            typed.writeBytes(numbered);
            count += numbered.length;
        }

        await().atMost(Heard.PATIENCE).until(() -> process.typed().length >= typed.size());
        assertThat(process.typed()).isEqualTo(typed.toByteArray());
        long all = count;
        await().atMost(Heard.PATIENCE).until(() -> heard.accepted(client) == all);
    }

    @Test
    void whatAClientTypesAgainIsNotTypedTwice() throws Exception {
        ProcessKey key = newKey();
        FakeProcess process = own().process(key);
        var heard = Heard.from(0);
        Pty pty = heard.of(spawn(key, heard));
        var client = new ClientKey(UUID.randomUUID());

        pty.write(client, 0, ByteString.utf8("make "));
        pty.write(client, 2, ByteString.utf8("ke all\n"));
        await().atMost(Heard.PATIENCE).until(() -> heard.accepted(client) == 9);

        assertThat(new String(process.typed(), StandardCharsets.US_ASCII)).isEqualTo("make all\n");
    }

    @Test
    void aClientWhoseBytesAreMissingIsToldHowFarItHasCome() throws Exception {
        ProcessKey key = newKey();
        FakeProcess process = own().process(key);
        var heard = Heard.from(0);
        Pty pty = heard.of(spawn(key, heard));
        var client = new ClientKey(UUID.randomUUID());

        pty.write(client, 0, ByteString.utf8("one"));
        pty.write(client, 5, ByteString.utf8("three"));
        await().atMost(Heard.PATIENCE).until(() -> heard.accepted(client) == 3);
        pty.write(client, 3, ByteString.utf8(" two"));
        await().atMost(Heard.PATIENCE).until(() -> heard.accepted(client) == 7);

        assertThat(new String(process.typed(), StandardCharsets.US_ASCII)).isEqualTo("one two");
    }

    @Test
    void inputThatNobodyNumbersOutlivesAKeeperThatForgetsItsCounts() throws Exception {
        ProcessKey key = newKey();
        FakeProcess process = own().process(key);
        var heard = Heard.from(0);
        Pty pty = heard.of(spawn(key, heard));

        pty.write(ByteString.utf8("before "));
        await().atMost(Heard.PATIENCE).until(() -> process.typed().length == 7);
        process.forgetsCounts();
        pty.write(ByteString.utf8("after "));
        pty.write(ByteString.utf8("it"));
        await().atMost(Heard.PATIENCE).until(() -> process.typed().length == 15);

        assertThat(new String(process.typed(), StandardCharsets.US_ASCII))
                .isEqualTo("before after it");
    }

    @Test
    void inputIsRefusedWhenTooMuchWaitsAndWhatWasTakenIsTypedLater() throws Exception {
        ProcessKey key = newKey();
        FakeProcess process = own().process(key);
        process.doesNotRead(true);
        var heard = Heard.from(0);
        Pty pty = heard.of(spawn(key, heard));
        var typed = new ByteArrayOutputStream();
        byte[] piece = random(5, 1 << 20);

        while (pty.write(ByteString.copyOf(piece))) typed.writeBytes(piece);
        assertThat(typed.size()).isEqualTo(8 << 20);
        process.doesNotRead(false);
        await().atMost(Heard.PATIENCE).until(() -> process.typed().length >= typed.size());

        assertThat(process.typed()).isEqualTo(typed.toByteArray());
        await().atMost(Heard.PATIENCE).until(() -> pty.write(ByteString.copyOf(piece)));
    }

    @Test
    void aListenerThatDoesNotHandleItsOutputStopsItsOwnProcessAlone() throws Exception {
        ProcessKey flood = newKey();
        ProcessKey echo = newKey();
        byte[] output = random(6, 4 << 20);
        own().process(flood).print(output);
        own().process(flood).exit(0);
        var slow = Heard.withoutHandling();
        var quick = Heard.from(0);
        slow.of(spawn(flood, slow));
        quick.of(spawn(echo, quick));

        await().atMost(Heard.PATIENCE).until(() -> slow.length() > ProcessLink.MAX_UNHANDLED);
        for (int i = 0; i < 20; i++) {
            String line = "line " + i + "\n";
            own().process(echo).print(line.getBytes(StandardCharsets.US_ASCII));
            quick.await(line);
        }
        assertThat(slow.length()).isLessThan(ProcessLink.MAX_UNHANDLED + (64 << 10));

        slow.handleAll();
        slow.awaitEnd();
        assertThat(slow.bytes()).isEqualTo(output);
    }

    @Test
    void aSpawnThatFailsSaysWhy() {
        CompletableFuture<Pty> process =
                keepers.spawn(newKey(), 0, 0, command("missing"), "label", "note", Heard.from(0));

        assertThatThrownBy(() -> process.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(PtySpawnException.class)
                .hasMessage("no such program: missing");
    }

    @Test
    void aProcessWhoseKeeperDiesIsLostBehindItsLastOutputAndTheNextStartsInANewOne()
            throws Exception {
        ProcessKey key = newKey();
        var heard = Heard.from(0);
        heard.of(spawn(key, heard));
        own().process(key).print("last words".getBytes(StandardCharsets.US_ASCII));
        heard.await("last words");

        own().close();
        assertThat(heard.awaitEnd()).isEqualTo("lost");
        var next = Heard.from(0);
        ProcessKey nextKey = newKey();
        next.of(spawn(nextKey, next));

        assertThat(started).hasSize(2);
        started.get(1).process(nextKey).print("alive".getBytes(StandardCharsets.US_ASCII));
        next.await("alive");
        assertThat(heard.text()).isEqualTo("last words");
        assertThat(heard.broken()).isEmpty();
    }

    @Test
    void aProcessAskedForWhileItsKeeperDiesIsStartedInANewOne() throws Exception {
        own().saysNothing();
        var heard = Heard.from(0);
        ProcessKey key = newKey();
        CompletableFuture<Pty> process =
                keepers.spawn(key, 0, 0, command("sh"), "label", "note", heard);
        await().atMost(Heard.PATIENCE).until(() -> own().heard().stream().anyMatch(isSpawn()));

        own().close();
        heard.of(process.get(60, TimeUnit.SECONDS));

        started.get(1).process(key).print("alive".getBytes(StandardCharsets.US_ASCII));
        heard.await("alive");
    }

    @Test
    void aQuestionIsAskedAgainWhenTheConnectionBreaksBeforeTheAnswer() throws Exception {
        own().saysNothing();
        var heard = Heard.from(0);
        CompletableFuture<Pty> process =
                keepers.spawn(newKey(), 0, 0, command("sh"), "label", "note", heard);
        await().atMost(Heard.PATIENCE).until(() -> own().heard().stream().anyMatch(isSpawn()));

        own().answers();
        own().breakConnections();

        heard.of(process.get(60, TimeUnit.SECONDS));
        assertThat(own().heard().stream().filter(isSpawn()).count()).isEqualTo(2);
        assertThat(own().heard()).noneMatch(ToKeeper.End.class::isInstance);
    }

    @Test
    void processesOfAnOlderKeeperGoOnInItAndNewOnesStartInTheOwn() throws Exception {
        keepers.close();
        ProcessKey mine = newKey();
        own().process(mine).print("0123456789".getBytes(StandardCharsets.US_ASCII));
        try (var older = new FakeKeeper(data, "1")) {
            ProcessKey old = newKey();
            older.process(old).print("abcdefghij".getBytes(StandardCharsets.US_ASCII));
            keepers = open(_ -> assertThat(started).as("one of our version runs").isEmpty());

            assertThat(keepers.list().get(60, TimeUnit.SECONDS))
                    .extracting(HeldProcess::key)
                    .containsExactlyInAnyOrder(mine, old);
            var oldHeard = Heard.from(3);
            oldHeard.of(keepers.adopt(old, 3, 0, "old", oldHeard).get(60, TimeUnit.SECONDS));
            var mineHeard = Heard.from(9);
            mineHeard.of(keepers.adopt(mine, 9, 0, "mine", mineHeard).get(60, TimeUnit.SECONDS));
            ProcessKey next = newKey();
            var nextHeard = Heard.from(0);
            nextHeard.of(spawn(next, nextHeard));

            oldHeard.await("defghij");
            mineHeard.await("9");
            assertThat(own().find(next)).isNotNull();
            assertThat(older.find(next)).isNull();
            assertThat(keepers.status().get(60, TimeUnit.SECONDS))
                    .extracting(KeeperStatus::version, KeeperStatus::own, KeeperStatus::processes)
                    .containsExactlyInAnyOrder(tuple("1", false, 1), tuple(VERSION, true, 2));
        }
    }

    @Test
    void anOlderKeeperIsLeftAloneWhenItsLastProcessIsForgotten() throws Exception {
        keepers.close();
        try (var older = new FakeKeeper(data, "1")) {
            ProcessKey old = newKey();
            older.process(old).exit(0);
            keepers = open(_ -> assertThat(started).as("one of our version runs").isEmpty());
            keepers.list().get(60, TimeUnit.SECONDS);
            var heard = Heard.from(0);
            Pty pty = heard.of(keepers.adopt(old, 0, 0, "old", heard).get(60, TimeUnit.SECONDS));
            heard.awaitEnd();
            assertThat(older.isAlone()).isFalse();

            pty.forget();

            await().atMost(Heard.PATIENCE).until(older::isAlone);
            assertThat(older.heard()).contains(new ToKeeper.Stopping());
            assertThat(keepers.status().get(60, TimeUnit.SECONDS)).hasSize(1);
        }
    }

    @Test
    void aProcessThatNoKeeperHoldsCannotBeAdopted() {
        CompletableFuture<Pty> process = keepers.adopt(newKey(), 0, 0, "gone", Heard.from(0));

        assertThatThrownBy(() -> process.get(60, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(PtySpawnException.class);
    }

    @Test
    void whatIsWishedOfAProcessIsSaidAgainAfterABrokenConnection() throws Exception {
        ProcessKey key = newKey();
        var heard = Heard.from(0);
        FakeProcess process = own().process(key);
        Pty pty = heard.of(spawn(key, heard));
        own().connectionsLive(() -> 60);
        own().breakConnections();

        pty.resize(4, new TerminalSize(120, 40));
        pty.confirm(0, 4);
        own().connectionsLive(() -> Integer.MAX_VALUE);

        await().atMost(Heard.PATIENCE).until(() -> heard.sizes().contains("4:120×40@0"));
        await().atMost(Heard.PATIENCE)
                .until(() -> process.told().contains(new ToKeeper.Confirm(0, 4)));
    }

    @Test
    void anEndThatWasStoredIsForgottenByTheKeeperAlsoOverABrokenConnection() throws Exception {
        ProcessKey key = newKey();
        var heard = Heard.from(0);
        own().process(key).exit(0);
        Pty pty = heard.of(spawn(key, heard));
        heard.awaitEnd();

        own().breakConnections();
        pty.forget();

        await().atMost(Heard.PATIENCE).until(() -> own().find(key) == null);
        assertThat(heard.broken()).isEmpty();
    }

    @Test
    void howToStartTheServerIsKnownToEveryKeeperAlsoToOneThatStartsLater() throws Exception {
        var words = new ToKeeper.Server(true, 1 << 20, "/", List.of("wormhole"), Map.of("A", "b"));

        keepers.server(words);
        await().atMost(Heard.PATIENCE).until(() -> own().heard().contains(words));
        own().close();
        var heard = Heard.from(0);
        heard.of(spawn(newKey(), heard));

        await().atMost(Heard.PATIENCE).until(() -> started.get(1).heard().contains(words));
        keepers.stopping().get(60, TimeUnit.SECONDS);
        assertThat(started.get(1).heard()).contains(new ToKeeper.Stopping());
    }

    @Test
    void shutdownEndsWhenTheKeeperIsGone() throws Exception {
        ProcessKey key = newKey();
        var heard = Heard.from(0);
        heard.of(spawn(key, heard));

        keepers.shutdown().get(60, TimeUnit.SECONDS);

        assertThat(heard.awaitEnd()).isEqualTo("lost");
        assertThat(own().files().endpoint()).doesNotExist();
    }

    @Test
    void whatADeadKeeperLeftIsRemovedWhenTheNextServerStarts() throws Exception {
        keepers.close();
        FakeKeeper dead = own();
        dead.close();
        assertThat(dead.files().endpoint()).exists();

        keepers = open(directory -> started.add(new FakeKeeper(directory, VERSION)));

        try (var left = Files.list(dead.files().directory())) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(dead.files().name()));
        }
    }

    @Test
    void aKeeperThatCannotBeStartedStopsTheStartWithItsReason() {
        assertThatThrownBy(
                        () ->
                                Keepers.open(
                                        data,
                                        "3",
                                        _ -> {
                                            throw new IOException("no such image");
                                        },
                                        new ServerThreads(),
                                        due::add))
                .isInstanceOf(IOException.class)
                .hasMessage("no such image");
    }

    @Test
    void idleProcessesCostNoThread() throws Exception {
        long before = threads();

        for (int i = 0; i < 50; i++) {
            var heard = Heard.from(0);
            heard.of(spawn(newKey(), heard));
        }

        // The JVM has some of its own that come when they are needed.
        assertThat(threads() - before).isLessThan(10);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("fake-"))
                .count();
    }

    private FakeKeeper own() {
        return started.getFirst();
    }

    private static Predicate<ToKeeper> isSpawn() {
        return ToKeeper.Spawn.class::isInstance;
    }

    private static ProcessKey newKey() {
        return new ProcessKey(SessionId.random(), 1);
    }

    private Pty spawn(ProcessKey key, Heard heard) throws Exception {
        return keepers.spawn(key, 0, 0, command("sh"), "label", "note", heard)
                .get(60, TimeUnit.SECONDS);
    }

    private static ProcessSpec command(String program) {
        return new ProcessSpec(
                List.of(program), Path.of("/"), Map.of("TERM", "dumb"), FakeProcess.SIZE);
    }

    private static byte[] random(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
