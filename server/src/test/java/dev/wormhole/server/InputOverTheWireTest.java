package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wormhole.client.link.Attachment;
import dev.wormhole.client.link.Capabilities;
import dev.wormhole.client.link.Link;
import dev.wormhole.client.link.LinkListener;
import dev.wormhole.client.link.LinkState;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.client.link.SessionSink;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.testkit.FrailWire;
import dev.wormhole.server.testkit.TestClient;
import dev.wormhole.server.testkit.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Feature {@code input} with real programs over the real wire. */
class InputOverTheWireTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);
    private static final int PASTE = 10 << 20;

    @TempDir Path directory;

    private TestServer server;
    private Path taken;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(Files.createDirectory(directory.resolve("data")));
        taken = directory.resolve("taken");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static ClientMessage.Create command(String script) {
        return new ClientMessage.Create(
                SIZE, null, null, List.of("/bin/sh", "-c", script), Map.of(), null);
    }

    /** What is typed goes into a file as it is. */
    private ClientMessage.Create recorder(String before) {
        return command("stty raw -echo; echo ready; " + before + " exec cat > '" + taken + "'");
    }

    private long takenBytes() {
        try {
            return Files.exists(taken) ? Files.size(taken) : 0;
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitTaken(long bytes) {
        await().atMost(TestClient.PATIENCE).until(() -> takenBytes() >= bytes);
    }

    private LinkTarget target(int port) {
        return new LinkTarget() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Address resolve() {
                return new Address(
                        URI.create("ws://127.0.0.1:" + port + "/"),
                        server.endpoint().token(),
                        null);
            }
        };
    }

    private int port() {
        return URI.create(server.endpoint().url()).getPort();
    }

    /** A link that is back at once, with one session whose program is ready. */
    private static final class Typist implements AutoCloseable, SessionSink {

        final AtomicReference<Link> link = new AtomicReference<>();
        final Attachment attachment;
        final AtomicLong waits = new AtomicLong();
        final AtomicLong discarded = new AtomicLong();
        private final StringBuilder text = new StringBuilder();
        private volatile boolean isReady;

        Typist(LinkTarget target, ClientMessage.Create create) throws Exception {
            var listener =
                    new LinkListener() {
                        @Override
                        public void stateChanged(LinkState state) {
                            Link mine = link.get();
                            if (state instanceof LinkState.Reconnecting && mine != null) {
                                mine.retryNow();
                            }
                        }
                    };
            var features = new Capabilities(Set.of(Feature.INPUT), 0);
            link.set(Link.start(target, listener, "test", features));
            attachment = link.get().create(create, this).get(60, TimeUnit.SECONDS);
            await().atMost(TestClient.PATIENCE).until(() -> isReady);
        }

        void type(byte[] bytes) {
            attachment.input(ByteString.copyOf(bytes));
        }

        @Override
        public void resync(ServerMessage.Resync what, ByteString snapshot) {}

        @Override
        public void output(long offset, ByteString bytes) {
            text.append(bytes.toUtf8());
            isReady = text.indexOf("ready") >= 0;
        }

        @Override
        public void inputWaits(long takenSoFar, long total) {
            waits.set(total);
        }

        @Override
        public void inputDiscarded(long bytes) {
            discarded.addAndGet(bytes);
        }

        @Override
        public void close() {
            link.get().close();
        }
    }

    @Test
    void aLargePasteReachesTheProgramWholeAndInOrder() throws Exception {
        byte[] paste = new byte[PASTE];
        new Random(7).nextBytes(paste);
        try (var typist = new Typist(target(port()), recorder(""))) {
            typist.type(paste);

            awaitTaken(PASTE);
            await().atMost(TestClient.PATIENCE).until(() -> typist.waits.get() == 0);
        }

        assertThat(Files.readAllBytes(taken)).isEqualTo(paste);
    }

    @Test
    void ctrlCDropsWhatWaitsAndReachesTheProgram() throws Exception {
        Path gate = directory.resolve("gate");
        byte[] paste = new byte[PASTE];
        java.util.Arrays.fill(paste, (byte) 'p');
        String sleep = "until [ -e '" + gate + "' ]; do sleep 0.1; done;";
        try (var typist = new Typist(target(port()), recorder(sleep))) {
            typist.type(paste);
            await().atMost(TestClient.PATIENCE).until(() -> typist.waits.get() > 0);

            typist.type(new byte[] {3});
            await().atMost(TestClient.PATIENCE).until(() -> typist.waits.get() < paste.length);
            Files.createFile(gate);

            await().atMost(TestClient.PATIENCE).until(this::endsWithCtrlC);
        }
        // What was on its way: the client's window and what the keeper had taken.
        assertThat(takenBytes()).isLessThan(1 << 20);
    }

    private boolean endsWithCtrlC() throws Exception {
        if (!Files.exists(taken)) return false;
        byte[] all = Files.readAllBytes(taken);
        return all.length > 0 && all[all.length - 1] == 3;
    }

    @Test
    void aKeystrokeIsTypedOnceOverConnectionsThatBreak() throws Exception {
        var random = new Random(11);
        var typed = new java.io.ByteArrayOutputStream();
        try (var wire = new FrailWire(port());
                var typist = new Typist(target(wire.port()), recorder(""))) {
            for (int i = 0; i < 600; i++) {
                byte[] keys = ("key-" + i + ";" + "x".repeat(random.nextInt(200))).getBytes(UTF_8);
                typed.writeBytes(keys);
                typist.type(keys);
                // Typed faster than a person, but not all while the connection is away.
                if (i % 50 == 25) wire.cut();
                if (i % 50 == 49) awaitTaken(typed.size());
            }
            awaitTaken(typed.size());
            assertThat(typist.discarded.get()).isZero();
        }

        assertThat(Files.readAllBytes(taken)).isEqualTo(typed.toByteArray());
    }

    @Test
    void anAttachSaysHowMuchWasTakenAndWhatIsRepeatedIsDropped() throws Exception {
        var me = UUID.randomUUID();
        SessionId id;
        try (TestClient first = server.connect()) {
            first.helloNumbering(me);
            ServerMessage.Created created = first.create(recorder(""));
            id = created.sessionId();
            assertThat(created.inputCount()).isZero();
            first.awaitText(created.channel(), "ready");
            first.send(new ClientMessage.InputBegin(created.channel(), 1, 0));
            first.type(created.channel(), "abc");
            first.hear(h -> h.message().equals(new ServerMessage.InputAck(created.channel(), 3)));
        }

        try (TestClient second = server.connect()) {
            second.helloNumbering(me);
            ServerMessage.Created again = second.attach(id);
            assertThat(again.inputCount()).isEqualTo(3);
            second.send(new ClientMessage.InputBegin(again.channel(), 1, 1));
            second.type(again.channel(), "bcde");
            second.type(again.channel(), "f");
            second.hear(h -> h.message().equals(new ServerMessage.InputAck(again.channel(), 6)));
            // Nothing of it is news.
            second.send(new ClientMessage.InputBegin(again.channel(), 1, 0));
            second.type(again.channel(), "abc");
            second.hear(h -> h.message().equals(new ServerMessage.InputAck(again.channel(), 6)));
        }
        try (TestClient other = server.connect()) {
            other.helloNumbering(UUID.randomUUID());
            assertThat(other.attach(id).inputCount()).isZero();
        }

        awaitTaken(6);
        assertThat(Files.readString(taken)).isEqualTo("abcdef");
    }

    @Test
    void inputForAProcessThatEndedComesBack() {
        try (TestClient client = server.connect()) {
            client.helloNumbering(UUID.randomUUID());
            ServerMessage.Created created = client.create(command("exit 0"));
            client.hear(ServerMessage.Exit.class);

            client.send(new ClientMessage.InputBegin(created.channel(), 1, 0));
            client.type(created.channel(), "abc");

            assertThat(client.hear(ServerMessage.InputDiscarded.class))
                    .isEqualTo(new ServerMessage.InputDiscarded(created.channel(), 1, 3));
        }
    }

    @Test
    void inputForAnotherGenerationIsNotTypedIntoThisOne() throws Exception {
        try (TestClient client = server.connect()) {
            client.helloNumbering(UUID.randomUUID());
            ServerMessage.Created created = client.create(recorder(""));
            client.awaitText(created.channel(), "ready");

            client.send(new ClientMessage.InputBegin(created.channel(), 2, 0));
            client.type(created.channel(), "later");
            assertThat(client.hear(ServerMessage.InputDiscarded.class))
                    .isEqualTo(new ServerMessage.InputDiscarded(created.channel(), 2, 5));
            client.send(new ClientMessage.InputBegin(created.channel(), 1, 0));
            client.type(created.channel(), "now");

            awaitTaken(3);
        }
        assertThat(Files.readString(taken)).isEqualTo("now");
    }

    @Test
    void withoutTheFeatureOrAnIdentityNothingIsNumbered() {
        try (TestClient client = server.connect()) {
            ServerMessage.Created created = client.create(command("sleep 60"));
            assertThat(created.inputCount()).isNull();
            String ref = client.send(new ClientMessage.InputBegin(created.channel(), 1, 0));
            assertThat(client.answerTo(ref))
                    .isInstanceOfSatisfying(
                            ServerMessage.Failure.class,
                            no -> assertThat(no.code()).isEqualTo(ErrorCode.UNSUPPORTED));
            client.ask(new ClientMessage.Destroy(created.sessionId()));
        }
        try (TestClient nameless = server.connect()) {
            nameless.hello(Feature.INPUT);
            assertThat(nameless.create(command("exit 0")).inputCount()).isNull();
        }
    }

    @Test
    void whoMayOnlyLookNumbersNothing() {
        try (TestClient client = server.connect()) {
            client.helloNumbering(UUID.randomUUID());
            ServerMessage.Created created = client.create(command("sleep 60"));
            try (TestClient looker = server.connect()) {
                looker.helloNumbering(UUID.randomUUID());
                var look =
                        new ClientMessage.Attach(
                                created.sessionId(), null, null, null, true, RespawnMode.NEVER);
                assertThat(looker.attach(look).inputCount()).isNull();
            }
            client.ask(new ClientMessage.Destroy(created.sessionId()));
        }
    }
}
