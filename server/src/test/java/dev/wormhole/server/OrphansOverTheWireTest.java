package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.KeeperEntry;
import dev.wormhole.protocol.OrphanEntry;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.testkit.KeeperProcesses;
import dev.wormhole.server.testkit.ServerJvm;
import dev.wormhole.server.testkit.StoreFiles;
import dev.wormhole.server.testkit.TestClient;
import dev.wormhole.server.testkit.TestKeepers;
import dev.wormhole.server.testkit.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Feature {@code keepers}: processes whose sessions the store has lost, over the real wire. */
class OrphansOverTheWireTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    /** Hears of no hang-up. */
    private static final String DEAF = "trap '' HUP; echo ready; while :; do sleep 0.1; done";

    @TempDir Path temporary;

    private Path directory;
    private TestKeepers keepers;

    @BeforeEach
    void start() throws IOException {
        directory = Files.createDirectory(temporary.resolve("data"));
        keepers = new TestKeepers(WormholeServer.VERSION);
    }

    @AfterEach
    void stop() throws IOException {
        keepers.close();
        KeeperProcesses.end(directory);
    }

    /** A client of a server that knows none of the sessions before it. */
    private static TestClient connected(TestServer server) {
        TestClient client = server.connect();
        client.hello(Feature.KEEPERS, Feature.RECOVERY);
        return client;
    }

    private static ClientMessage.Create command(String name, String script) {
        return new ClientMessage.Create(
                SIZE, name, "/usr", List.of("/bin/sh", "-c", script), Map.of(), null);
    }

    private static ClientMessage.Attach attach(SessionId id) {
        return new ClientMessage.Attach(id, SIZE, null, null, false, RespawnMode.NEVER);
    }

    /** Starts a program on a server whose store is lost once it says "ready"; it goes on. */
    private ServerMessage.Created orphan(String name, String script) throws IOException {
        ServerMessage.Created created;
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = server.connect()) {
            created = client.create(command(name, script));
            client.awaitText(created.channel(), "ready");
        }
        StoreFiles.lose(directory);
        return created;
    }

    private static ServerMessage.Keepers look(TestClient client) {
        return (ServerMessage.Keepers) client.ask(new ClientMessage.KeepersRequest());
    }

    private static OrphanEntry onlyOrphan(TestClient client) {
        List<OrphanEntry> orphans = look(client).orphans();
        assertThat(orphans).hasSize(1);
        return orphans.getFirst();
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void aProcessWhoseSessionIsLostIsShownWithWhatItsKeeperWasTold() throws Exception {
        ServerMessage.Created lost = orphan("mine", "echo ready; exec sleep 1000");
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = connected(server)) {
            assertThat(client.list()).isEmpty();

            ServerMessage.Keepers told = look(client);

            var report = (ServerMessage.Recovery) client.ask(new ClientMessage.RecoveryRequest());
            assertThat(report.lost())
                    .singleElement()
                    .satisfies(
                            line -> {
                                assertThat(line.sessionId()).isEqualTo(lost.sessionId());
                                assertThat(line.name()).isEqualTo("mine");
                                assertThat(line.reason()).contains("wormhole orphans");
                            });
            assertThat(told.keepers())
                    .singleElement()
                    .satisfies(
                            keeper -> {
                                assertThat(keeper.own()).isTrue();
                                assertThat(keeper.version()).isEqualTo(WormholeServer.VERSION);
                                assertThat(keeper.processes()).isEqualTo(1);
                                assertThat(keeper.residentBytes()).isPositive();
                                assertThat(keeper.problem()).isNull();
                            });
            assertThat(told.orphans())
                    .singleElement()
                    .satisfies(
                            orphan -> {
                                assertThat(orphan.sessionId()).isEqualTo(lost.sessionId());
                                assertThat(orphan.generation()).isEqualTo(1);
                                assertThat(isAlive(orphan.pid())).isTrue();
                                assertThat(orphan.ended()).isFalse();
                                assertThat(orphan.name()).isEqualTo("mine");
                                assertThat(orphan.cwd()).isEqualTo("/usr");
                                assertThat(orphan.createdAt()).isPositive();
                                assertThat(orphan.command())
                                        .containsExactly(
                                                "/bin/sh", "-c", "echo ready; exec sleep 1000");
                            });
        }
    }

    @Test
    void anOrphanThatIsAdoptedIsASessionAgainWithWhatItPrintedMeanwhile() throws Exception {
        Path go = temporary.resolve("go");
        Path went = temporary.resolve("went");
        SessionId id =
                orphan(
                                "mine",
                                "echo ready; while [ ! -e '%s' ]; do sleep 0.02; done;"
                                                .formatted(go)
                                        + " echo printed-meanwhile; : > '%s'; exec cat"
                                                .formatted(went))
                        .sessionId();
        Files.createFile(go);
        await().atMost(TestClient.PATIENCE).until(() -> Files.exists(went));
        long pid;
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = connected(server);
                TestClient other = server.connect()) {
            pid = onlyOrphan(client).pid();
            other.fence();

            assertThat(client.ask(new ClientMessage.OrphanAdopt(id, 1)))
                    .isEqualTo(new ServerMessage.OrphanAdopted(id, 1));

            SessionEntry told = other.hear(ServerMessage.Changed.class).session();
            assertThat(told.id()).isEqualTo(id);
            assertThat(look(client).orphans()).isEmpty();
            client.foldScreens();
            int channel = client.attach(attach(id)).channel();
            client.awaitDrawn(channel, "printed-meanwhile");
            client.type(channel, "typed-to-it\r");
            client.awaitDrawn(channel, "typed-to-it\ntyped-to-it");
            SessionEntry entry = client.entry(id);
            assertThat(entry.name()).isEqualTo("mine");
            assertThat(entry.pid()).isEqualTo(pid);
            assertThat(entry.isExited()).isFalse();
        }
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = connected(server)) {
            assertThat(client.entry(id).pid()).as("the store has it again").isEqualTo(pid);
            assertThat(look(client).orphans()).isEmpty();
            client.foldScreens();
            client.awaitDrawn(client.attach(attach(id)).channel(), "printed-meanwhile");
        }
    }

    @Test
    void anOrphanThatHasEndedTellsHowWhenItIsAdopted() throws Exception {
        Path go = temporary.resolve("go");
        SessionId id =
                orphan(
                                null,
                                "echo ready; while [ ! -e '%s' ]; do sleep 0.02; done; exit 7"
                                        .formatted(go))
                        .sessionId();
        Files.createFile(go);
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = connected(server)) {
            await().atMost(TestClient.PATIENCE).until(() -> onlyOrphan(client).ended());

            client.ask(new ClientMessage.OrphanAdopt(id, 1));

            await().atMost(TestClient.PATIENCE).until(() -> client.entry(id).isExited());
            assertThat(client.entry(id).exitCode()).isEqualTo(7);
            // Its exit is stored, and nobody has to keep it.
            await().atMost(TestClient.PATIENCE)
                    .until(() -> look(client).keepers().getFirst().processes() == 0);
        }
    }

    @Test
    void anOrphanThatIsEndedIsGoneWhenThatIsAnswered() throws Exception {
        SessionId id = orphan(null, DEAF).sessionId();
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = connected(server)) {
            long pid = onlyOrphan(client).pid();

            ServerMessage answer = client.ask(new ClientMessage.OrphanEnd(id, 1));

            assertThat(answer).isEqualTo(new ServerMessage.OrphanEnded(id, 1));
            assertThat(isAlive(pid)).isFalse();
            assertThat(look(client).orphans()).isEmpty();
            assertThat(client.ask(new ClientMessage.OrphanEnd(id, 1)))
                    .as("it is gone already")
                    .isEqualTo(new ServerMessage.OrphanEnded(id, 1));
            assertThat(client.list()).isEmpty();
        }
    }

    @Test
    void whileAnOrphanEndsItIsNoneAnyMoreAndWhoeverAsksAgainWaitsForItsEnd() throws Exception {
        SessionId id = orphan(null, DEAF).sessionId();
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = connected(server)) {
            long pid = onlyOrphan(client).pid();

            String first = client.send(new ClientMessage.OrphanEnd(id, 1));
            assertThat(look(client).orphans()).isEmpty();
            ServerMessage adopted = client.ask(new ClientMessage.OrphanAdopt(id, 1));
            client.ask(new ClientMessage.OrphanEnd(id, 1));

            assertThat(isAlive(pid)).isFalse();
            assertThat(adopted).isInstanceOf(ServerMessage.Failure.class);
            client.answerTo(first);
        }
    }

    @Test
    void aProcessOfADestroyedSessionIsNoOrphanWhileItEnds() throws Exception {
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = connected(server)) {
            ServerMessage.Created deaf = client.create(command(null, DEAF));
            client.awaitText(deaf.channel(), "ready");
            long pid = client.entry(deaf.sessionId()).pid();

            client.ask(new ClientMessage.Destroy(deaf.sessionId()));

            while (isAlive(pid)) assertThat(look(client).orphans()).isEmpty();
            assertThat(look(client).orphans()).isEmpty();
        }
    }

    @Test
    void wrongRequestsAreRefusedAndHarmNobody() throws Exception {
        SessionId unknown = SessionId.random();
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = connected(server)) {
            ServerMessage.Created own = client.create(command(null, "exec cat"));

            assertThat(refusal(client, new ClientMessage.OrphanAdopt(unknown, 1)))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(client.ask(new ClientMessage.OrphanEnd(unknown, 1)))
                    .isEqualTo(new ServerMessage.OrphanEnded(unknown, 1));
            assertThat(refusal(client, new ClientMessage.OrphanEnd(own.sessionId(), 1)))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(refusal(client, new ClientMessage.OrphanAdopt(own.sessionId(), 1)))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(refusal(client, new ClientMessage.OrphanAdopt(own.sessionId(), 2)))
                    .as("a generation that nobody started")
                    .isEqualTo(ErrorCode.BAD_REQUEST);
            client.sendControl("{\"type\":\"orphan_end\",\"ref\":\"x\",\"sessionId\":\"x\"}");
            assertThat(client.answerTo("x"))
                    .isInstanceOfSatisfying(
                            ServerMessage.Failure.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_REQUEST));

            client.type(own.channel(), "it-lives\r");
            client.awaitText(own.channel(), "it-lives\r\nit-lives\r\n");
        }
    }

    private static ErrorCode refusal(TestClient client, ClientMessage request) {
        return ((ServerMessage.Failure) client.ask(request)).code();
    }

    @Test
    void withoutTheFeatureNothingIsToldAndNothingIsDone() throws Exception {
        SessionId id = orphan(null, "echo ready; exec cat").sessionId();
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient plain = server.connect();
                TestClient client = connected(server)) {
            plain.hello();

            assertThat(refusal(plain, new ClientMessage.KeepersRequest()))
                    .isEqualTo(ErrorCode.UNSUPPORTED);
            assertThat(refusal(plain, new ClientMessage.OrphanEnd(id, 1)))
                    .isEqualTo(ErrorCode.UNSUPPORTED);
            assertThat(refusal(plain, new ClientMessage.OrphanAdopt(id, 1)))
                    .isEqualTo(ErrorCode.UNSUPPORTED);

            assertThat(isAlive(onlyOrphan(client).pid())).isTrue();
            assertThat(client.list()).isEmpty();
        }
    }

    @Test
    void aKeeperProcessGivesItsOrphansToTheNextServerToo() throws Exception {
        ServerMessage.Created kept;
        ServerMessage.Created unwanted;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            kept = client.create(command("kept", "exec cat"));
            unwanted = client.create(command("unwanted", "exec cat"));
            server.kill();
        }
        StoreFiles.lose(directory);
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            client.hello(Feature.KEEPERS);
            ServerMessage.Keepers told = look(client);
            assertThat(told.keepers())
                    .extracting(KeeperEntry::pid)
                    .containsExactly(KeeperProcesses.all(directory).getFirst().pid());
            assertThat(told.orphans())
                    .extracting(OrphanEntry::name)
                    .containsExactlyInAnyOrder("kept", "unwanted");

            client.ask(new ClientMessage.OrphanEnd(unwanted.sessionId(), 1));
            client.ask(new ClientMessage.OrphanAdopt(kept.sessionId(), 1));

            assertThat(look(client).orphans()).isEmpty();
            assertThat(look(client).keepers().getFirst().processes()).isEqualTo(1);
            int channel = client.attach(attach(kept.sessionId())).channel();
            client.type(channel, "typed-to-it\r");
            client.awaitText(channel, "typed-to-it\r\ntyped-to-it\r\n");
        }
    }

    @Test
    void anAdoptedOrphanTakesTheSizeOfItsViewers() throws Exception {
        SessionId id;
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = server.connect()) {
            ServerMessage.Created created = client.create(command(null, "echo ready; exec sh"));
            id = created.sessionId();
            client.awaitText(created.channel(), "ready");
            client.send(new ClientMessage.Resize(id, new TerminalSize(91, 31)));
            client.hear(ServerMessage.Size.class);
        }
        StoreFiles.lose(directory);
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = connected(server)) {
            client.ask(new ClientMessage.OrphanAdopt(id, 1));
            assertThat(client.entry(id).size()).isEqualTo(new TerminalSize(91, 31));

            ServerMessage.Created attached = client.attach(attach(id));

            assertThat(attached.size()).isEqualTo(SIZE);
            client.type(attached.channel(), "stty size\r");
            client.awaitText(attached.channel(), "24 80");
        }
    }

    /** A session whose second shell a keeper holds, and whose store knows the first one only. */
    private SessionId storedTooEarly() throws Exception {
        Path copy = Files.createDirectory(temporary.resolve("copy"));
        SessionId id;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            ServerMessage.Created created = client.create();
            id = created.sessionId();
            client.type(created.channel(), "echo first-$((6*7))\r");
            client.awaitText(created.channel(), "first-42\r\n$ ");
            client.hello(Feature.KEEPERS);
            // What is stored its keeper need not hold.
            await().atMost(TestClient.PATIENCE)
                    .until(() -> look(client).keepers().getFirst().heldBytes() == 0);
            server.kill();
        }
        StoreFiles.copy(directory, copy);
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            int channel = client.attach(attach(id)).channel();
            client.type(channel, "exit\r");
            client.hear(ServerMessage.Exit.class);
            client.ask(new ClientMessage.Respawn(id, null));
            client.type(channel, "echo second-$((6*7))\r");
            client.awaitText(channel, "second-42");
            server.kill();
        }
        StoreFiles.bringBack(copy, directory);
        return id;
    }

    @Test
    void aProcessThatTheStoreIsTooOldForIsShownWithTheReasonAndItsSessionGoesOnWithIt()
            throws Exception {
        SessionId id = storedTooEarly();
        long pid;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            client.hello(Feature.KEEPERS);
            OrphanEntry orphan = onlyOrphan(client);
            pid = orphan.pid();
            assertThat(orphan.generation()).isEqualTo(2);
            assertThat(orphan.reason()).contains("older copy").contains("generation 1");
            client.foldScreens();
            // Not even where an attach starts a shell as a rule: it would take this one's place.
            ServerMessage.Created attached = client.attach(id);
            assertThat(attached.isExited()).isTrue();
            assertThat(attached.generation()).isEqualTo(1);
            int channel = attached.channel();

            assertThat(client.ask(new ClientMessage.OrphanAdopt(id, 2)))
                    .isEqualTo(new ServerMessage.OrphanAdopted(id, 2));

            assertThat(client.hear(ServerMessage.Respawned.class).generation()).isEqualTo(2);
            assertThat(look(client).orphans()).isEmpty();
            client.type(channel, "echo third-$((6*7))\r");
            client.awaitDrawn(channel, "third-42");
            assertThat(client.drawnSinceTheBeginning(channel)).contains("first-42");
            assertThat(client.entry(id).pid()).isEqualTo(pid);
            assertThat(server.terminate()).isZero();
        }
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            client.hello(Feature.KEEPERS);
            assertThat(look(client).orphans()).isEmpty();
            assertThat(client.entry(id).pid()).isEqualTo(pid);
            client.foldScreens();
            ServerMessage.Created attached = client.attach(id);
            assertThat(attached.generation()).isEqualTo(2);
            client.awaitDrawn(attached.channel(), "third-42");
        }
    }

    @Test
    void aSessionThatIsAskedForAnotherProcessLeavesTheNewerOneBehind() throws Exception {
        SessionId id = storedTooEarly();
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            client.hello(Feature.KEEPERS);
            long pid = onlyOrphan(client).pid();
            client.attach(id);

            var respawned = (ServerMessage.Respawned) client.ask(new ClientMessage.Respawn(id, 1L));

            assertThat(respawned.generation()).as("2 is taken").isEqualTo(3);
            assertThat(respawned.offset())
                    .as("so are the offsets")
                    .isGreaterThanOrEqualTo(1L << 40);
            assertThat(client.entry(id).pid()).isNotEqualTo(pid);
            assertThat(refusal(client, new ClientMessage.OrphanAdopt(id, 2)))
                    .isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(isAlive(pid)).isTrue();
            client.ask(new ClientMessage.OrphanEnd(id, 2));
            assertThat(isAlive(pid)).isFalse();
            assertThat(client.entry(id).isExited()).isFalse();
        }
    }

    @Test
    void onceTheNewerProcessIsEndedAnAttachStartsAShellAgain() throws Exception {
        SessionId id = storedTooEarly();
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            client.hello(Feature.KEEPERS);
            assertThat(onlyOrphan(client).ended()).isFalse();

            client.ask(new ClientMessage.OrphanEnd(id, 2));

            ServerMessage.Created attached = client.attach(id);
            assertThat(attached.isExited()).isFalse();
            assertThat(attached.generation()).isEqualTo(3);
            assertThat(look(client).orphans()).isEmpty();
        }
    }

    @Test
    void aDestroyedSessionTakesTheNewerProcessWithIt() throws Exception {
        SessionId id = storedTooEarly();
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            client.hello(Feature.KEEPERS);
            long pid = onlyOrphan(client).pid();

            client.ask(new ClientMessage.Destroy(id));

            await().atMost(TestClient.PATIENCE).until(() -> !isAlive(pid));
            assertThat(look(client).orphans()).isEmpty();
        }
    }
}
