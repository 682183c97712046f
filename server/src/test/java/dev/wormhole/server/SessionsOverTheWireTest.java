package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.ExitReason;
import dev.wormhole.protocol.Happening;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.testkit.TestClient;
import dev.wormhole.server.testkit.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sessions as a client sees them: real shells, the real wire. */
class SessionsOverTheWireTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);

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

    private static ClientMessage.Attach attach(SessionId id, RespawnMode respawn) {
        return new ClientMessage.Attach(id, SIZE, null, null, false, respawn);
    }

    private static ClientMessage.Attach resume(SessionId id, long offset, Long event) {
        return new ClientMessage.Attach(id, SIZE, offset, event, false, RespawnMode.NEVER);
    }

    private static ClientMessage.Create command(String... words) {
        return new ClientMessage.Create(SIZE, null, null, List.of(words), Map.of(), null);
    }

    private ServerMessage.Created exitedShell() {
        ServerMessage.Created created = client.create();
        client.type(created.channel(), "echo kept-$((40+2)); exit 3\r");
        client.hear(ServerMessage.Exit.class);
        return created;
    }

    @Test
    void aCreateAnswersOnTheLowestChannelAndRunsAShellOfThatSize() {
        ServerMessage.Created created = client.create(new TerminalSize(91, 33));

        assertThat(created.channel()).isZero();
        assertThat(created.created()).isTrue();
        assertThat(created.offset()).isZero();
        assertThat(created.generation()).isEqualTo(1);
        assertThat(created.isExited()).isFalse();
        client.type(0, "stty size\r");
        client.awaitText(0, "33 91");
        assertThat(client.heardNo(ServerMessage.Resync.class)).isTrue();
        assertThat(client.heardNo(ServerMessage.Size.class)).isTrue();
    }

    @Test
    void theSameCreateIdAgainIsTheSameSession() {
        String createId = UUID.randomUUID().toString();
        var create =
                new ClientMessage.Create(SIZE, "once", null, List.of("cat"), Map.of(), createId);

        ServerMessage.Created first = client.create(create);
        ServerMessage.Created again = client.create(create);

        assertThat(again.sessionId()).isEqualTo(first.sessionId());
        assertThat(again.channel()).isEqualTo(first.channel());
        assertThat(again.created()).isFalse();
        assertThat(client.list()).hasSize(1);
    }

    @Test
    void anAttachAnswersThenSnapshotThenLiveWithoutAGapOrADouble() {
        ServerMessage.Created created = client.create();
        client.type(
                0,
                "i=0; while [ $i -lt 4000 ]; do echo line-$i-; i=$((i+1)); done; echo"
                        + " all-$((1+1))done\r");
        client.awaitText(0, "line-500-");

        try (TestClient late = server.connect()) {
            late.foldScreens();
            ServerMessage.Created attached = late.attach(created.sessionId());
            late.awaitDrawn(attached.channel(), "all-2done");

            // As drawn: a snapshot may be taken within a line, and a viewer that falls behind is
            // sent another. Not whole lines: the prompt may stand in front of the first one.
            List<String> lines =
                    Pattern.compile("line-\\d+-")
                            .matcher(late.drawnSinceTheBeginning(attached.channel()))
                            .results()
                            .map(MatchResult::group)
                            .toList();
            assertThat(lines)
                    .isEqualTo(IntStream.range(0, 4000).mapToObj(i -> "line-" + i + "-").toList());
            assertThat(
                            late.rest().stream()
                                    .filter(h -> h.message() instanceof ServerMessage.Resync)
                                    .map(TestClient.Heard::bytesBefore))
                    .startsWith(0);
        }
    }

    @Test
    void severalViewersSeeTheSameBytes() {
        ServerMessage.Created created = client.create();
        try (TestClient other = server.connect();
                TestClient third = server.connect()) {
            other.attach(created.sessionId());
            third.attach(created.sessionId());
            other.hear(ServerMessage.Resync.class);
            third.hear(ServerMessage.Resync.class);

            third.type(0, "seq 1 3000; echo end-$((5*5))\r");

            client.awaitText(0, "end-25");
            other.awaitText(0, "end-25");
            third.awaitText(0, "end-25");
            assertThat(other.text(0)).endsWith(lastLines(client.text(0)));
            assertThat(third.text(0)).endsWith(lastLines(client.text(0)));
        }
    }

    private static String lastLines(String text) {
        return text.substring(text.indexOf("1000\r\n"));
    }

    @Test
    void aViewerThatStallsHoldsBackNeitherTheProgramNorTheOthers() {
        ServerMessage.Created created = client.create();
        try (TestClient stalled = server.connect()) {
            stalled.attach(created.sessionId());
            stalled.hear(ServerMessage.Resync.class);
            stalled.pause();

            client.type(0, "head -c 30000000 /dev/zero | tr '\\0' x; echo; echo over-$((6*7))\r");
            client.awaitText(0, "over-42");

            stalled.resume();
            stalled.awaitText(0, "over-42");
        }
    }

    @Test
    void aDetachedSessionGoesOnAndItsNumberIsFreeAtOnce() {
        ServerMessage.Created first = client.create();
        client.create();
        client.type(0, "sleep 0.2; echo went-$((7*3))-on\r");

        assertThat(client.ask(new ClientMessage.Detach(first.sessionId())))
                .isEqualTo(new ServerMessage.Detached(first.sessionId(), 0));

        assertThat(client.create().channel()).isZero();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !client.entry(first.sessionId()).isExited());
        ServerMessage.Created again = client.attach(first.sessionId());
        assertThat(again.channel()).isEqualTo(2);
        client.awaitText(2, "went-21-on");
    }

    @Test
    void attachingAgainOnOneConnectionKeepsTheChannel() {
        ServerMessage.Created created = client.create();
        client.type(0, "echo here-$((1+2))\r");
        client.awaitText(0, "here-3");

        ServerMessage.Created again = client.attach(created.sessionId());

        assertThat(again.channel()).isEqualTo(created.channel());
        assertThat(client.hear(ServerMessage.Resync.class).keepsHistory()).isFalse();
    }

    @Test
    void theListSaysWhatIsKnownOfASession() throws Exception {
        Path project = Files.createDirectory(directory.resolve("project"));
        long before = System.currentTimeMillis();
        ServerMessage.Created created = client.create();
        client.type(0, "cd " + project + "; printf '\\033]2;a title\\007'; echo in-$((2+2))\r");
        client.awaitText(0, "in-4");

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> {
                            SessionEntry entry = client.entry(created.sessionId());
                            assertThat(entry.cwd()).isEqualTo(project.toString());
                            assertThat(entry.title()).isEqualTo("a title");
                            assertThat(entry.clientCount()).isEqualTo(1);
                            assertThat(entry.isExited()).isFalse();
                            assertThat(entry.exitCode()).isNull();
                            assertThat(entry.kind()).isEqualTo(SessionKind.SHELL);
                            assertThat(entry.createdAt())
                                    .isBetween(before, System.currentTimeMillis());
                            assertThat(ProcessHandle.of(entry.pid())).isPresent();
                        });
    }

    @Test
    void lastActiveIsTheLastActivityAndNotNow() {
        ServerMessage.Created created = client.create();
        client.type(0, "echo quiet-$((3+3))\r");
        client.awaitText(0, "quiet-6");
        client.awaitText(0, "quiet-6\r\n$ ");
        client.fence();
        long active = client.entry(created.sessionId()).lastActiveAt();

        await().pollDelay(Duration.ofMillis(50))
                .until(() -> System.currentTimeMillis() > active + 40);

        assertThat(client.entry(created.sessionId()).lastActiveAt()).isEqualTo(active);
    }

    @Test
    void aShellThatTellsItsDirectoryIsBelievedUnlessItIsOnAnotherHost() {
        ServerMessage.Created created = client.create();
        client.type(0, "printf '\\033]7;file://elsewhere.example/nowhere\\007'; echo a-$((1+1))\r");
        client.awaitText(0, "a-2");
        assertThat(client.entry(created.sessionId()).cwd()).isNotEqualTo("/nowhere");

        client.type(0, "printf '\\033]7;file:///usr/share%%2fdoc\\007'; echo b-$((1+1))\r");
        client.awaitText(0, "b-2");
        assertThat(client.entry(created.sessionId()).cwd()).isEqualTo("/usr/share/doc");
    }

    @Test
    void everyConnectionHearsARenameAndTheOneThatAskedIsAnsweredOnce() {
        ServerMessage.Created created = client.create();
        try (TestClient other = server.connect()) {
            var renamed = new ServerMessage.Renamed(created.sessionId(), "the büild");

            assertThat(client.ask(new ClientMessage.Rename(created.sessionId(), "the büild")))
                    .isEqualTo(renamed);

            assertThat(other.hear(ServerMessage.Renamed.class)).isEqualTo(renamed);
            client.fence();
            assertThat(client.heardNo(ServerMessage.Renamed.class)).isTrue();
            assertThat(other.entry(created.sessionId()).name()).isEqualTo("the büild");
        }
    }

    @Test
    void theSmallestColumnsAndRowsOverAllVotersWin() {
        ServerMessage.Created created = client.create(new TerminalSize(100, 40));
        SessionId id = created.sessionId();
        try (TestClient small = server.connect();
                TestClient looker = server.connect()) {
            looker.attach(
                    new ClientMessage.Attach(
                            id, new TerminalSize(10, 5), null, null, true, RespawnMode.NEVER));
            ServerMessage.Created attached =
                    small.attach(
                            new ClientMessage.Attach(
                                    id,
                                    new TerminalSize(120, 30),
                                    null,
                                    null,
                                    false,
                                    RespawnMode.AUTO));

            assertThat(attached.size()).isEqualTo(new TerminalSize(100, 30));
            assertThat(client.hear(ServerMessage.Size.class).size())
                    .isEqualTo(new TerminalSize(100, 30));
            client.type(0, "stty size\r");
            client.awaitText(0, "30 100");

            small.send(new ClientMessage.Resize(id, null));
            assertThat(client.hear(ServerMessage.Size.class).size())
                    .isEqualTo(new TerminalSize(100, 40));
            small.send(new ClientMessage.Resize(id, new TerminalSize(90, 50)));
            ServerMessage.Size size = client.hear(ServerMessage.Size.class);
            assertThat(size.size()).isEqualTo(new TerminalSize(90, 40));
            assertThat(size.event()).isEqualTo(2);

            small.ask(new ClientMessage.Detach(id));
            assertThat(client.hear(ServerMessage.Size.class).size())
                    .isEqualTo(new TerminalSize(100, 40));
            client.ask(new ClientMessage.Detach(id));
            assertThat(client.entry(id).size()).isEqualTo(new TerminalSize(100, 40));
        }
    }

    @Test
    void aLostConnectionKeepsItsVote() {
        SessionId id = client.create(new TerminalSize(100, 40)).sessionId();
        TestClient small = server.connect();
        small.attach(
                new ClientMessage.Attach(
                        id, new TerminalSize(60, 20), null, null, false, RespawnMode.AUTO));
        client.hear(ServerMessage.Size.class);

        small.close();

        await().atMost(Duration.ofSeconds(60)).until(() -> client.entry(id).clientCount() == 1);
        assertThat(client.entry(id).size()).isEqualTo(new TerminalSize(60, 20));
    }

    @Test
    void exitIsReportedAfterTheLastByteAndTheTextStays() {
        ServerMessage.Created created = client.create();
        client.type(0, "seq 1 2000; echo last-$((9*9)); exit 7\r");

        TestClient.Heard exit = client.hear(h -> h.message() instanceof ServerMessage.Exit);

        assertThat(exit.message())
                .isInstanceOfSatisfying(
                        ServerMessage.Exit.class,
                        message -> {
                            assertThat(message.exitCode()).isEqualTo(7);
                            assertThat(message.reason()).isEqualTo(ExitReason.EXITED);
                            assertThat(message.offset()).isEqualTo(client.bytes(0).length);
                        });
        assertThat(exit.bytesBefore()).isEqualTo(client.bytes(0).length);
        assertThat(client.text(0)).contains("last-81");
        SessionEntry entry = client.entry(created.sessionId());
        assertThat(entry.isExited()).isTrue();
        assertThat(entry.exitCode()).isEqualTo(7);
        assertThat(entry.pid()).isNull();
    }

    @Test
    void aKilledProcessIsReportedWithItsSignal() {
        client.create();
        client.type(0, "kill -9 $$\r");

        ServerMessage.Exit exit = client.hear(ServerMessage.Exit.class);

        assertThat(exit.signal()).isEqualTo("SIGKILL");
        assertThat(exit.reason()).isEqualTo(ExitReason.SIGNAL);
        assertThat(exit.exitCode()).isNull();
    }

    @Test
    void attachingToAnExitedShellRespawnsItInItsLastDirectoryBehindASeparator() throws Exception {
        Path project = Files.createDirectory(directory.resolve("last place"));
        ServerMessage.Created created = client.create();
        client.type(0, "cd '" + project + "'; echo old-$((4+4))\r");
        client.awaitText(0, "old-8");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> project.toString().equals(client.entry(created.sessionId()).cwd()));
        client.type(0, "exit 0\r");
        client.hear(ServerMessage.Exit.class);
        client.ask(new ClientMessage.Detach(created.sessionId()));
        client.forget(0);

        ServerMessage.Created again = client.attach(created.sessionId());

        assertThat(again.generation()).isEqualTo(2);
        assertThat(again.isExited()).isFalse();
        client.type(0, "pwd; echo new-$((5+5))\r");
        client.awaitText(0, "new-10");
        assertThat(client.text(0))
                .containsSubsequence("old-8", "process exited (0)", project.toString(), "new-10");
        assertThat(client.text(0).indexOf("process exited"))
                .isEqualTo(client.text(0).lastIndexOf("process exited"));
    }

    @Test
    void aDirectoryThatIsGoneGivesItsNearestParentAndSaysSo() throws Exception {
        Path project = Files.createDirectories(directory.resolve("a/b"));
        ServerMessage.Created created = client.create(TestClient.shell(SIZE, project.toString()));
        client.type(0, "cd /; rmdir " + project + "; exec 3<&-; exit\r");
        // The directory at the exit is /: only what the create asked for is gone.
        client.hear(ServerMessage.Exit.class);
        ServerMessage.Created second =
                client.create(TestClient.shell(SIZE, project.getParent().toString()));
        client.type(1, "rmdir $PWD; exit\r");
        client.hear(ServerMessage.Exit.class);
        client.ask(new ClientMessage.Detach(second.sessionId()));
        client.forget(1);

        client.attach(second.sessionId());

        client.type(1, "pwd\r");
        client.awaitText(1, "is gone, now in " + directory);
        assertThat(created.generation()).isEqualTo(1);
    }

    @Test
    void aNewSessionHasNoSeparator() {
        client.create();
        client.type(0, "echo first-$((1+1))\r");
        client.awaitText(0, "first-2");

        assertThat(client.text(0)).doesNotContain("process");
    }

    @Test
    void anExitedSessionIsLeftAloneWhereThatIsAskedFor() {
        SessionId id = exitedShell().sessionId();

        assertThat(client.attach(attach(id, RespawnMode.NEVER)).isExited()).isTrue();
        assertThat(client.hear(ServerMessage.Exit.class).exitCode()).isEqualTo(3);
        assertThat(client.attach(attach(id, RespawnMode.LOST)).isExited()).isTrue();
        assertThat(client.text(0)).contains("kept-42");
        ServerMessage.Created readOnly =
                client.attach(
                        new ClientMessage.Attach(id, SIZE, null, null, true, RespawnMode.AUTO));
        assertThat(readOnly.isExited()).isTrue();
        assertThat(readOnly.readOnly()).isTrue();
        assertThat(client.attach(attach(id, RespawnMode.AUTO)).isExited()).isFalse();
    }

    @Test
    void whoLeavesWhileTheShellIsBeingStartedAgainIsGone() {
        SessionId id = exitedShell().sessionId();
        client.ask(new ClientMessage.Detach(id));
        TestClient lost = server.connect();
        try (TestClient other = server.connect()) {
            String attach = other.send(attach(id, RespawnMode.AUTO));
            String detach = other.send(new ClientMessage.Detach(id));
            lost.send(attach(id, RespawnMode.AUTO));
            lost.close();

            other.answerTo(attach);
            other.answerTo(detach);
            await().atMost(Duration.ofSeconds(60)).until(() -> client.entry(id).clientCount() == 0);
            other.fence();
            assertThat(client.entry(id).clientCount()).isZero();
        }
    }

    @Test
    void aCommandIsNotStartedAgainByAttaching() {
        ServerMessage.Created created =
                client.create(command("sh", "-c", "echo done-$((2*2)); exit 1"));
        client.hear(ServerMessage.Exit.class);

        assertThat(client.attach(attach(created.sessionId(), RespawnMode.AUTO)).isExited())
                .isTrue();
        assertThat(client.entry(created.sessionId()).kind()).isEqualTo(SessionKind.COMMAND);

        assertThat(client.ask(new ClientMessage.Respawn(created.sessionId(), null)))
                .isInstanceOf(ServerMessage.Respawned.class);
    }

    @Test
    void aRespawnTellsEveryViewerInPlaceAndTheOneThatAskedOnce() {
        SessionId id = exitedShell().sessionId();
        try (TestClient other = server.connect()) {
            other.attach(attach(id, RespawnMode.NEVER));
            other.hear(ServerMessage.Exit.class);

            var respawned = (ServerMessage.Respawned) client.ask(new ClientMessage.Respawn(id, 1L));

            assertThat(respawned.generation()).isEqualTo(2);
            assertThat(respawned.channel()).isZero();
            assertThat(other.hear(ServerMessage.Respawned.class).offset())
                    .isEqualTo(respawned.offset());
            other.awaitText(0, "process exited (3)");
            client.type(0, "echo again-$((3*3))\r");
            client.awaitText(0, "again-9");
            assertThat(client.heardNo(ServerMessage.Respawned.class)).isTrue();
        }
    }

    @Test
    void aRespawnOfAnotherGenerationIsRefused() {
        SessionId id = exitedShell().sessionId();

        client.send(new ClientMessage.Respawn(id, 9L));

        assertThat(client.hearError(ErrorCode.STALE_GENERATION).sessionId()).isEqualTo(id);
    }

    @Test
    void oneOfTwoConcurrentRespawnsWinsAndBothAreAnswered() {
        SessionId id = exitedShell().sessionId();
        try (TestClient other = server.connect()) {
            String first = client.send(new ClientMessage.Respawn(id, 1L));
            String second = other.send(new ClientMessage.Respawn(id, 1L));

            assertThat(((ServerMessage.Respawned) client.answerTo(first)).generation())
                    .isEqualTo(2);
            assertThat(((ServerMessage.Respawned) other.answerTo(second)).generation())
                    .isEqualTo(2);
        }
    }

    @Test
    void inputAndResizeWithoutAProcessAreSilent() {
        SessionId id = exitedShell().sessionId();

        client.type(0, "lost words\r");
        client.send(new ClientMessage.Resize(id, new TerminalSize(50, 20)));
        client.send(new ClientMessage.Input(id, ByteString.utf8("x")));
        client.fence();

        assertThat(client.heardNo(ServerMessage.Failure.class)).isTrue();
    }

    @Test
    void aReadOnlyViewerCannotType() {
        SessionId id = client.create().sessionId();
        try (TestClient looker = server.connect()) {
            looker.attach(new ClientMessage.Attach(id, null, null, null, true, RespawnMode.NEVER));
            looker.hear(ServerMessage.Resync.class);

            looker.type(0, "echo never-$((8+8))\r");

            assertThat(looker.hearError(ErrorCode.READ_ONLY).sessionId()).isEqualTo(id);
            client.type(0, "echo then-$((1+1))\r");
            client.awaitText(0, "then-2");
            assertThat(client.text(0)).doesNotContain("never");
        }
    }

    @Test
    void inputTypesWithoutAttaching() {
        SessionId id = client.create().sessionId();
        try (TestClient script = server.connect()) {
            script.send(new ClientMessage.Input(id, ByteString.utf8("echo typed-$((6+6))\r")));
            client.awaitText(0, "typed-12");
        }
    }

    @Test
    void aDestroyedSessionIsGoneForEveryoneAndItsProcessEnds() {
        ServerMessage.Created created = client.create();
        SessionId id = created.sessionId();
        long pid = client.entry(id).pid();
        try (TestClient other = server.connect();
                TestClient stranger = server.connect()) {
            other.attach(id);

            assertThat(client.ask(new ClientMessage.Destroy(id)))
                    .isEqualTo(new ServerMessage.Destroyed(id));

            assertThat(other.hear(ServerMessage.Destroyed.class).sessionId()).isEqualTo(id);
            assertThat(stranger.hear(ServerMessage.Destroyed.class).sessionId()).isEqualTo(id);
            assertThat(client.list()).isEmpty();
            client.send(new ClientMessage.Attach(id, SIZE, null, null, false, RespawnMode.AUTO));
            client.hearError(ErrorCode.NOT_FOUND);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
            client.fence();
            assertThat(client.heardNo(ServerMessage.Destroyed.class)).isTrue();
        }
    }

    @Test
    void aNumberFreedByADestroyStaysReservedUntilTheClientLetsGo() {
        SessionId id = client.create().sessionId();
        client.ask(new ClientMessage.Destroy(id));

        assertThat(client.create().channel()).isEqualTo(1);
        assertThat(client.ask(new ClientMessage.Detach(id)))
                .isEqualTo(new ServerMessage.Detached(id, 0));
        assertThat(client.create().channel()).isZero();
    }

    @Test
    void the256thChannelIsRefusedAndAFreedOneIsReused() {
        List<SessionId> ids =
                IntStream.rangeClosed(0, 254)
                        .mapToObj(_ -> client.create(command("cat")).sessionId())
                        .toList();
        assertThat(new HashSet<>(ids)).hasSize(255);

        client.send(command("cat"));
        client.hearError(ErrorCode.CHANNELS_EXHAUSTED);
        assertThat(client.list()).hasSize(255);

        client.type(254, "end to end\r");
        client.awaitText(254, "end to end\r\nend to end");
        client.ask(new ClientMessage.Detach(ids.get(77)));
        assertThat(client.create(command("cat")).channel()).isEqualTo(77);
        try (TestClient other = server.connect()) {
            assertThat(other.attach(ids.get(254)).channel()).isZero();
        }
    }

    @Test
    void aResumeGoesOnAtItsOffset() {
        ServerMessage.Created created = client.create();
        client.type(0, "echo before-$((1+2))\r");
        client.awaitText(0, "before-3\r\n$ ");
        int seen = client.bytes(0).length;
        client.type(0, "echo after-$((2+3))\r");
        client.awaitText(0, "after-5\r\n$ ");
        byte[] all = client.bytes(0);

        try (TestClient back = server.connect()) {
            ServerMessage.Created attached = back.attach(resume(created.sessionId(), seen, 0L));

            assertThat(attached.offset()).isEqualTo(seen);
            back.awaitText(0, "after-5\r\n$ ");
            assertThat(back.text(0))
                    .isEqualTo(new String(all, seen, all.length - seen, StandardCharsets.UTF_8));
            assertThat(back.heardNo(ServerMessage.Resync.class)).isTrue();
        }
    }

    @Test
    void aResumeReplaysTheEventsThatWereMissedAtTheirPlaces() {
        ServerMessage.Created created = client.create();
        client.type(0, "echo one-$((0+1))\r");
        client.awaitText(0, "one-1\r\n$ ");
        int seen = client.bytes(0).length;
        client.send(new ClientMessage.Resize(created.sessionId(), new TerminalSize(70, 20)));
        client.hear(ServerMessage.Size.class);
        client.type(0, "echo two-$((1+1))\r");
        client.awaitText(0, "two-2\r\n$ ");

        try (TestClient back = server.connect()) {
            back.attach(
                    new ClientMessage.Attach(
                            created.sessionId(),
                            new TerminalSize(70, 20),
                            (long) seen,
                            0L,
                            false,
                            RespawnMode.NEVER));
            TestClient.Heard size = back.hear(h -> h.message() instanceof ServerMessage.Size);

            assertThat(size.bytesBefore()).isZero();
            assertThat(((ServerMessage.Size) size.message()).offset()).isEqualTo(seen);
            back.awaitText(0, "two-2");

            back.attach(
                    new ClientMessage.Attach(
                            created.sessionId(),
                            new TerminalSize(70, 20),
                            (long) seen,
                            1L,
                            false,
                            RespawnMode.NEVER));
            back.fence();
            assertThat(back.heardNo(ServerMessage.Size.class)).isTrue();
        }
    }

    @Test
    void aResumeThatCannotBeIsAResync() {
        ServerMessage.Created created = client.create();
        client.type(0, "echo x-$((1+1))\r");
        client.awaitText(0, "x-2");
        try (TestClient back = server.connect()) {
            back.attach(resume(created.sessionId(), 1L << 50, null));
            back.hear(ServerMessage.Resync.class);
            back.attach(resume(created.sessionId(), 0, 99L));
            back.hear(ServerMessage.Resync.class);
        }
    }

    @Test
    void whatTheTailNoLongerHasIsResyncedWithTheScrollback() {
        // What floods may come as a snapshot at its end.
        client.foldScreens();
        ServerMessage.Created created = client.create();
        client.type(0, "seq 1 700000; echo end-$((3*4))\r");
        client.awaitDrawn(0, "end-12\n$");
        try (TestClient back = server.connect()) {
            back.foldScreens();
            back.attach(resume(created.sessionId(), 10, null));

            ServerMessage.Resync resync = back.hear(ServerMessage.Resync.class);

            assertThat(resync.complete()).isTrue();
            assertThat(resync.keepsHistory()).isFalse();
            back.awaitDrawn(0, "end-12\n$");
            assertThat(back.drawn(0)).contains("699999\n700000\n");
            assertThat(back.<Long>screen(0, s -> s.history().endLine() - s.history().firstLine()))
                    .isEqualTo(10_000);
        }
    }

    @Test
    void queriesAreAnsweredFromFixedTexts() {
        client.create(
                command(
                        "sh",
                        "-c",
                        "stty raw -echo; printf 'go\\033[c\\033[5n\\033[>c\\033[>q'; dd bs=1"
                                + " count=55 2>/dev/null | od -An -c | tr -d ' \\n"
                                + "'; echo"));
        client.awaitText(0, "wormhole(");

        assertThat(client.text(0))
                .contains("033[?64;6;9;15;21;22;28c033[0n033[>41;379;0c033P>|wormhole(1)");
    }

    @Test
    void aBellReachesLiveViewersOnceAndIsNotReplayed() {
        ServerMessage.Created created = client.create();
        client.type(0, "printf '\\a'; echo rang-$((1+1))\r");
        client.awaitText(0, "rang-2");

        assertThat(client.hear(ServerMessage.Event.class).what()).isEqualTo(new Happening.Bell());
        try (TestClient late = server.connect()) {
            late.attach(created.sessionId());
            late.awaitText(0, "rang-2");
            late.fence();
            assertThat(late.heardNo(ServerMessage.Event.class)).isTrue();
        }
    }

    @Test
    void theChildHasTheUsersEnvironmentAndALoginsSurroundings() {
        SessionId id =
                client.create(
                                new ClientMessage.Create(
                                        SIZE,
                                        null,
                                        null,
                                        List.of("sh"),
                                        Map.of("EXTRA", "given", "PS1", "$ "),
                                        null))
                        .sessionId();
        client.type(0, "env; ulimit -Sn; grep Sig /proc/self/status; echo seen-$((4*5))\r");
        client.awaitText(0, "seen-20");
        String text = client.text(0);

        assertThat(text)
                .contains(
                        "TERM=xterm-256color",
                        "COLORTERM=truecolor",
                        "EXTRA=given",
                        "WORMHOLE_SESSION=" + id)
                .contains("\n1024\r\n")
                .containsPattern("SigBlk:\\s+0000000000000000")
                .doesNotContain("_JPACKAGE_LAUNCHER", "JAVA_TOOL_OPTIONS", "WORMHOLE_TOKEN");
        // SIGHUP, SIGINT and SIGQUIT are not ignored.
        String ignored =
                text.lines().filter(l -> l.startsWith("SigIgn:")).findFirst().orElseThrow();
        long mask = Long.parseLong(ignored.replaceAll("\\D*([0-9a-f]+)\\s*$", "$1"), 16);
        assertThat(mask & 0b111).isZero();
    }

    @Test
    void whatCannotBeStartedIsRefusedAndLeavesNothing() {
        client.send(
                new ClientMessage.Create(SIZE, null, "/no/such/place", List.of(), Map.of(), null));
        assertThat(client.hearError(ErrorCode.SPAWN_FAILED).message()).contains("/no/such/place");
        client.send(new ClientMessage.Create(SIZE, null, "relative", List.of(), Map.of(), null));
        client.hearError(ErrorCode.SPAWN_FAILED);
        client.send(command("no-such-program-anywhere"));
        assertThat(client.hearError(ErrorCode.SPAWN_FAILED).message())
                .contains("no-such-program-anywhere");

        assertThat(client.create().channel()).isZero();
        assertThat(client.list()).hasSize(1);
        assertThat(
                        client.rest().stream()
                                .map(TestClient.Heard::message)
                                .filter(ServerMessage.Changed.class::isInstance)
                                .map(m -> ((ServerMessage.Changed) m).session().id())
                                .collect(Collectors.toSet()))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void everyConnectionHearsOfNewAndChangedSessions() {
        try (TestClient stranger = server.connect()) {
            SessionId id = client.create().sessionId();
            ServerMessage.Changed changed =
                    (ServerMessage.Changed)
                            stranger.hear(
                                            h ->
                                                    h.message() instanceof ServerMessage.Changed c
                                                            && c.session().id().equals(id))
                                    .message();
            assertThat(changed.session().isExited()).isFalse();

            client.type(0, "exit 5\r");

            stranger.hear(
                    h ->
                            h.message() instanceof ServerMessage.Changed c
                                    && c.session().isExited()
                                    && Integer.valueOf(5).equals(c.session().exitCode()));
        }
    }

    @Test
    void sessionsEndWithoutLeavingThreadsDescriptorsOrProcesses() {
        ServerMessage.Created warm = client.create();
        client.ask(new ClientMessage.Destroy(warm.sessionId()));
        client.ask(new ClientMessage.Detach(warm.sessionId()));
        await().untilAsserted(() -> assertThat(sessionThreads()).isEmpty());
        long descriptors = descriptors();

        for (int round = 0; round < 20; round++) {
            ServerMessage.Created created = client.create();
            client.type(0, "cat >/dev/null &\r");
            client.ask(new ClientMessage.Destroy(created.sessionId()));
            client.ask(new ClientMessage.Detach(created.sessionId()));
        }

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(sessionThreads()).isEmpty());
        await().atMost(Duration.ofSeconds(10)).until(() -> descriptors() <= descriptors + 3);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> ProcessHandle.current().children().findAny().isEmpty());
    }

    private static Set<String> sessionThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("session-") || name.startsWith("pty-"))
                .collect(Collectors.toSet());
    }

    private static long descriptors() {
        String[] open = new java.io.File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }
}
