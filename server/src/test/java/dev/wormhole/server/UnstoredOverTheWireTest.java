package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.testkit.KeeperProcesses;
import dev.wormhole.server.testkit.TestClient;
import dev.wormhole.server.testkit.TestKeepers;
import dev.wormhole.server.testkit.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Sessions of which nothing is written to a disk, over the real wire. */
class UnstoredOverTheWireTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    /** Short enough to be stored as it is, not compressed. */
    private static final String SECRET = "Zx7Q-hush-9f3k";

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

    private static ClientMessage.Create request(String name, String script, boolean isStored) {
        return new ClientMessage.Create(
                SIZE,
                name,
                "/",
                List.of("/bin/sh", "-c", script),
                Map.of("HUSH", name + " of the environment"),
                name,
                isStored);
    }

    private static ClientMessage.Attach attach(SessionId id) {
        return new ClientMessage.Attach(id, SIZE, null, null, false, RespawnMode.NEVER);
    }

    /** A program that says it in its output, its title and its directory, and in little pieces. */
    private static String says(String text) {
        return "printf '%1$s\\033]2;%1$s\\007\\033]7;file:///%1$s\\007'; exec sleep 1000"
                .formatted(text);
    }

    /** By another process: to close the store's files in this one would drop its locks. */
    private List<String> filesThatHold(String text) throws IOException, InterruptedException {
        Process grep =
                new ProcessBuilder("grep", "-rlaF", "-e", text, directory.toString()).start();
        try (Stream<String> lines = grep.inputReader(StandardCharsets.UTF_8).lines()) {
            List<String> files = lines.toList();
            assertThat(grep.waitFor()).isLessThan(2);
            return files;
        }
    }

    @Test
    void nothingOfItIsInAnyFile() throws Exception {
        SessionId id;
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = server.connect()) {
            ServerMessage.Created hushed = client.create(request(SECRET, says(SECRET), false));
            id = hushed.sessionId();
            client.awaitText(hushed.channel(), SECRET);
            await().until(() -> SECRET.equals(client.entry(id).title()));
            client.ask(new ClientMessage.Rename(id, SECRET + " anew"));
            client.send(new ClientMessage.Resize(id, new TerminalSize(90, 30)));
            // That of another session is found: the search finds what is there.
            ServerMessage.Created open = client.create(request("open", says("said aloud"), true));
            await().until(() -> !filesThatHold("said aloud").isEmpty());
            client.ask(new ClientMessage.Detach(open.sessionId()));
            client.ask(new ClientMessage.Detach(id));

            assertThat(filesThatHold("hush-9f3k")).isEmpty();
            assertThat(filesThatHold(id.toString())).isEmpty();
        }

        assertThat(filesThatHold("said aloud")).isNotEmpty();
        assertThat(filesThatHold("hush-9f3k")).isEmpty();
        assertThat(filesThatHold(id.toString())).isEmpty();
    }

    @Test
    void theListSaysWhichSessionsAreNotStored() {
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = server.connect()) {
            SessionId hushed = client.create(request("a", "exec sleep 1000", false)).sessionId();
            SessionId open = client.create(request("b", "exec sleep 1000", true)).sessionId();

            assertThat(client.entry(hushed).isStored()).isFalse();
            assertThat(client.entry(open).isStored()).isTrue();
            assertThat(client.hello().features()).contains(Feature.UNSTORED.wireName());
        }
    }

    @Test
    void anotherServerGoesOnWithItFromWhatItsKeeperHolds() {
        SessionId id;
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = server.connect()) {
            ServerMessage.Created created =
                    client.create(
                            request("mine", "echo before; read x; echo got $x; sleep 1000", false));
            id = created.sessionId();
            client.awaitText(created.channel(), "before");
        }
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = server.connect()) {
            SessionEntry entry = client.entry(id);
            assertThat(entry.isStored()).isFalse();
            assertThat(entry.isExited()).isFalse();
            assertThat(entry.name()).isEqualTo("mine");

            ServerMessage.Created again = client.attach(attach(id));
            client.awaitText(again.channel(), "before");
            client.type(again.channel(), "this\r");
            client.awaitText(again.channel(), "got this");
        }
    }

    @Test
    void ofOneThatHasEndedAnotherServerStillHasTheText() {
        SessionId id;
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = server.connect()) {
            id = client.create(request("mine", "echo the last word; exit 3", false)).sessionId();
            await().until(() -> client.entry(id).isExited());
        }
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = server.connect()) {
            await().until(() -> client.entry(id).isExited());
            assertThat(client.entry(id).exitCode()).isEqualTo(3);
            client.awaitText(client.attach(attach(id)).channel(), "the last word");
        }
    }

    @Test
    void aNewProcessTakesThePlaceOfTheOldOneAtTheKeeperToo() {
        SessionId id;
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = server.connect()) {
            id = client.create(request("mine", "echo $HUSH; read x", false)).sessionId();
            client.send(new ClientMessage.Input(id, ByteString.utf8("\r")));
            await().until(() -> client.entry(id).isExited());
            client.ask(new ClientMessage.Respawn(id, null));
            await().until(() -> client.entry(id).pid() != null);
        }
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = server.connect()) {
            client.hello(Feature.KEEPERS);
            var told = (ServerMessage.Keepers) client.ask(new ClientMessage.KeepersRequest());

            assertThat(told.orphans()).isEmpty();
            assertThat(told.keepers().getFirst().processes()).isEqualTo(1);
            assertThat(client.attach(attach(id)).generation()).isEqualTo(2);
            assertThat(client.entry(id).isExited()).isFalse();
        }
    }

    @Test
    void destroyedItIsGoneForAnotherServerToo() {
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = server.connect()) {
            SessionId id = client.create(request("a", "exec sleep 1000", false)).sessionId();
            client.ask(new ClientMessage.Destroy(id));
            assertThat(client.list()).isEmpty();
        }
        try (TestServer server = TestServer.start(directory, keepers);
                TestClient client = server.connect()) {
            client.hello(Feature.KEEPERS);
            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    ((ServerMessage.Keepers)
                                                                    client.ask(
                                                                            new ClientMessage
                                                                                    .KeepersRequest()))
                                                            .keepers()
                                                            .getFirst()
                                                            .processes())
                                            .isZero());
            assertThat(client.list()).isEmpty();
        }
    }
}
