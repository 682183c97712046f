package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ColorScheme;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.protocol.ViewerColors;
import dev.wormhole.server.testkit.TestClient;
import dev.wormhole.server.testkit.TestServer;
import dev.wormhole.terminal.screen.Screen;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The server's screen as clients see it: snapshots, history, hashes, what only they know. */
class ScreenOverTheWireTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    @TempDir Path directory;

    private TestServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        server = TestServer.start(directory, Map.of("history.lines", "60000"));
        client = server.connect();
        client.foldScreens();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static ClientMessage.Create command(String... words) {
        return new ClientMessage.Create(SIZE, null, null, List.of(words), Map.of(), null);
    }

    private static ClientMessage.Attach watch(SessionId id) {
        return new ClientMessage.Attach(id, null, null, null, true, RespawnMode.NEVER);
    }

    private static ClientMessage.ViewerState colors(SessionId id, int foreground, int background) {
        return new ClientMessage.ViewerState(
                id,
                true,
                true,
                9.0,
                18.0,
                new ViewerColors(foreground, background, 0x00ff00, List.of()),
                ColorScheme.LIGHT);
    }

    @Test
    void aViewerThatAttachesSeesWhatTheOthersSee() {
        SessionId id = client.create().sessionId();
        client.type(
                0,
                "printf '\\033[1;31mred\\033[0m \\033]0;a title\\007\\033[5;10Hhere';"
                        + " printf '\\033[?1049h\\033[2J\\033[Halternate-%d' $((1+1)); cat\r");
        client.awaitDrawn(0, "alternate-2");

        try (TestClient late = server.connect()) {
            late.foldScreens();
            late.attach(watch(id));
            late.awaitDrawn(0, "alternate-2");

            assertThat(late.<Long>screen(0, Screen::hash))
                    .isEqualTo(client.<Long>screen(0, Screen::hash));
            client.type(0, "more\r");
            late.awaitDrawn(0, "more");
        }
    }

    @Test
    void anAttachWithTheFeatureBringsTheNewestLinesAndKeepsTheRest() {
        SessionId id = client.create(command("sh", "-c", "seq 1 20000; cat")).sessionId();
        client.awaitDrawn(0, "20000");
        try (TestClient keeper = server.connect();
                TestClient plain = server.connect()) {
            keeper.hello(Feature.HISTORY);
            keeper.attach(watch(id));
            plain.attach(watch(id));

            ServerMessage.Resync kept = keeper.hear(ServerMessage.Resync.class);
            ServerMessage.Resync replaced = plain.hear(ServerMessage.Resync.class);

            assertThat(kept.keepsHistory()).isTrue();
            assertThat(kept.complete()).isTrue();
            assertThat(kept.length()).isLessThan(64 << 10);
            assertThat(replaced.keepsHistory()).isFalse();
            assertThat(replaced.length()).isGreaterThan(100_000);
        }
    }

    @Test
    void historyPagesBackThroughFiftyThousandLinesByNumber() {
        client.hello(Feature.HISTORY);
        SessionId id = client.create(command("sh", "-c", "seq 1 50000; cat")).sessionId();
        client.awaitDrawn(0, "50000");

        var pages = new ArrayList<ServerMessage.History>();
        Long before = null;
        do {
            var page =
                    (ServerMessage.History)
                            client.ask(new ClientMessage.HistoryRequest(id, before, 10_000));
            assertThat(before == null || page.end() == before).isTrue();
            assertThat(page.first()).isLessThan(page.end());
            pages.addFirst(page);
            before = page.first();
        } while (before > pages.getFirst().oldest());

        assertThat(pages.getFirst().first()).isZero();
        long number = 0;
        for (ServerMessage.History page : pages) {
            List<String> lines = page.data().toUtf8().lines().toList();
            assertThat(lines).hasSize((int) (page.end() - page.first()));
            for (String line : lines) assertThat(line).isEqualTo(Long.toString(++number));
        }
        // The rest is on the screen.
        assertThat(number).isBetween(49_970L, 50_000L);
        var none = (ServerMessage.History) client.ask(new ClientMessage.HistoryRequest(id, 0L, 5));
        assertThat(none.first()).isEqualTo(none.end());
        assertThat(none.data().isEmpty()).isTrue();
    }

    @Test
    void aLineTooLongForAMessageIsCutAndStillOneLine() {
        client.hello(Feature.HISTORY);
        SessionId id =
                client.create(
                                command(
                                        "sh",
                                        "-c",
                                        "i=0; while [ $i -lt 60000 ]; do printf"
                                                + " '\\033[38;2;1;2;%dmx' $((i % 200)); i=$((i+1));"
                                                + " done; echo; seq 1 100; cat"))
                        .sessionId();
        client.awaitDrawn(0, "\n100\n");

        var page = (ServerMessage.History) client.ask(new ClientMessage.HistoryRequest(id, 1L, 1));

        assertThat(page.first()).isZero();
        assertThat(page.end()).isEqualTo(1);
        assertThat(page.data().toUtf8().lines()).hasSize(1);
    }

    @Test
    void historyAndRefreshNeedTheirFeatures() {
        SessionId id = client.create().sessionId();

        client.send(new ClientMessage.HistoryRequest(id, null, 1));
        client.hearError(ErrorCode.UNSUPPORTED);
        client.send(new ClientMessage.Refresh(id));
        client.hearError(ErrorCode.UNSUPPORTED);
    }

    @Test
    void atRestTheServersHashIsThatOfAScreenFedWithTheSameBytes() {
        client.hello(Feature.ACK, Feature.HASH);
        client.create(command("sh", "-c", "seq 1 300; printf '\\033[7mx\\033[3;5H漢'; cat"));
        client.awaitDrawn(0, "漢");

        ServerMessage.Hash hash = client.hear(ServerMessage.Hash.class);

        assertThat(hash.offset()).isEqualTo(client.received(0));
        assertThat(hash.hash()).isEqualTo(client.<Long>screen(0, Screen::hash));
        client.type(0, "again\r");
        ServerMessage.Hash next = client.hear(ServerMessage.Hash.class);
        assertThat(next.offset()).isGreaterThan(hash.offset());
        assertThat(next.hash()).isEqualTo(client.<Long>screen(0, Screen::hash));
    }

    @Test
    void aRefreshBringsAWholeScreen() {
        client.hello(Feature.HASH, Feature.HISTORY);
        SessionId id = client.create(command("sh", "-c", "seq 1 300; cat")).sessionId();
        client.awaitDrawn(0, "300");

        client.send(new ClientMessage.Refresh(id));

        ServerMessage.Resync resync = client.hear(ServerMessage.Resync.class);
        assertThat(resync.keepsHistory()).isFalse();
        assertThat(resync.complete()).isTrue();
        client.type(0, "after\r");
        client.awaitDrawn(0, "after");
        assertThat(client.drawn(0)).contains("299\n300\n");
    }

    @Test
    void queriesAreAnsweredOnceHoweverManyWatchAndNeverAgain() {
        SessionId id =
                client.create(
                                command(
                                        "sh",
                                        "-c",
                                        "stty raw -echo; printf 'go\\033[5n'; exec cat -v"))
                        .sessionId();
        client.awaitText(0, "^[[0n");
        try (TestClient second = server.connect();
                TestClient third = server.connect()) {
            second.attach(watch(id));
            // A resume reads the query again.
            third.attach(new ClientMessage.Attach(id, null, 0L, 0L, false, RespawnMode.NEVER));
            third.awaitText(0, "go");
            client.type(0, "end");
            second.awaitText(0, "end");
            third.awaitText(0, "end");

            assertThat(client.text(0).split("\\^\\[\\[0n", -1)).hasSize(2);
        }
    }

    @Test
    void aClipboardGoesToWhoTypedLastAndToNobodyElse() {
        SessionId id = client.create().sessionId();
        try (TestClient other = server.connect()) {
            other.attach(id);
            other.hear(ServerMessage.Resync.class);
            other.type(0, "printf '\\033]52;c;aGVsbG8=\\007'; echo copied-$((1+1))\r");
            client.awaitText(0, "copied-2");
            other.awaitText(0, "copied-2");

            assertThat(other.hear(ServerMessage.Event.class).what())
                    .isEqualTo(new Happening.Clipboard("c", ByteString.utf8("hello")));
            client.fence();
            assertThat(client.heardNo(ServerMessage.Event.class)).isTrue();
        }
    }

    @Test
    void aNotificationReachesEverybodyWhoIsLive() {
        SessionId id = client.create().sessionId();
        try (TestClient other = server.connect()) {
            other.attach(watch(id));
            other.hear(ServerMessage.Resync.class);
            client.type(0, "printf '\\033]777;notify;build;all %s\\007' done\r");

            var expected = new Happening.Notification("build", "all done");
            assertThat(client.hear(ServerMessage.Event.class).what()).isEqualTo(expected);
            assertThat(other.hear(ServerMessage.Event.class).what()).isEqualTo(expected);
        }
    }

    @Test
    void queriesAboutColoursAreAnsweredFromTheViewerThatTypedLastEvenWhenItIsGone() {
        SessionId id =
                client.create(
                                command(
                                        "sh",
                                        "-c",
                                        "stty raw -echo; echo ready; while read -r x; do printf"
                                                + " '\\033]11;?\\007'; head -c 24 | cat -v; done"))
                        .sessionId();
        client.awaitText(0, "ready");
        try (TestClient light = server.connect()) {
            light.attach(new ClientMessage.Attach(id, SIZE, null, null, false, RespawnMode.NEVER));
            light.hear(ServerMessage.Resync.class);
            client.send(colors(id, 0xffffff, 0x112233));
            light.send(colors(null, 0x000000, 0xfedcba));
            client.fence();
            light.fence();

            light.type(0, "\n");
            light.awaitText(0, "rgb:fefe/dcdc/baba");
            client.type(0, "\n");
            light.awaitText(0, "rgb:1111/2222/3333");
            light.type(0, "\n");
            await().atMost(TestClient.PATIENCE)
                    .until(() -> client.text(0).split("rgb:fefe/dcdc/baba", -1).length == 3);
        }
        client.send(new ClientMessage.Input(id, ByteString.utf8("\n")));
        await().atMost(TestClient.PATIENCE)
                .until(() -> client.text(0).split("rgb:fefe/dcdc/baba", -1).length == 4);
    }

    @Test
    void aSlowViewerIsResyncedAndEndsWithTheRightScreen() {
        SessionId id = client.create().sessionId();
        try (TestClient slow = server.connect()) {
            slow.foldScreens();
            slow.hello(Feature.ACK, Feature.HISTORY);
            slow.attach(watch(id));
            slow.hear(ServerMessage.Resync.class);
            slow.acknowledgeByHand();

            client.type(0, "seq 1 400000; echo over-$((6*7))\r");
            client.awaitText(0, "over-42");
            long before = slow.received(0);
            // It takes what is under way, and then it is told where things stand.
            await().atMost(TestClient.PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(
                            () -> {
                                slow.acknowledge(0);
                                return slow.drawn(0).contains("over-42");
                            });

            assertThat(slow.received(0) - before).isLessThan(1 << 20);
            assertThat(
                            slow.hear(
                                            h ->
                                                    h.message() instanceof ServerMessage.Resync r
                                                            && !r.complete())
                                    .message())
                    .isNotNull();
            await().atMost(TestClient.PATIENCE)
                    .until(
                            () -> {
                                slow.acknowledge(0);
                                return slow.<Long>screen(0, Screen::hash)
                                        .equals(client.<Long>screen(0, Screen::hash));
                            });
        }
    }

    @Test
    void interruptingAFloodShowsWithinAFewFramesToAViewerThatDrainsSlowly() {
        client.hello(Feature.ACK, Feature.HISTORY);
        client.create(TestClient.shell(SIZE, null));
        client.type(0, "yes 'a line of output that goes on and on and on'\r");
        await().atMost(Duration.ofSeconds(60)).until(() -> client.received(0) > 4_000_000);
        client.acknowledgeByHand();
        await().atMost(TestClient.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            // Slow: a little at a time, until the server has seen that it is.
                            client.acknowledge(0);
                            return client.rest().stream()
                                            .map(TestClient.Heard::message)
                                            .filter(ServerMessage.Resync.class::isInstance)
                                            .filter(m -> !((ServerMessage.Resync) m).complete())
                                            .count()
                                    >= 3;
                        });

        long before = client.received(0);
        client.type(0, "\u0003");
        client.type(0, "echo stopped-$((4*5))\r");
        await().atMost(TestClient.PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> {
                            client.acknowledge(0);
                            return client.drawn(0).contains("stopped-20");
                        });

        // What was under way, and pictures: not the megabytes that the program had printed.
        assertThat(client.received(0) - before).isLessThan(1 << 20);
    }
}
