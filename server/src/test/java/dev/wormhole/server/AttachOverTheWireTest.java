package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.client.attach.AttachOutcome;
import dev.wormhole.client.attach.AttachTerminal;
import dev.wormhole.client.attach.DetachKey;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.testkit.FakeTerminal;
import dev.wormhole.server.testkit.TestClient;
import dev.wormhole.server.testkit.TestServer;
import dev.wormhole.terminal.MouseModes;
import dev.wormhole.terminal.screen.Screen;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code wormhole attach} in a terminal of any size, over the real wire. */
class AttachOverTheWireTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    /** Draws a picture with everything that has to be taken back, and asks its terminal. */
    private static final String PICTURE =
            "stty raw -echo; printf '\\033[?1049h\\033[?1000h\\033[?2004h\\033[?1h\\033[6n\\033[c';"
                    + " printf '\\033[1;1Htop left\\033[24;60Hbottom right'; exec cat";

    @TempDir Path directory;

    private TestServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        server = TestServer.start(directory);
        client = server.connect();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aSmallerTerminalShowsThePartAroundTheCursorAndSaysSo() throws Exception {
        ServerMessage.Created session = picture();
        var terminal = new FakeTerminal(new TerminalSize(50, 10));

        CompletableFuture<AttachOutcome> attached = attach(session, terminal, true);

        awaitShown(terminal, "session is 80×24, this terminal 50×10");
        awaitShown(terminal, "bottom right");
        assertThat(terminal.shown()).doesNotContain("top left");
        client.type(session.channel(), "\u001b[2;1H");
        client.type(session.channel(), "typed\r");
        awaitShown(terminal, "typed");

        terminal.resize(SIZE);
        awaitShown(terminal, "top left");
        assertThat(terminal.shown()).doesNotContain("session is");
        leave(terminal, attached);
    }

    @Test
    void aLargerTerminalShowsTheWholeAndItsModesAndTypes() throws Exception {
        ServerMessage.Created session = picture();
        var terminal = new FakeTerminal(new TerminalSize(100, 30));

        CompletableFuture<AttachOutcome> attached = attach(session, terminal, false);

        awaitShown(terminal, "session is 80×24, this terminal 100×30");
        awaitShown(terminal, "top left");
        awaitShown(terminal, "bottom right");
        assertThat(terminal.<Boolean>look(Screen::isAlternate)).isTrue();
        assertThat(terminal.<Boolean>look(Screen::isBracketedPaste)).isTrue();
        terminal.type("from here\r");
        awaitShown(terminal, "from here");
        leave(terminal, attached);
    }

    @Test
    void theTerminalIsGivenBackHoweverItEnds() throws Exception {
        ServerMessage.Created session = picture();
        var closed = new FakeTerminal(new TerminalSize(50, 10));
        CompletableFuture<AttachOutcome> first = attach(session, closed, true);
        awaitShown(closed, "session is");
        closed.type("");
        assertThat(end(first)).isEqualTo(new AttachOutcome.Detached());
        assertGivenBack(closed);

        var watching = new FakeTerminal(new TerminalSize(50, 10));
        CompletableFuture<AttachOutcome> second = attach(session, watching, true);
        awaitShown(watching, "session is");
        client.send(new ClientMessage.Destroy(session.sessionId()));
        assertThat(end(second)).isInstanceOf(AttachOutcome.Ended.class);
        assertGivenBack(watching);
    }

    private ServerMessage.Created picture() {
        var command = List.of("sh", "-c", PICTURE);
        ServerMessage.Created created =
                client.create(new ClientMessage.Create(SIZE, null, null, command, Map.of(), null));
        client.awaitText(created.channel(), "bottom right");
        return created;
    }

    private CompletableFuture<AttachOutcome> attach(
            ServerMessage.Created session, FakeTerminal terminal, boolean readOnly) {
        var request =
                new AttachTerminal.Request(
                        session.sessionId(),
                        readOnly,
                        DetachKey.parse(DetachKey.DEFAULT).orElseThrow());
        var endpoint = server.endpoint();
        var target =
                new LinkTarget() {
                    @Override
                    public String name() {
                        return "test";
                    }

                    @Override
                    public Address resolve() {
                        return new Address(URI.create(endpoint.url()), endpoint.token(), null);
                    }
                };
        var outcome = new CompletableFuture<AttachOutcome>();
        Thread.ofPlatform()
                .name("attach")
                .start(
                        () -> {
                            try {
                                outcome.complete(
                                        new AttachTerminal(terminal, target, request).run());
                            } catch (Exception e) {
                                outcome.completeExceptionally(e);
                            }
                        });
        return outcome;
    }

    private static void awaitShown(FakeTerminal terminal, String text) {
        await().atMost(TestClient.PATIENCE)
                .untilAsserted(() -> assertThat(terminal.shown()).contains(text));
    }

    private static void leave(FakeTerminal terminal, CompletableFuture<AttachOutcome> attached)
            throws Exception {
        assertThat(terminal.isRaw()).isTrue();
        terminal.type("\u001c");
        assertThat(end(attached)).isEqualTo(new AttachOutcome.Detached());
        assertGivenBack(terminal);
    }

    private static AttachOutcome end(CompletableFuture<AttachOutcome> attached) throws Exception {
        return attached.get(TestClient.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void assertGivenBack(FakeTerminal terminal) {
        assertThat(terminal.isRaw()).isFalse();
        assertThat(terminal.<Boolean>look(Screen::isAlternate)).isFalse();
        assertThat(terminal.<Boolean>look(Screen::isBracketedPaste)).isFalse();
        assertThat(terminal.<Boolean>look(Screen::isCursorVisible)).isTrue();
        assertThat(terminal.<Boolean>look(s -> s.keyModes().applicationCursor())).isFalse();
        assertThat(terminal.look(Screen::mouseModes)).isEqualTo(MouseModes.OFF);
        assertThat(terminal.answers()).as("queries reached the terminal").isEmpty();
    }
}
