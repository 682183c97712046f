package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.TaskReason;
import dev.wormhole.protocol.TaskStatus;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonObject;
import dev.wormhole.server.testkit.CommandLine;
import dev.wormhole.server.testkit.KeeperProcesses;
import dev.wormhole.server.testkit.ServerJvm;
import dev.wormhole.server.testkit.TaskClient;
import dev.wormhole.server.testkit.TestClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tasks on the real command line, with a real server. */
class TasksOnTheCommandLineTest {

    @TempDir Path temporary;

    private Path data;
    private ServerJvm server;

    @BeforeEach
    void start() throws Exception {
        data = Files.createDirectory(temporary.resolve("data"));
        server = ServerJvm.start(data, "--set", "tasks.grace=500");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        KeeperProcesses.end(data);
    }

    private CommandLine.Result run(String... words) throws Exception {
        return CommandLine.run(data, words);
    }

    private List<JsonObject> tasks() throws Exception {
        CommandLine.Result listed = run("tasks", "--json");
        assertThat(listed.status()).as(listed.err()).isZero();
        return ((Json.Array) Json.parse(listed.out()))
                .items().stream().map(JsonObject.class::cast).toList();
    }

    @Test
    void runPrintsTheOutputAndExitsAsItsCommand() throws Exception {
        CommandLine.Result result =
                run("run", "--", "sh", "-c", "echo one; sleep 0.3; echo two; exit 7");

        assertThat(result.status()).isEqualTo(7);
        assertThat(result.out()).isEqualTo("one\ntwo\n");
        JsonObject task = tasks().getFirst();
        assertThat(task.text("status")).isEqualTo("failed");
        assertThat(task.integer("exitCode", 0, 255)).isEqualTo(7);
        assertThat(task.text("reason")).isEqualTo("exited");
        assertThat(task.text("repo")).isEqualTo(temporary.toRealPath().toString());
        assertThat(task.fields().keySet())
                .contains("id", "repo", "task", "status", "exitCode", "reason", "created")
                .contains("started", "ended", "command");
    }

    @Test
    void aSignalATimeLimitAndAFailedStartHaveTheirOwnStatus() throws Exception {
        assertThat(run("run", "--", "sh", "-c", "kill -KILL $$").status()).isEqualTo(137);
        assertThat(run("run", "--timeout", "0.3s", "--", "sleep", "100").status()).isEqualTo(124);
        CommandLine.Result failed = run("run", "--", "/no/such/program");
        assertThat(failed.status()).isEqualTo(125);
        assertThat(failed.err()).contains("/no/such/program");
        CommandLine.Result detached = run("run", "--detach", "--", "/no/such/program");
        assertThat(detached.status()).isEqualTo(125);
        assertThat(detached.out().strip()).isEqualTo(tasks().getFirst().text("id"));
        assertThat(run("run", "--repo", "/no/such", "--", "true").status()).isEqualTo(125);
        assertThat(run("run").status()).isEqualTo(2);
    }

    @Test
    void aDetachedTaskIsFollowedTerminatedAndRunAgain() throws Exception {
        CommandLine.Result begun =
                run("run", "--detach", "--name", "mine", "--", "sh", "-c", "echo up; sleep 1000");
        assertThat(begun.status()).isZero();
        String id = begun.out().strip();
        assertThat(tasks().getFirst().text("status")).isEqualTo("running");
        try (CommandLine following = CommandLine.begin(data, "output", "mine", "--follow")) {
            await().atMost(TestClient.PATIENCE).until(() -> following.out().contains("up"));
            assertThat(run("terminate", id.substring(0, 8)).status()).isZero();
            assertThat(following.result().status()).isZero();
        }
        JsonObject over = tasks().getFirst();
        assertThat(over.text("reason")).isEqualTo("terminated");
        CommandLine.Result again = run("rerun", id);
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(tasks().getFirst().text("id")).isEqualTo(again.out().strip());
        assertThat(tasks().getFirst().text("predecessor")).isEqualTo(id);
        assertThat(run("terminate", again.out().strip()).status()).isZero();
    }

    @Test
    void whatIsFollowedIsPrintedOnceAndWholeAlthoughTheServerIsKilled() throws Exception {
        Path go = temporary.resolve("go");
        try (CommandLine line =
                CommandLine.begin(
                        data,
                        "run",
                        "--",
                        "sh",
                        "-c",
                        "i=0; while [ $i -lt 60 ]; do i=$((i+1)); echo n$i; sleep 0.05; done;"
                                + " while [ ! -e '"
                                + go
                                + "' ]; do sleep 0.05; done; echo end; exit 3")) {
            await().atMost(TestClient.PATIENCE).until(() -> line.out().contains("n5\n"));
            server.kill();
            server = ServerJvm.start(data);
            await().atMost(TestClient.PATIENCE).until(() -> line.out().contains("n60\n"));
            Files.createFile(go);
            CommandLine.Result result = line.result();
            assertThat(result.status()).as(result.err()).isEqualTo(3);
            String all =
                    IntStream.rangeClosed(1, 60)
                            .mapToObj(i -> "n" + i + "\n")
                            .collect(Collectors.joining());
            assertThat(result.out()).isEqualTo(all + "end\n");
        }
    }

    @Test
    void runPrintsAllOfAFloodThatIsMoreThanItsHistoryKeeps() throws Exception {
        CommandLine.Result result = run("run", "--", "seq", "1", "4000000");
        assertThat(result.status()).isZero();
        assertThat(result.out()).doesNotContain("not kept").endsWith("3999999\n4000000\n");
        assertThat(result.out().lines()).hasSize(4_000_000);
    }

    @Test
    void ctrlCWithoutATerminalLeavesTheTaskRunning() throws Exception {
        try (CommandLine line =
                CommandLine.begin(data, "run", "--", "sh", "-c", "echo up; sleep 1000")) {
            await().atMost(TestClient.PATIENCE).until(() -> line.out().contains("up"));
            line.interrupt();
            assertThat(line.result().status()).isEqualTo(130);
        }
        try (TestClient client = server.connect()) {
            client.hello(Feature.TASKS);
            var tasks = new TaskClient(client);
            assertThat(tasks.list().getFirst().status()).isEqualTo(TaskStatus.RUNNING);
            assertThat(run("terminate", tasks.list().getFirst().id().toString()).status()).isZero();
            assertThat(tasks.awaitOver(tasks.list().getFirst().id()).reason())
                    .isEqualTo(TaskReason.TERMINATED);
        }
    }
}
