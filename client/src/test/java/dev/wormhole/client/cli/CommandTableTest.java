package dev.wormhole.client.cli;

import static dev.wormhole.client.cli.Entries.FIRST;
import static dev.wormhole.client.cli.Entries.SECOND;
import static dev.wormhole.client.cli.Entries.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.client.attach.TerminalDevice;
import dev.wormhole.client.link.LinkTarget;
import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
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
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private boolean isTerminal;

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
                        options -> {
                            served.add(options);
                            return 0;
                        },
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

    private final class FakeServer implements ServerConnection {

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
            return List.of(entry(FIRST, "build"), entry(SECOND, "log"));
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
