package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Feature;
import dev.wormhole.protocol.RespawnMode;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.StoreProblem;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.checkpoint.LockingProgram;
import dev.wormhole.server.checkpoint.Mutation;
import dev.wormhole.server.testkit.Doctor;
import dev.wormhole.server.testkit.KeeperProcesses;
import dev.wormhole.server.testkit.ServerJvm;
import dev.wormhole.server.testkit.SmallDisk;
import dev.wormhole.server.testkit.StoreFiles;
import dev.wormhole.server.testkit.TestClient;
import dev.wormhole.server.testkit.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Trouble with the disk as people meet it: programs and viewers go on, everybody is told what is
 * wrong, and all is stored when the disk is back.
 */
@Timeout(600)
class DiskTroubleOverTheWireTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path temporary;

    private Path directory;

    @BeforeEach
    void directory() throws Exception {
        directory = Files.createDirectory(temporary.resolve("data"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void endKeepers() throws Exception {
        KeeperProcesses.end(directory);
    }

    @Test
    void aDatabaseThatAnotherProgramHoldsStopsNobodyAndCatchesUp() throws Exception {
        SessionId id;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            client.hello(Feature.STORE);
            hear(client, null);
            id = create(client);
            Process holder = LockingProgram.start(directory.resolve("wormhole.db"));
            try {
                say(client, "in-memory");
                ServerMessage.StoreState told = hear(client, StoreProblem.LOCKED);
                assertThat(told.message()).contains("locked by another program");
                awaitLoss(client);
                Doctor doctor = Doctor.ask(directory);
                assertThat(doctor.verdict("store")).isEqualTo("fail");
                assertThat(doctor.found("store")).contains("would lose output of 1 session");
                assertThat(doctor.verdict("lock")).isEqualTo("fail");
                assertThat(doctor.found("lock")).contains("process " + holder.pid());
            } finally {
                holder.outputWriter().close();
            }
            hear(client, null);
            assertThat(Doctor.ask(directory).verdict("lock")).isEqualTo("ok");
            server.kill();
        }
        assertStored(id, "in-memory");
    }

    /** By a limit on the size of files, which nobody needs to be root for. */
    @Test
    void aDiskThatRefusesWritesStopsNobodyAndCatchesUp() throws Exception {
        assumeTrue(limitFiles(ProcessHandle.current().pid(), "unlimited"), "no prlimit here");
        SessionId id;
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            client.hello(Feature.STORE);
            hear(client, null);
            id = create(client);
            assertThat(limitFiles(server.pid(), "65536")).isTrue();
            client.type(0, "head -c 300000 /dev/urandom | base64; echo in-$((1+1))-memory\r");
            client.awaitText(0, "in-2-memory");
            hear(client, StoreProblem.DISK_ERROR);
            awaitLoss(client);
            say(client, "goes-on");
            assertThat(limitFiles(server.pid(), "unlimited")).isTrue();
            hear(client, null);
            server.kill();
        }
        assertStored(id, "goes-on");
    }

    /** Sets the soft limit alone: it can be raised again. */
    private static boolean limitFiles(long pid, String bytes) throws Exception {
        try {
            return new ProcessBuilder(
                                    "prlimit",
                                    "--pid",
                                    Long.toString(pid),
                                    "--fsize=" + bytes + ":")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aFullDiskStopsNobodyAndCatchesUp() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory, 40);
                // Before the directory is gone that names them.
                AutoCloseable _ = () -> KeeperProcesses.end(directory)) {
            SessionId id;
            try (ServerJvm server = ServerJvm.start(directory);
                    TestClient client = server.connect()) {
                client.hello(Feature.STORE);
                id = create(client);
                await().atMost(PATIENCE)
                        .until(() -> Files.exists(directory.resolve("wormhole.reserve")));
                disk.fill();
                // More than fits into the pages that are there, however it is packed.
                client.type(0, "head -c 1000000 /dev/urandom | base64; echo in-$((1+1))-memory\r");
                client.awaitText(0, "in-2-memory");
                assertThat(hear(client, StoreProblem.FULL).message()).contains("Free some space");
                awaitLoss(client);
                say(client, "goes-on");
                client.ask(new ClientMessage.Rename(id, "named on a full disk"));
                assertThat(client.entry(id).name()).isEqualTo("named on a full disk");
                Doctor doctor = Doctor.ask(directory);
                assertThat(doctor.verdict("store")).isEqualTo("fail");
                assertThat(doctor.verdict("disk")).isEqualTo("fail");
                server.kill();
            }
            // What had room is there, and a start has room.
            try (ServerJvm server = ServerJvm.start(directory);
                    TestClient client = server.connect()) {
                client.hello(Feature.STORE);
                assertThat(client.entry(id).name()).isEqualTo("named on a full disk");
                hear(client, StoreProblem.FULL);
                client.attach(id);
                say(client, "after-a-start");
                disk.free();
                hear(client, null);
                assertThat(Files.size(directory.resolve("wormhole.reserve"))).isPositive();
                server.kill();
            }
            assertStored(id, "after-a-start");
        }
    }

    @Test
    void aDamagedDatabaseIsSetAsideAndEverybodyIsTold() throws Exception {
        SessionId id;
        try (TestServer server = TestServer.start(directory);
                TestClient client = server.connect()) {
            id = create(client);
            say(client, "kept");
            client.ask(new ClientMessage.Rename(id, "kept as well"));
        }
        Path database = directory.resolve("wormhole.db");
        byte[] bytes = Files.readAllBytes(database);
        // Its free list leads nowhere.
        for (int i = 32; i < 40; i++) bytes[i] = 0x7f;
        Files.write(database, bytes);
        assertThat(Doctor.ask(directory).verdict("database")).isEqualTo("fail");

        try (TestServer server = TestServer.start(directory);
                TestClient client = server.connect()) {
            client.hello(Feature.STORE);
            ServerMessage.StoreState told = client.hear(ServerMessage.StoreState.class);
            assertThat(told.problem()).isNull();
            assertThat(told.warnings().getFirst()).contains("set aside", "1 sessions");
            assertThat(Path.of(told.report())).content().contains("sessions    1 of 1");
            assertThat(client.entry(id).name()).isEqualTo("kept as well");
            Doctor doctor = Doctor.ask(directory);
            assertThat(doctor.verdict("damage")).isEqualTo("warn");
            assertThat(doctor.verdict("aside")).isEqualTo("warn");
            assertThat(doctor.verdict("database")).isEqualTo("ok");
        }
    }

    @Test
    void filesThatOthersCanWriteAreNamedAndRefused() throws Exception {
        try (TestServer server = TestServer.start(directory);
                TestClient client = server.connect()) {
            create(client);
            assertThat(Doctor.ask(directory).verdict("files")).isEqualTo("ok");
        }
        Path database = directory.resolve("wormhole.db");
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-rw-rw-"));

        Doctor doctor = Doctor.ask(directory);

        assertThat(doctor.verdict("files")).isEqualTo("fail");
        assertThat(doctor.remedy("files")).isEqualTo("chmod 600 " + database);
        try (ServerJvm server = ServerJvm.launch(directory)) {
            assertThat(server.awaitExit()).isOne();
            assertThat(server.words()).contains("written by others");
        }
    }

    @Test
    void aServerStartsOnWhateverItFinds() throws Exception {
        Path template = Files.createDirectory(temporary.resolve("template"));
        try (TestServer server = TestServer.start(directory);
                TestClient client = server.connect()) {
            for (int i = 0; i < 3; i++) {
                client.create();
                client.type(i, "seq 1 4000; echo at-$((1+1))-last\r");
                client.awaitText(i, "at-2-last");
                client.ask(new ClientMessage.Rename(client.list().get(i).id(), "kept number " + i));
            }
            StoreFiles.copyLive(directory, template);
        }
        for (int seed = 0; seed < 12; seed++) {
            StoreFiles.bringBack(template, directory);
            String what = Mutation.of(new Random(seed)).apply(directory);
            try (TestServer server = TestServer.start(directory);
                    TestClient client = server.connect()) {
                for (var entry : client.list()) {
                    ServerMessage.Created attached =
                            client.attach(
                                    new ClientMessage.Attach(
                                            entry.id(),
                                            new TerminalSize(80, 24),
                                            null,
                                            null,
                                            false,
                                            RespawnMode.NEVER));
                    assertThat(attached.sessionId()).as(what).isEqualTo(entry.id());
                }
                create(client);
            }
        }
    }

    private static SessionId create(TestClient client) {
        return client.create().sessionId();
    }

    /** Makes the first channel's program print it. */
    private static void say(TestClient client, String word) {
        // In two parts: what is typed is echoed.
        client.type(0, "echo " + word.charAt(0) + "''" + word.substring(1) + "\r");
        client.awaitText(0, word);
    }

    private static ServerMessage.StoreState hear(TestClient client, StoreProblem problem) {
        return (ServerMessage.StoreState)
                client.hear(
                                heard ->
                                        heard.message() instanceof ServerMessage.StoreState state
                                                && state.problem() == problem)
                        .message();
    }

    private static void awaitLoss(TestClient client) {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                client.ask(new ClientMessage.StoreRequest())
                                                instanceof ServerMessage.StoreState state
                                        && state.sessions() == 1
                                        && state.oldestAt() != null);
    }

    /** With the keeper gone, only what is on the disk is left. */
    private void assertStored(SessionId id, String word) throws Exception {
        KeeperProcesses.end(directory);
        try (ServerJvm server = ServerJvm.start(directory);
                TestClient client = server.connect()) {
            client.attach(
                    new ClientMessage.Attach(
                            id, new TerminalSize(80, 24), null, null, false, RespawnMode.NEVER));
            client.awaitText(0, word);
            assertThat(List.of(id)).isEqualTo(client.list().stream().map(e -> e.id()).toList());
        }
    }
}
