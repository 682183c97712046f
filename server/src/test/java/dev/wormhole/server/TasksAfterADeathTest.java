package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.testkit.KeeperProcesses;
import dev.wormhole.server.testkit.ServerJvm;
import dev.wormhole.server.testkit.TaskClient;
import dev.wormhole.server.testkit.TestClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tasks when the server, or server and keeper, are killed with -9 or stopped in order. */
class TasksAfterADeathTest {

    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    @TempDir Path temporary;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(temporary.resolve("data"));
    }

    @AfterEach
    void endKeepers() throws IOException {
        KeeperProcesses.end(directory);
    }

    private static TestClient connect(ServerJvm server) throws IOException {
        TestClient client = server.connect();
        client.hello(Feature.TASKS);
        return client;
    }

    /** Runs until the file is there. */
    private String untilThereIs(Path file) {
        return "echo begun; while [ ! -e '" + file + "' ]; do sleep 0.05; done; echo done; exit 4";
    }

    @Test
    void aRunningTaskGoesOnWhenTheServerIsKilledAndItsEndIsKnown() throws Exception {
        Path signal = temporary.resolve("go");
        SessionId id;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            id = tasks.start(untilThereIs(signal)).id();
            tasks.awaitText(id, "begun");
            server.kill();
        }
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            assertThat(tasks.find(id).status()).isEqualTo(TaskStatus.RUNNING);
            Files.createFile(signal);
            TaskEntry over = tasks.awaitOver(id);
            assertThat(over.reason()).isEqualTo(TaskReason.EXITED);
            assertThat(over.exitCode()).isEqualTo(4);
            assertThat(tasks.text(id)).isEqualTo("begun\r\ndone\r\n");
        }
    }

    @Test
    void aSmallRingLosesNothingOfATaskWhenTheServerIsKilled() throws Exception {
        Path signal = temporary.resolve("go");
        SessionId id;
        try (ServerJvm server = ServerJvm.start(directory, "--set", "ring.bytes=4096");
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            id = tasks.start("seq 1 10000; " + untilThereIs(signal)).id();
            tasks.awaitText(id, "begun");
            await().until(() -> isStored("9999\r\n10000\r\nbegun") || isQuiet(client));
            server.kill();
        }
        try (ServerJvm server = ServerJvm.start(directory, "--set", "ring.bytes=4096");
                TestClient client = connect(server)) {
            Files.createFile(signal);
            var tasks = new TaskClient(client);
            tasks.awaitOver(id);
            assertThat(tasks.text(id)).startsWith("1\r\n2\r\n").endsWith("done\r\n");
        }
    }

    /** Long enough that everything is stored, compressed or not. */
    private static boolean isQuiet(TestClient client) {
        return System.currentTimeMillis() - client.list().getFirst().lastActiveAt() > 3_000;
    }

    @Test
    void aTaskThatEndsWhileThereIsNoServerIsOverAtTheNextStart() throws Exception {
        Path signal = temporary.resolve("go");
        SessionId id;
        long pid;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            id = tasks.start(untilThereIs(signal)).id();
            tasks.awaitText(id, "begun");
            pid = client.entry(id).pid();
            server.kill();
        }
        Files.createFile(signal);
        long ended = System.currentTimeMillis();
        await().until(() -> ProcessHandle.of(pid).isEmpty());
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            TaskEntry over = tasks.awaitOver(id);
            assertThat(over.exitCode()).isEqualTo(4);
            // When it ended, not when somebody heard of it.
            assertThat(over.ended()).isBetween(ended - 1, ended + 5_000);
            assertThat(tasks.text(id)).isEqualTo("begun\r\ndone\r\n");
        }
    }

    @Test
    void aTaskWhoseProcessWasLostHasFailedAndKeepsItsOutput() throws Exception {
        SessionId id;
        SessionId over;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            over = tasks.awaitOver(tasks.start("echo old; exit 2").id()).id();
            id = tasks.start("printf 'be%s\\n' gun; sleep 1000").id();
            tasks.awaitText(id, "begun");
            // The command itself does not hold the word.
            await().until(() -> isStored("begun"));
            server.kill();
            KeeperProcesses.end(directory);
        }
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            TaskEntry lost = tasks.awaitOver(id);
            assertThat(lost.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(lost.reason()).isEqualTo(TaskReason.LOST);
            assertThat(lost.exitCode()).isNull();
            assertThat(tasks.text(id)).isEqualTo("begun\r\n");
            // What was over before is what it was.
            assertThat(tasks.find(over).exitCode()).isEqualTo(2);
            assertThat(tasks.text(over)).isEqualTo("old\r\n");
            assertThat(tasks.list()).extracting(TaskEntry::id).containsExactly(id, over);
            await().until(() -> client.list().isEmpty());
            server.terminate();
        }
        // For ever.
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            assertThat(tasks.find(id).reason()).isEqualTo(TaskReason.LOST);
            client.foldScreens();
            ServerMessage.Created back =
                    client.attach(
                            new ClientMessage.Attach(
                                    id, SIZE, null, null, false, RespawnMode.AUTO));
            client.awaitDrawn(back.channel(), "begun");
        }
    }

    private boolean isStored(String text) throws IOException {
        return dev.wormhole.server.testkit.StoreFiles.hold(directory, text);
    }

    /** However the moments fall, no task is pending or running for ever. */
    @Test
    void tasksThatAreJustBeingStartedAreOverAfterADeathOfBoth() throws Exception {
        for (int round = 0; round < 3; round++) {
            try (ServerJvm server = ServerJvm.start(directory);
                    TestClient client = connect(server)) {
                var tasks = new TaskClient(client);
                for (int i = 0; i < 5; i++) tasks.start("sleep 1000");
                server.kill();
                KeeperProcesses.end(directory);
            }
        }
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            List<TaskEntry> all = tasks.list();
            assertThat(all).hasSize(15);
            for (TaskEntry task : all) {
                TaskEntry over = tasks.awaitOver(task.id());
                assertThat(over.reason()).isIn(TaskReason.LOST, TaskReason.NEVER_STARTED);
            }
        }
    }

    @Test
    void anOrderlyStopLeavesTasksToTheKeeper() throws Exception {
        Path signal = temporary.resolve("go");
        SessionId id;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            id = tasks.start(untilThereIs(signal)).id();
            tasks.awaitText(id, "begun");
            assertThat(server.terminate()).isZero();
        }
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            assertThat(tasks.find(id).status()).isEqualTo(TaskStatus.RUNNING);
            Files.createFile(signal);
            assertThat(tasks.awaitOver(id).exitCode()).isEqualTo(4);
        }
    }

    @Test
    void anOrderlyStopEndsTasksWhereThatIsSet() throws Exception {
        SessionId id;
        SessionId stubborn;
        try (ServerJvm server =
                        ServerJvm.start(
                                directory, "--set", "tasks.stop=1", "--set", "tasks.grace=300");
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            id = tasks.start("echo begun; sleep 1000").id();
            stubborn = tasks.start("trap '' TERM; echo begun; while :; do sleep 1; done").id();
            tasks.awaitText(id, "begun");
            tasks.awaitText(stubborn, "begun");
            assertThat(server.terminate()).isZero();
        }
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            assertThat(tasks.find(id).reason()).isEqualTo(TaskReason.STOPPED);
            assertThat(tasks.find(stubborn).reason()).isEqualTo(TaskReason.STOPPED);
        }
    }

    @Test
    void aTimeLimitCountsOnOverAKillOfTheServer() throws Exception {
        SessionId id;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            var tasks = new TaskClient(client);
            id = tasks.start(List.of("/bin/sh", "-c", "echo begun; sleep 1000"), 4_000L).id();
            tasks.awaitText(id, "begun");
            server.kill();
        }
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = connect(server)) {
            assertThat(new TaskClient(client).awaitOver(id).reason()).isEqualTo(TaskReason.TIMEOUT);
        }
    }
}
