package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.SessionKind;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.testkit.TaskClient;
import dev.wormhole.server.testkit.TestClient;
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
import java.util.stream.IntStream;

/** Tasks, over the real wire, with real processes. */
class TasksOverTheWireTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    @TempDir Path temporary;

    private TestServer server;
    private TestClient client;
    private TaskClient tasks;

    @BeforeEach
    void start() throws IOException {
        server =
                TestServer.start(
                        Files.createDirectory(temporary.resolve("data")),
                        Map.of("tasks.grace", "400"));
        client = server.connect();
        client.hello(Feature.TASKS);
        tasks = new TaskClient(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static ClientMessage.Attach attach(SessionId id) {
        return new ClientMessage.Attach(id, SIZE, null, null, false, RespawnMode.AUTO);
    }

    @Test
    void aCommandThatEndsWithZeroIsCompletedAndEveryStepIsTold() {
        TaskEntry created = tasks.start("echo made it");

        assertThat(created.status()).isIn(TaskStatus.PENDING);
        TaskEntry over = tasks.awaitOver(created.id());
        assertThat(over.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(over.exitCode()).isZero();
        assertThat(over.reason()).isNull();
        assertThat(over.created()).isLessThanOrEqualTo(over.started());
        assertThat(over.outputEnd()).isEqualTo(9);
        assertThat(over.started()).isLessThanOrEqualTo(over.ended());
        assertThat(tasks.told(created.id()))
                .containsSubsequence(TaskStatus.PENDING, TaskStatus.RUNNING, TaskStatus.COMPLETED);
        assertThat(tasks.text(created.id())).isEqualTo("made it\r\n");
    }

    @Test
    void anotherStatusIsAFailureWithIt() {
        TaskEntry over = tasks.awaitOver(tasks.start("exit 7").id());

        assertThat(over.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(over.reason()).isEqualTo(TaskReason.EXITED);
        assertThat(over.exitCode()).isEqualTo(7);
    }

    @Test
    void aSignalIsAFailureWithItsName() {
        TaskEntry over = tasks.awaitOver(tasks.start("kill -KILL $$").id());

        assertThat(over.reason()).isEqualTo(TaskReason.SIGNAL);
        assertThat(over.signal()).isEqualTo("SIGKILL");
        assertThat(over.exitCode()).isNull();
    }

    @Test
    void aCommandThatCannotBeStartedIsAFailureThatIsKept() {
        TaskEntry created = tasks.start(List.of("/no/such/program"), null);
        TaskEntry over = tasks.awaitOver(created.id());

        assertThat(over.reason()).isEqualTo(TaskReason.SPAWN_FAILED);
        assertThat(over.message()).contains("/no/such/program");
        assertThat(over.started()).isNull();
        assertThat(tasks.list()).extracting(TaskEntry::id).containsExactly(created.id());
    }

    @Test
    void aRepoThatIsNotThereIsRefusedAndLeavesNothing() {
        ServerMessage.Failure failure =
                (ServerMessage.Failure)
                        client.ask(
                                new ClientMessage.TaskStart(
                                        "/no/such/repo",
                                        "",
                                        List.of("true"),
                                        null,
                                        Map.of(),
                                        null,
                                        null,
                                        null));

        assertThat(failure.code()).isEqualTo(ErrorCode.SPAWN_FAILED);
        assertThat(failure.message()).contains("/no/such/repo");
        assertThat(tasks.list()).isEmpty();
        assertThat(client.list()).isEmpty();
    }

    @Test
    void theCommandRunsInItsRepoWithItsEnvironmentAndSize() throws IOException {
        Path repo = Files.createDirectory(temporary.resolve("a repo"));
        var request =
                new ClientMessage.TaskStart(
                        repo.toString(),
                        "what it is for",
                        List.of("/bin/sh", "-c", "pwd; echo $K; stty size"),
                        "name",
                        Map.of("K", "v"),
                        new TerminalSize(91, 17),
                        null,
                        null);
        TaskEntry created = ((ServerMessage.TaskCreated) client.ask(request)).task();

        assertThat(created.name()).isEqualTo("name");
        assertThat(created.task()).isEqualTo("what it is for");
        assertThat(tasks.text(created.id())).isEqualTo(repo.toRealPath() + "\r\nv\r\n17 91\r\n");
    }

    @Test
    void terminateEndsItWithTermAndThatIsItsReason() {
        TaskEntry task = tasks.start("trap 'echo ending; exit 0' TERM; echo up; sleep 1000 & wait");
        tasks.awaitText(task.id(), "up");

        TaskEntry told =
                ((ServerMessage.Task) client.ask(new ClientMessage.TaskTerminate(task.id())))
                        .task();
        assertThat(told.status() == TaskStatus.RUNNING ? told.isEnding() : told.status().isOver())
                .isTrue();
        TaskEntry over = tasks.awaitOver(task.id());
        assertThat(over.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(over.reason()).isEqualTo(TaskReason.TERMINATED);
        assertThat(tasks.text(task.id())).contains("ending");
    }

    @Test
    void whatIgnoresTermIsKilledAfterTheGraceWithItsChildren() {
        TaskEntry task =
                tasks.start("trap '' TERM; sh -c 'trap \"\" TERM; sleep 1000' & echo $!; wait");
        tasks.awaitText(task.id(), "\n");
        long child = Long.parseLong(tasks.textSoFar(task.id()).strip());

        client.ask(new ClientMessage.TaskTerminate(task.id()));
        TaskEntry over = tasks.awaitOver(task.id());

        assertThat(over.reason()).isEqualTo(TaskReason.TERMINATED);
        assertThat(over.signal()).isEqualTo("SIGKILL");
        await().until(() -> ProcessHandle.of(child).isEmpty());
    }

    @Test
    void whatDoesNotRunCannotBeTerminated() {
        TaskEntry over = tasks.awaitOver(tasks.start("true").id());
        var failure =
                (ServerMessage.Failure) client.ask(new ClientMessage.TaskTerminate(over.id()));
        assertThat(failure.code()).isEqualTo(ErrorCode.NO_PROCESS);

        failure =
                (ServerMessage.Failure)
                        client.ask(new ClientMessage.TaskTerminate(SessionId.random()));
        assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aTaskThatTakesLongerThanItIsGivenIsEnded() {
        TaskEntry over =
                tasks.awaitOver(tasks.start(List.of("/bin/sh", "-c", "sleep 1000"), 300L).id());

        assertThat(over.reason()).isEqualTo(TaskReason.TIMEOUT);
        assertThat(over.ended() - over.started()).isGreaterThanOrEqualTo(290);
    }

    @Test
    void runAgainMakesANewTaskThatNamesTheFirst() {
        TaskEntry first = tasks.awaitOver(tasks.start("echo again").id());
        TaskEntry second =
                ((ServerMessage.TaskCreated)
                                client.ask(new ClientMessage.TaskRerun(first.id(), "once")))
                        .task();
        TaskEntry same =
                ((ServerMessage.TaskCreated)
                                client.ask(new ClientMessage.TaskRerun(first.id(), "once")))
                        .task();

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(same.id()).isEqualTo(second.id());
        assertThat(second.predecessor()).isEqualTo(first.id());
        assertThat(second.command()).isEqualTo(first.command());
        assertThat(tasks.text(second.id())).isEqualTo("again\r\n");
        assertThat(tasks.list()).extracting(TaskEntry::id).containsExactly(second.id(), first.id());
    }

    @Test
    void theSameCreateIdIsTheSameTask() {
        var request =
                new ClientMessage.TaskStart(
                        "/", "", List.of("true"), null, Map.of(), null, null, "mine");
        SessionId first = ((ServerMessage.TaskCreated) client.ask(request)).task().id();
        tasks.awaitOver(first);
        assertThat(((ServerMessage.TaskCreated) client.ask(request)).task().id()).isEqualTo(first);
        assertThat(tasks.list()).hasSize(1);
    }

    @Test
    void aTaskIsASessionThatManyCanWatchAndTypeInto() {
        TaskEntry task = tasks.start("echo who; read x; echo hello $x; read y; echo bye $y");
        tasks.awaitText(task.id(), "who");
        SessionEntry entry = client.entry(task.id());
        assertThat(entry.kind()).isEqualTo(SessionKind.TASK);
        try (TestClient first = server.connect();
                TestClient second = server.connect()) {
            first.foldScreens();
            second.foldScreens();
            ServerMessage.Created one = first.attach(attach(task.id()));
            ServerMessage.Created two = second.attach(attach(task.id()));
            first.awaitDrawn(one.channel(), "who");
            first.type(one.channel(), "ann\r");
            second.awaitDrawn(two.channel(), "hello ann");
            second.type(two.channel(), "bob\r");
            first.awaitDrawn(one.channel(), "bye bob");
            second.awaitDrawn(two.channel(), "bye bob");
            first.hear(ServerMessage.Exit.class);
            second.hear(ServerMessage.Exit.class);
            assertThat(tasks.awaitOver(task.id()).status()).isEqualTo(TaskStatus.COMPLETED);

            // Whoever comes late sees the same, as long as somebody looks and afterwards too.
            try (TestClient late = server.connect()) {
                late.foldScreens();
                ServerMessage.Created third = late.attach(attach(task.id()));
                assertThat(third.isExited()).isTrue();
                late.awaitDrawn(third.channel(), "bye bob");
                assertThat(late.drawn(third.channel())).isEqualTo(first.drawn(one.channel()));
            }
        }
    }

    @Test
    void aTaskThatIsOverLeavesTheSessionsAndComesBackToBeLookedAt() {
        TaskEntry task = tasks.awaitOver(tasks.start("echo still here; exit 3").id());
        await().until(() -> client.list().isEmpty());

        for (int look = 0; look < 2; look++) {
            try (TestClient late = server.connect()) {
                late.foldScreens();
                ServerMessage.Created back = late.attach(attach(task.id()));
                assertThat(back.isExited()).isTrue();
                late.awaitDrawn(back.channel(), "still here");
                // A list that is asked for after an attach has it.
                assertThat(late.list()).extracting(SessionEntry::id).containsExactly(task.id());
            }
            await().until(() -> client.list().isEmpty());
        }
        assertThat(tasks.find(task.id()).exitCode()).isEqualTo(3);
        assertThat(tasks.text(task.id())).isEqualTo("still here\r\n");
    }

    @Test
    void nothingRunsATaskTwice() {
        TaskEntry task = tasks.start("read x; echo once");
        try (TestClient viewer = server.connect()) {
            ServerMessage.Created channel = viewer.attach(attach(task.id()));
            viewer.type(channel.channel(), "\r");
            tasks.awaitOver(task.id());
            var refused =
                    (ServerMessage.Failure) viewer.ask(new ClientMessage.Respawn(task.id(), null));
            assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED);
            assertThat(viewer.attach(attach(task.id())).isExited()).isTrue();
        }
    }

    @Test
    void destroyRemovesItFromTheHistoryWhetherItRunsOrNot() {
        TaskEntry runs = tasks.start("echo up; sleep 1000");
        TaskEntry over = tasks.awaitOver(tasks.start("true").id());
        await().until(() -> client.list().size() == 1);
        tasks.awaitText(runs.id(), "up");
        long pid = client.entry(runs.id()).pid();
        try (TestClient other = server.connect()) {
            other.hello(Feature.TASKS);
            assertThat(client.ask(new ClientMessage.Destroy(over.id())))
                    .isEqualTo(new ServerMessage.Destroyed(over.id()));
            assertThat(other.hear(ServerMessage.Destroyed.class).sessionId()).isEqualTo(over.id());
            assertThat(client.ask(new ClientMessage.Destroy(runs.id())))
                    .isEqualTo(new ServerMessage.Destroyed(runs.id()));
        }
        assertThat(tasks.list()).isEmpty();
        await().until(() -> ProcessHandle.of(pid).isEmpty());
        var gone =
                (ServerMessage.Failure) client.ask(new ClientMessage.TaskRequest(over.id(), null));
        assertThat(gone.code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aReaderByOffsetMissesNothingHoweverSlowItIs() {
        // More than the ring holds, so that the beginning comes from the history.
        TaskEntry task = tasks.start("seq 1 600000");
        tasks.awaitOver(task.id());
        String text = tasks.text(task.id());

        assertThat(text.length()).isGreaterThan(4 << 20);
        String[] lines = text.split("\r\n");
        assertThat(lines).hasSize(600_000);
        for (int i = 0; i < lines.length; i++) assertThat(lines[i]).isEqualTo("" + (i + 1));
    }

    @Test
    void aReaderThatFollowsHearsTheRestAndThatItIsAll() {
        TaskEntry task = tasks.start("echo one; read x; echo two");
        tasks.awaitText(task.id(), "one");
        long at = tasks.textSoFar(task.id()).length();
        String waiting =
                client.send(new ClientMessage.TaskOutputRequest(task.id(), at, 1000, true));
        client.fence();
        assertThat(client.rest()).noneMatch(heard -> waiting.equals(heard.ref()));

        client.send(new ClientMessage.Input(task.id(), ByteString.utf8("\r")));
        assertThat(client.answerTo(waiting)).isInstanceOf(ServerMessage.TaskOutput.class);
        assertThat(tasks.text(task.id())).isEqualTo("one\r\n\r\ntwo\r\n");
    }

    @Test
    void noConnectionTakesTheRoomOfOthersThatWait() {
        TaskEntry task = tasks.start("echo up; read x");
        tasks.awaitText(task.id(), "up");
        long end = tasks.textSoFar(task.id()).length();
        var request = new ClientMessage.TaskOutputRequest(task.id(), end, 1, true);
        try (TestClient crowd = server.connect()) {
            crowd.hello(Feature.TASKS);
            for (int i = 0; i < 5000; i++) crowd.send(request);
            crowd.fence();
            crowd.hearError(ErrorCode.LIMIT);
            assertWaits(request);
        }
        assertWaits(request);
        try (TestClient another = server.connect()) {
            another.hello(Feature.TASKS);
            for (int i = 0; i < 250; i++) another.send(request);
            another.fence();
            assertThat(another.heardNo(ServerMessage.Failure.class)).isTrue();
        }
    }

    private void assertWaits(ClientMessage request) {
        String ref = client.send(request);
        client.fence();
        assertThat(client.rest()).noneMatch(heard -> ref.equals(heard.ref()));
    }

    @Test
    void allOfARunningTasksOutputCanBeReadThoughItIsMoreThanMemoryHolds() {
        TaskEntry task = tasks.start("seq 1 600000; echo printed; read x");
        tasks.awaitText(task.id(), "printed");
        String text = tasks.textSoFar(task.id());
        assertThat(text).startsWith("1\r\n2\r\n").endsWith("600000\r\nprinted\r\n");
        assertThat(text.lines()).hasSize(600_001);
    }

    @Test
    void aCommandWithJobControlEndsAsAnyOther() {
        TaskEntry task =
                tasks.start(
                        List.of("/bin/bash", "-c", "set -m; echo up; while :; do sleep 1; done"),
                        null);
        tasks.awaitText(task.id(), "up");
        client.ask(new ClientMessage.TaskTerminate(task.id()));
        assertThat(tasks.awaitOver(task.id()).reason()).isEqualTo(TaskReason.TERMINATED);
    }

    @Test
    void aTaskThatIsRemovedWhileSomebodyOpensItStaysRemoved() throws IOException {
        var ids = new java.util.ArrayList<SessionId>();
        for (int i = 0; i < 40; i++) ids.add(tasks.start("true").id());
        ids.forEach(tasks::awaitOver);
        await().until(() -> client.list().isEmpty());
        try (TestClient other = server.connect()) {
            for (SessionId id : ids) {
                other.send(attach(id));
                client.ask(new ClientMessage.Destroy(id));
            }
            other.fence();
            await().until(() -> client.list().isEmpty());
        }
        assertThat(tasks.list()).isEmpty();
        client.close();
        server.close();
        server = TestServer.start(temporary.resolve("data"));
        client = server.connect();
        client.hello(Feature.TASKS);
        assertThat(new TaskClient(client).list()).isEmpty();
    }

    @Test
    void whoeverLeavesWhileATaskIsBroughtBackLeavesNoSession() {
        TaskEntry task = tasks.awaitOver(tasks.start("true").id());
        await().until(() -> client.list().isEmpty());
        for (int i = 0; i < 20; i++) {
            try (TestClient hasty = server.connect()) {
                hasty.send(attach(task.id()));
            }
        }
        await().atMost(TestClient.PATIENCE).until(() -> client.list().isEmpty());
        assertThat(tasks.find(task.id()).status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void manyTasksThatFloodAtOnceFitIntoMemoryAndAllEnd() {
        var ids = new java.util.ArrayList<SessionId>();
        for (int i = 0; i < 24; i++) ids.add(tasks.start("seq 1 400000").id());
        for (SessionId id : ids) {
            assertThat(tasks.awaitOver(id).status()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(tasks.text(id)).endsWith("400000\r\n");
        }
    }

    @Test
    void whatEndedLastIsKeptHoweverLongItRan() throws IOException {
        client.close();
        server.close();
        server =
                TestServer.start(
                        Files.createDirectory(temporary.resolve("few")),
                        Map.of("tasks.count", "2"));
        client = server.connect();
        client.hello(Feature.TASKS);
        tasks = new TaskClient(client);
        TaskEntry longest = tasks.start("echo up; read x");
        tasks.awaitText(longest.id(), "up");
        for (int i = 0; i < 4; i++) tasks.awaitOver(tasks.start("true").id());
        client.send(new ClientMessage.Input(longest.id(), ByteString.utf8("\r")));
        tasks.awaitOver(longest.id());
        await().until(() -> tasks.list().size() == 2);
        assertThat(tasks.list()).extracting(TaskEntry::id).contains(longest.id());
    }

    @Test
    void ofLongOutputTheFirstAndTheLastPartAreKept() throws IOException {
        client.close();
        server.close();
        server =
                TestServer.start(
                        Files.createDirectory(temporary.resolve("small")),
                        Map.of("tasks.output.bytes", "262144", "ring.bytes", "65536"));
        client = server.connect();
        client.hello(Feature.TASKS);
        tasks = new TaskClient(client);
        TaskEntry over = tasks.awaitOver(tasks.start("seq 1 400000").id());
        TaskClient.Kept kept = tasks.kept(over.id());

        assertThat(kept.text()).startsWith("1\r\n2\r\n3\r\n").endsWith("399999\r\n400000\r\n");
        assertThat(kept.missing()).isPositive();
        assertThat(kept.text().length() + kept.missing()).isEqualTo(over.outputEnd());
        assertThat(kept.text().length()).isBetween(262144, 262144 + 2 * 65536);
    }

    @Test
    void aViewerThatStallsHoldsBackNeitherTheTaskNorOthers() {
        TaskEntry task = tasks.start("read x; seq 1 300000; echo the end");
        try (TestClient stalled = server.connect();
                TestClient other = server.connect()) {
            stalled.hello(Feature.ACK);
            stalled.attach(attach(task.id()));
            stalled.pause();
            other.foldScreens();
            other.hello(Feature.ACK);
            ServerMessage.Created watching = other.attach(attach(task.id()));
            other.type(watching.channel(), "\r");
            other.awaitDrawn(watching.channel(), "the end");
            assertThat(tasks.awaitOver(task.id()).status()).isEqualTo(TaskStatus.COMPLETED);
            stalled.resume();
        }
    }

    @Test
    void withoutTheFeatureTasksAreRefusedAndNotTold() {
        try (TestClient plain = server.connect()) {
            var refused = (ServerMessage.Failure) plain.ask(new ClientMessage.TaskListRequest());
            assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED);
            tasks.awaitOver(tasks.start("true").id());
            plain.fence();
            assertThat(plain.heardNo(ServerMessage.TaskChanged.class)).isTrue();
        }
    }

    @Test
    void aThousandShortTasksLeaveNoThreadDescriptorProcessOrRow() throws IOException {
        client.close();
        server.close();
        Path directory = Files.createDirectory(temporary.resolve("bounded"));
        server = TestServer.start(directory, Map.of("tasks.count", "20"));
        client = server.connect();
        client.hello(Feature.TASKS, Feature.KEEPERS);
        tasks = new TaskClient(client);
        for (int i = 0; i < 30; i++) tasks.awaitOver(tasks.start("true").id());
        await().until(() -> client.list().isEmpty());
        int threads = Thread.activeCount();
        int descriptors = descriptors();

        for (int i = 0; i < 1000; i += 10) {
            List<SessionId> some =
                    IntStream.range(0, 10).mapToObj(_ -> tasks.start("true").id()).toList();
            some.forEach(tasks::awaitOver);
        }

        await().until(() -> client.list().isEmpty());
        await().atMost(TestClient.PATIENCE).until(() -> tasks.list().size() == 20);
        await().until(() -> sessionThreads() == 0);
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 8);
        await().until(() -> descriptors() <= descriptors + 8);
        await().until(
                        () -> {
                            var held =
                                    (ServerMessage.Keepers)
                                            client.ask(new ClientMessage.KeepersRequest());
                            return held.orphans().isEmpty()
                                    && held.keepers().stream().allMatch(k -> k.processes() == 0);
                        });
        client.close();
        server.close();
        server = TestServer.start(directory, Map.of("tasks.count", "20"));
        client = server.connect();
        client.hello(Feature.TASKS);
        assertThat(new TaskClient(client).list()).hasSize(20);
    }

    private static long sessionThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("session-"))
                .count();
    }

    private static int descriptors() {
        String[] open = new java.io.File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }
}
