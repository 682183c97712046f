package dev.wormhole.client.cli;

import static dev.wormhole.client.cli.Entries.FIRST;
import static dev.wormhole.client.cli.Entries.SECOND;
import static dev.wormhole.client.cli.Entries.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.attach.TerminalDevice;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.KeeperEntry;
import dev.wormhole.protocol.OrphanEntry;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.SessionEntry;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.protocol.json.Json;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class CommandTableTest {

    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> done = new ArrayList<>();
    private final List<ClientMessage.Create> created = new ArrayList<>();
    private final List<LinkTarget> targets = new ArrayList<>();
    private final List<ServeOptions> served = new ArrayList<>();
    private final List<OpenOptions> opened = new ArrayList<>();
    private List<SessionEntry> sessions = List.of(entry(FIRST, "build"), entry(SECOND, "log"));
    private boolean isTerminal;
    private int keepers;
    private String stubbornKeeper;
    private ServerMessage.Keepers held;
    private ServerMessage.StoreState store;
    private ServerMessage.Recovery recovery;
    private List<String> damage = List.of();

    @BeforeEach
    void surroundings() {
        environment.put("HOME", folder.toString());
        environment.put("WORMHOLE_DATA", folder.resolve("data").toString());
        environment.put("WORMHOLE_CONFIG", folder.resolve("config").toString());
    }

    @Test
    void lsPrintsATableOrTheWiresOwnEntriesAlone() throws Exception {
        assertThat(run("ls")).isZero();
        assertThat(text(out)).contains("aaaaaaaa", "build", "running", "80×24");

        out.reset();
        assertThat(run("ls", "--json")).isZero();
        Json json = Json.parse(text(out));
        assertThat(json)
                .isInstanceOfSatisfying(
                        Json.Array.class, array -> assertThat(array.items()).hasSize(2));
        assertThat(text(out)).contains("\"exitCode\":null", "\"kind\":\"shell\"");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void newPrintsTheIdAloneAndStartsHere() {
        assertThat(run("new", "--name", "build it", "--", "make", "-j", "--data")).isZero();

        assertThat(text(out)).isEqualTo(FIRST + "\n");
        ClientMessage.Create request = created.getFirst();
        assertThat(request.command()).containsExactly("make", "-j", "--data");
        assertThat(request.name()).isEqualTo("build it");
        assertThat(request.cwd()).isEqualTo(folder.toString());
        assertThat(request.size()).isEqualTo(new TerminalSize(80, 24));
    }

    @Test
    void newAsksThatNothingIsStoredWhereItIsTold() {
        assertThat(run("new", "--no-store")).isZero();
        assertThat(run("new")).isZero();

        assertThat(created).extracting(ClientMessage.Create::isStored).containsExactly(false, true);
    }

    @Test
    void cleanTouchesNothingThatWasNotAskedForAndListsItFirst() {
        sessions =
                List.of(
                        exited(FIRST, null, 0),
                        exited(SECOND, "log", 0),
                        exited("cccccccc-0000-4000-8000-000000000003", null, 1),
                        entry("dddddddd-0000-4000-8000-000000000004", null));

        assertThat(run("clean")).isZero();
        assertThat(text(out)).contains("aaaaaaaa").doesNotContain("log", "cccccccc", "dddddddd");
        assertThat(text(err)).contains("1 session would be removed");
        assertThat(run("clean", "--dry-run", "--named")).isZero();
        assertThat(text(out)).contains("log").doesNotContain("cccccccc", "dddddddd");
        assertThat(run("clean", "--yes", "--older", "30000")).isZero();
        assertThat(run("clean", "--yes", "--dry-run")).isEqualTo(2);
        assertThat(run("clean", "--older", "x")).isEqualTo(2);
        assertThat(done).isEmpty();

        assertThat(run("clean", "--yes")).isZero();
        assertThat(done).containsExactly("destroy " + FIRST);
        assertThat(run("clean", "--yes", "--named")).isZero();
        assertThat(done).contains("destroy " + SECOND).hasSize(3);
    }

    private static SessionEntry exited(String id, String name, int viewers) {
        SessionEntry running = entry(id, name);
        return new SessionEntry(
                running.id(),
                name,
                running.cwd(),
                running.title(),
                running.createdAt(),
                running.lastActiveAt(),
                viewers,
                true,
                0,
                running.size(),
                null,
                running.command(),
                running.kind());
    }

    @Test
    void newTakesADirectoryAndTheSizeOfTheTerminal() {
        isTerminal = true;

        assertThat(run("new", "--cwd", "sub")).isZero();

        assertThat(created.getFirst().cwd()).isEqualTo(folder.resolve("sub").toString());
        assertThat(created.getFirst().size()).isEqualTo(new TerminalSize(120, 40));
        assertThat(created.getFirst().command()).isEmpty();
    }

    @Test
    void sendTypesItsWordsJoinedBySpacesWithTheirEscapes() {
        assertThat(run("send", "build", "make", "all\\r")).isZero();
        assertThat(run("send", "build", "--", "-l", "--data")).isZero();
        assertThat(run("send", "new", "x", "--", "-y")).isEqualTo(1);

        assertThat(done)
                .containsExactly("input " + FIRST + " make all\r", "input " + FIRST + " -l --data");
    }

    @Test
    void renameAndKillDoAsTheyAreNamed() {
        assertThat(run("rename", "aaaab", "log two")).isZero();
        assertThat(run("kill", "build")).isZero();

        assertThat(done).containsExactly("rename " + SECOND + " log two", "destroy " + FIRST);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void aKeeperIsRunForTheDataDirectoryAndNoHelpTellsOfIt() {
        assertThat(run("keeper", "--data", "/d")).isZero();
        assertThat(done).containsExactly("keep /d");

        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("serve").doesNotContain("keeper");
    }

    private static ServerMessage.Keepers held() {
        return new ServerMessage.Keepers(
                List.of(
                        new KeeperEntry("0a", "0.1.0", 7, true, 1L, 3, 35_600_000, 0, 0, null),
                        new KeeperEntry(
                                "0b", "0.0.9", 8, false, null, 0, 0, 0, 0, "it does not answer")),
                List.of(
                        new OrphanEntry(
                                SessionId.parse(FIRST),
                                2,
                                99,
                                false,
                                "build",
                                "/src",
                                1L,
                                List.of("make", "all"),
                                "the store is an older copy"),
                        new OrphanEntry(
                                SessionId.parse(SECOND),
                                1,
                                98,
                                true,
                                null,
                                null,
                                null,
                                List.of(),
                                null)));
    }

    @Test
    void statusAndDoctorTellOfKeepersAndOfProcessesWithoutASession() throws Exception {
        held = held();

        assertThat(run("status")).isZero();
        assertThat(text(out))
                .contains("keeper     0.1.0, process 7: 3 processes, 35.6 MB\n")
                .contains("keeper     0.0.9, process 8: it does not answer\n")
                .contains("orphans    2: ");
        out.reset();
        assertThat(run("status", "--json")).isZero();
        assertThat(Json.parseObject(text(out)).items("keepers")).hasSize(2);
        assertThat(Json.parseObject(text(out)).items("orphans")).hasSize(2);
        out.reset();
        assertThat(run("doctor", "--server", "local")).isIn(0, 1);
        assertThat(text(out)).contains("terminal", "logout");
    }

    @Test
    void doctorAsksNoServerWhereAMachineCrashLeftHalfAFile() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Path left = Files.writeString(data.resolve(Endpoint.FILE_NAME), "{\"url\"");
        Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rw-------"));

        assertThat(run("doctor", "--server", "local")).isIn(0, 1);

        assertThat(text(out)).contains(left + " is damaged", "the next start cleans up");
        assertThat(targets).isEmpty();
    }

    @Test
    void orphansAreListedAdoptedAndEndedByABeginningOfTheirName() throws Exception {
        held = held();

        assertThat(run("orphans")).isZero();
        assertThat(text(out))
                .contains(
                        FIRST
                                + ".2  process 99  build: make all in /src (the store is an older"
                                + " copy)\n")
                .contains(SECOND + ".1  ended  shell\n");
        out.reset();
        assertThat(run("orphans", "--json")).isZero();
        assertThat(((Json.Array) Json.parse(text(out))).items()).hasSize(2);

        assertThat(run("orphans", "end", FIRST + ".2")).isZero();
        assertThat(done).containsExactly("end orphan " + FIRST + " 2");
        assertThat(run("orphans", "end", "aaaa")).isEqualTo(1);
        assertThat(run("orphans", "end", "ffff")).isEqualTo(1);
        assertThat(run("orphans", "mend", SECOND)).isEqualTo(2);
        assertThat(run("orphans", "end")).isEqualTo(2);
        assertThat(done).hasSize(1);

        out.reset();
        assertThat(run("orphans", "adopt", SECOND)).isZero();
        assertThat(done).last().isEqualTo("adopt orphan " + SECOND + " 1");
        assertThat(text(out)).isEqualTo(SECOND + "\n");
    }

    @Test
    void aServerWithoutKeepersSaysSo() {
        assertThat(run("orphans")).isEqualTo(1);
        assertThat(text(err)).contains("no keepers");
    }

    @Test
    void stopLeavesTheKeepersAloneAndStopAllEndsThemWhereNoServerRunsToo() {
        keepers = 2;

        assertThat(run("stop", "--data", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(done).isEmpty();
        assertThat(run("stop", "--all", "--data", folder.resolve("none").toString())).isZero();
        assertThat(done).containsExactly("end keepers " + folder.resolve("none"));
    }

    @Test
    void stopAllSaysThatThereWasNothingAndWhatDidNotEnd() {
        assertThat(run("stop", "--all", "--data", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(text(err)).contains("nothing to stop");

        err.reset();
        stubbornKeeper = "process 7 still ends";
        assertThat(run("stop", "--all", "--data", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(text(err)).isEqualTo("wormhole: process 7 still ends\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--data /d ls", "ls --data /d", "--data=/d ls", "ls --data=/d"})
    void theServerIsNamedBeforeOrAfterTheCommand(String line) {
        assertThat(run(line.split(" "))).isZero();

        assertThat(targets.getFirst())
                .isInstanceOfSatisfying(
                        dev.wormhole.client.local.LocalServer.class,
                        local -> assertThat(local.dataDirectory()).isEqualTo(Path.of("/d")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "ls extra",
                "ls --frobnicate",
                "send build",
                "send build \\q",
                "send build -l",
                "send build @file --frobnicate",
                "rename build",
                "rename build a b",
                "kill",
                "attach",
                "attach build --detach-key ctrl-[",
                "new vim",
                "run",
                "run make",
                "run --",
                "run --detach --wait -- make",
                "run --timeout x -- make",
                "run --timeout 0s -- make",
                "run --timeout 400d -- make",
                "run --timeout -1 -- make",
                "run --name -- make",
                "tasks extra",
                "tasks --status done",
                "output",
                "output a b",
                "output a --text --ansi",
                "terminate",
                "rerun",
                "new --name",
                "--data",
                "--data= ls",
                "serve --port 70000",
                "serve --port x",
                "serve --tls-cert a.pem",
                "serve --set x",
                "serve --server wss://box/",
                "stop --server wss://box/",
                "ls --server ws://box.example:1/",
                "ls --server wss://box/?token=1",
                "ls --server wss://box/ --data /d",
                "ls --token-file t",
                "-- vim",
                "open build -- vim",
            })
    void wrongUsageIsOneLineAndTwo(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);

        assertThat(text(err)).startsWith("wormhole: ").hasLineCount(1).doesNotContain("Exception");
        assertThat(text(out)).isEmpty();
        assertThat(done).isEmpty();
    }

    @Test
    void aNameThatIsNoneIsWrongUsage() {
        assertThat(run("rename", "build", "a\nb")).isEqualTo(2);
        assertThat(run("new", "--name", "x".repeat(129))).isEqualTo(2);
        assertThat(text(err)).hasLineCount(2);
    }

    @Test
    void refusalsAreOneLineAndOne() {
        assertThat(run("kill", "nosuch")).isEqualTo(1);
        assertThat(run("kill", "aaaa")).isEqualTo(1);
        assertThat(run("attach", "build")).isEqualTo(1);
        assertThat(run("stop")).isEqualTo(1);
        assertThat(run("ls", "--server", "nosuch")).isEqualTo(1);
        assertThat(run("ls", "--server", "wss://127.0.0.1:1/")).isEqualTo(1);
        assertThat(text(err).lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).contains("no session nosuch"),
                        line -> assertThat(line).contains(FIRST, SECOND),
                        line -> assertThat(line).contains("needs a terminal"),
                        line -> assertThat(line).contains("no server runs for"),
                        line -> assertThat(line).contains("no host is saved as nosuch"),
                        line -> assertThat(line).contains("--token-file or WORMHOLE_TOKEN"));
    }

    @Test
    void attachInItsOwnSessionIsRefused() {
        isTerminal = true;
        environment.put("WORMHOLE_SESSION", FIRST);

        assertThat(run("attach", "build")).isEqualTo(1);

        assertThat(text(err)).contains("itself");
    }

    @Test
    void aTokenComesFromTheVariableOrAFileAndNeverShows() throws Exception {
        environment.put("WORMHOLE_TOKEN", "s3cret");
        assertThat(run("ls", "--server", "ws://localhost:1/")).isZero();
        assertThat(targets.getFirst().resolve().token()).isEqualTo("s3cret");

        Path file = Files.writeString(folder.resolve("t"), "other\n");
        Files.setPosixFilePermissions(
                file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        assertThat(run("--token-file", "t", "ls", "--server", "ws://localhost:1/")).isZero();
        assertThat(targets.getLast().resolve().token()).isEqualTo("other");
        assertThat(text(err) + text(out)).doesNotContain("s3cret", "other");
    }

    @Test
    void withoutACommandTheWindowOpens() {
        assertThat(run()).isZero();
        assertThat(run("--data", "/d", "open", "build")).isZero();
        assertThat(run("open", "--", "vim", "-R")).isZero();

        assertThat(opened)
                .containsExactly(
                        new OpenOptions(folder.resolve("data"), null, null, List.of()),
                        new OpenOptions(Path.of("/d"), null, "build", List.of()),
                        new OpenOptions(folder.resolve("data"), null, null, List.of("vim", "-R")));
    }

    @Test
    void serveTakesItsSettingsOverThoseOfThePreferences() throws Exception {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve("config/preferences.json"),
                "{\"version\":1,\"settings\":{\"ring.bytes\":5,\"ring.entries\":6}}");

        assertThat(
                        run(
                                "serve",
                                "--port",
                                "7000",
                                "--set",
                                "ring.bytes=9",
                                "--set",
                                "a=b=c",
                                "--allow-host",
                                "box"))
                .isZero();

        ServeOptions options = served.getFirst();
        assertThat(options.settings())
                .isEqualTo(Map.of("ring.bytes", "9", "ring.entries", "6", "a", "b=c"));
        assertThat(options.port()).isEqualTo(7000);
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.allowedHosts()).containsExactly("box");
        assertThat(options.dataDirectory()).isEqualTo(folder.resolve("data"));
    }

    @Test
    void helpAndVersionAreNoErrors() {
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("attach", "doctor", "--server", "Exit status");
        out.reset();
        assertThat(run("send", "--help")).isZero();
        assertThat(text(out)).contains("SESSION", "TEXT", "\\xNN");
        out.reset();
        assertThat(run("--version")).isZero();
        assertThat(text(out)).startsWith("wormhole ").contains("protocol 1");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void statusAndDoctorPrintJsonAlone() throws Exception {
        assertThat(run("status", "--json")).isZero();
        assertThat(Json.parseObject(text(out)).integer("sessions", 0, 9)).isEqualTo(2);
        assertThat(Json.parseObject(text(out)).integer("live", 0, 9)).isEqualTo(2);

        out.reset();
        assertThat(run("doctor", "--json")).isIn(0, 1);
        assertThat(Json.parse(text(out))).isInstanceOf(Json.Array.class);
        assertThat(text(out)).contains("\"check\":\"data\"", "\"verdict\":\"ok\"");
    }

    private int run(String... args) {
        var console =
                new Console(print(out), print(err), environment, folder) {
                    @Override
                    TerminalDevice terminal() {
                        return new FakeTerminal(isTerminal);
                    }

                    @Override
                    boolean canAsk() {
                        return false;
                    }

                    @Override
                    boolean isLookedAt() {
                        return isTerminal;
                    }

                    @Override
                    Optional<TerminalSize> size() {
                        return terminal().size();
                    }
                };
        return new CommandTable(
                        console,
                        new FakeFunctions(),
                        options -> {
                            opened.add(options);
                            return 0;
                        },
                        target -> {
                            targets.add(target);
                            return new FakeServer();
                        })
                .run(args);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private final class FakeFunctions implements ServerFunctions {

        @Override
        public int serve(ServeOptions options) {
            served.add(options);
            return 0;
        }

        @Override
        public int keep(Path dataDirectory) {
            done.add("keep " + dataDirectory);
            return 0;
        }

        @Override
        public List<String> inspectStore(Path dataDirectory, boolean served) {
            return damage;
        }

        @Override
        public int endKeepers(Path dataDirectory) throws IOException {
            done.add("end keepers " + dataDirectory);
            if (stubbornKeeper != null) throw new IOException(stubbornKeeper);
            return keepers;
        }
    }

    private final class FakeServer extends NoServer {

        @Override
        public Optional<ServerMessage.Keepers> keepers() {
            return Optional.ofNullable(held);
        }

        @Override
        public Optional<ServerMessage.Recovery> recovery() {
            return Optional.ofNullable(recovery);
        }

        @Override
        public Optional<ServerMessage.StoreState> store() {
            return Optional.ofNullable(store);
        }

        @Override
        public void endOrphan(SessionId id, long generation) {
            done.add("end orphan " + id + " " + generation);
        }

        @Override
        public void adoptOrphan(SessionId id, long generation) {
            done.add("adopt orphan " + id + " " + generation);
        }

        @Override
        public String url() {
            return "ws://127.0.0.1:1/";
        }

        @Override
        public long differences() {
            return 0;
        }

        @Override
        public String server() {
            return "fake";
        }

        @Override
        public List<SessionEntry> list() {
            return sessions;
        }

        @Override
        public SessionId create(ClientMessage.Create request) {
            created.add(request);
            return SessionId.parse(FIRST);
        }

        @Override
        public void rename(SessionId id, String name) {
            done.add("rename " + id + " " + name);
        }

        @Override
        public void destroy(SessionId id) {
            done.add("destroy " + id);
        }

        @Override
        public void input(SessionId id, ByteString bytes) {
            done.add("input " + id + " " + bytes.toUtf8());
        }

        @Override
        public void close() {}
    }

    private record FakeTerminal(boolean isInteractive) implements TerminalDevice {

        @Override
        public Optional<TerminalSize> size() {
            return isInteractive ? Optional.of(new TerminalSize(120, 40)) : Optional.empty();
        }

        @Override
        public void enterRaw() {}

        @Override
        public void leaveRaw() {}

        @Override
        public void awaitKeys() {}

        @Override
        public int read(byte[] buffer) {
            return -1;
        }

        @Override
        public void write(byte[] bytes) {}

        @Override
        public void onResize(Runnable changed) {}
    }
}
