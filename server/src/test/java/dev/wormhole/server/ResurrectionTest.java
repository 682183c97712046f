package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.RecoveredSession;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.testkit.KeeperProcesses;
import dev.wormhole.server.testkit.ServerJvm;
import dev.wormhole.server.testkit.StoreFiles;
import dev.wormhole.server.testkit.TestClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What comes back after server and keeper were killed with -9, as a reboot does it: over the real
 * wire, with real processes.
 */
@EnabledOnOs(OS.LINUX)
class ResurrectionTest {

    private static final TerminalSize SIZE = new TerminalSize(100, 30);

    @TempDir Path temporary;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(temporary.resolve("data"));
    }

    @AfterEach
    void stop() throws IOException {
        KeeperProcesses.end(directory);
    }

    private static TestClient connect(ServerJvm server) throws IOException {
        TestClient client = server.connect();
        client.hello(Feature.RESUME, Feature.RECOVERY, Feature.HASH);
        return client;
    }

    private static ClientMessage.Attach attach(SessionId id) {
        return new ClientMessage.Attach(id, SIZE, null, null, false, RespawnMode.LOST);
    }

    private static ServerMessage.Recovery recovery(TestClient client) {
        return (ServerMessage.Recovery) client.ask(new ClientMessage.RecoveryRequest());
    }

    /** A shell that runs this, once it is stored that it does. */
    private ServerMessage.Created running(TestClient client, String line, String stored)
            throws IOException {
        ServerMessage.Created session = client.create(SIZE);
        client.awaitText(session.channel(), "$ ");
        client.type(session.channel(), line + "\r");
        awaitStored(stored);
        return session;
    }

    private void awaitStored(String text) throws IOException {
        await().atMost(TestClient.PATIENCE).until(() -> StoreFiles.hold(directory, text));
    }

    /** As the end of the machine does, both at once. */
    private void killAll(ServerJvm server) throws Exception {
        server.kill();
        KeeperProcesses.end(directory);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void aRebootGivesBackSessionsAsTheyWereAndOffersWhatRan() throws Exception {
        Path home = Files.createDirectory(temporary.resolve("a home"));
        Files.writeString(home.resolve("it's notes"), "line in the notes\n");
        var env = new HashMap<>(TestClient.shell(SIZE, null).env());
        env.put("CHOSEN", "at creation");
        SessionId work;
        SessionId done;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            assertThat(recovery(client).isUneventful()).isTrue();
            ServerMessage.Created first =
                    client.create(
                            new ClientMessage.Create(
                                    SIZE, "work", home.toString(), List.of(), env, null));
            work = first.sessionId();
            ServerMessage.Created second = client.create(SIZE);
            done = second.sessionId();
            client.type(second.channel(), "exit 3\r");
            client.hear(ServerMessage.Exit.class);
            client.type(first.channel(), "tail -f \"it's notes\"\r");
            client.awaitText(first.channel(), "line in the notes");
            awaitStored("\"over\":false");
            killAll(server);
        }
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server);
                TestClient other = connect(server);
                TestClient plain = server.connect()) {
            ServerMessage.Recovery report = recovery(client);
            assertThat(report.recreated())
                    .singleElement()
                    .satisfies(
                            line -> {
                                assertThat(line.sessionId()).isEqualTo(work);
                                assertThat(line.name()).isEqualTo("work");
                                assertThat(line.reason()).isNotBlank();
                            });
            assertThat(report.exited())
                    .extracting(RecoveredSession::sessionId)
                    .containsExactly(done);
            assertThat(report.reattached()).isEmpty();
            assertThat(report.lost()).isEmpty();

            SessionEntry entry = client.entry(work);
            assertThat(entry.name()).isEqualTo("work");
            assertThat(entry.cwd()).isEqualTo(home.toString());
            assertThat(entry.size()).isEqualTo(SIZE);
            assertThat(client.entry(done).exitCode()).isEqualTo(3);
            assertThat(client.attach(attach(done)).isExited()).isTrue();

            client.foldScreens();
            ServerMessage.Created back = client.attach(attach(work));
            assertThat(back.generation()).isEqualTo(2);
            ServerMessage.Offer offer = client.hear(ServerMessage.Offer.class);
            assertThat(offer.generation()).isEqualTo(2);
            assertThat(offer.command()).containsExactly("tail", "-f", "it's notes");
            assertThat(offer.line()).isEqualTo("tail -f 'it'\\''s notes'");
            client.awaitDrawn(back.channel(), ", restored ");
            String drawn = client.drawnSinceTheBeginning(back.channel());
            assertThat(drawn.indexOf("line in the notes"))
                    .isNotNegative()
                    .isLessThan(drawn.indexOf("── process ended after "));

            // Whoever does not ask for offers sees none, and whoever only looks has no say.
            plain.attach(attach(work));
            other.attach(new ClientMessage.Attach(work, null, null, null, true, RespawnMode.NEVER));
            other.fence();
            plain.fence();
            assertThat(plain.heardNo(ServerMessage.Offer.class)).isTrue();
            assertThat(other.heardNo(ServerMessage.Offer.class)).isTrue();
            other.send(new ClientMessage.OfferAnswer(work, 2, true));
            other.attach(attach(work));
            other.hear(ServerMessage.Offer.class);

            // Of another generation; then two at once.
            client.send(new ClientMessage.OfferAnswer(work, 1, true));
            client.send(new ClientMessage.OfferAnswer(work, 2, true));
            other.send(new ClientMessage.OfferAnswer(work, 2, true));
            assertThat(other.hear(ServerMessage.Offer.class).command()).isEmpty();
            other.fence();
            await().atMost(TestClient.PATIENCE)
                    .until(
                            () ->
                                    count(
                                                    client.drawnSinceTheBeginning(back.channel()),
                                                    "line in the notes")
                                            == 2);
            client.type(back.channel(), "\003");
            client.type(back.channel(), "echo \"<$CHOSEN>\"\r");
            client.awaitDrawn(back.channel(), "<at creation>");
            assertThat(
                            count(
                                    client.drawnSinceTheBeginning(back.channel()),
                                    "tail -f 'it'\\''s notes'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void anOfferOutlivesTheServerAndEndsWhenSomebodyTypesSomethingElse() throws Exception {
        SessionId id;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            id = running(client, "sleep 1000", "\"over\":false").sessionId();
            killAll(server);
        }
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            client.attach(attach(id));
            assertThat(client.hear(ServerMessage.Offer.class).line()).isEqualTo("sleep 1000");
            awaitStored("\"over\":true");
            server.kill();
        }
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            assertThat(recovery(client).reattached())
                    .extracting(RecoveredSession::sessionId)
                    .containsExactly(id);
            ServerMessage.Created back = client.attach(attach(id));
            assertThat(back.generation()).isEqualTo(2);
            assertThat(client.hear(ServerMessage.Offer.class).line()).isEqualTo("sleep 1000");

            // A report of the focus is no key, and Enter alone asks for a prompt.
            client.type(back.channel(), "\033[I");
            client.type(back.channel(), "\r");
            client.fence();
            assertThat(client.heardNo(ServerMessage.Offer.class)).isTrue();
            // It has rested for 2 s, and what stands in the foreground is looked at again.
            client.hear(ServerMessage.Hash.class);
            client.list();
            client.fence();
            assertThat(client.heardNo(ServerMessage.Offer.class)).isTrue();
            client.type(back.channel(), "\025echo some''thing\r");
            assertThat(client.hear(ServerMessage.Offer.class).command()).isEmpty();
            client.awaitText(back.channel(), "something");
            assertThat(server.terminate()).isZero();
        }
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            client.attach(attach(id));
            client.fence();
            assertThat(client.heardNo(ServerMessage.Offer.class)).isTrue();
        }
    }

    @Test
    void aKeeperThatDiesAloneLosesTheProcessAndTheNextShellOffersWhatRan() throws Exception {
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            client.foldScreens();
            ServerMessage.Created session = running(client, "sleep 1000", "\"over\":false");

            KeeperProcesses.end(directory);
            assertThat(client.hear(ServerMessage.Exit.class).reason()).isEqualTo(ExitReason.LOST);
            client.send(new ClientMessage.Respawn(session.sessionId(), 1L));

            ServerMessage.Offer offer = client.hear(ServerMessage.Offer.class);
            assertThat(offer.generation()).isEqualTo(2);
            assertThat(offer.command()).containsExactly("sleep", "1000");

            // Forgotten is forgotten.
            client.send(new ClientMessage.OfferAnswer(session.sessionId(), 2, false));
            assertThat(client.hear(ServerMessage.Offer.class).command()).isEmpty();
            client.type(session.channel(), "echo no''thing\r");
            client.awaitDrawn(session.channel(), "nothing");
            assertThat(count(client.drawnSinceTheBeginning(session.channel()), "sleep 1000"))
                    .isEqualTo(1);
            assertThat(server.words()).doesNotContain("sleep");
            assertThat(Files.readString(directory.resolve("server.log"))).doesNotContain("sleep");
        }
    }
}
