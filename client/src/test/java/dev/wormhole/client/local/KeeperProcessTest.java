package dev.wormhole.client.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The keeper's surroundings, with a script in the place of its java that tells of its own. */
@Timeout(60)
class KeeperProcessTest {

    @TempDir Path folder;

    private Path data;
    private Path told;
    private FakeTools tools;

    @BeforeEach
    void prepare() throws Exception {
        folder = folder.toRealPath();
        Path bin = Files.createDirectories(folder.resolve("bin"));
        tools = new FakeTools(bin);
        data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        told = folder.resolve("told");
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(
                java,
                """
                #!/bin/sh
                {
                    echo "session $(cut -d' ' -f6 /proc/$$/stat) $$"
                    echo "cwd $(pwd)"
                    echo "stdin $(readlink /proc/$$/fd/0)"
                    echo "stderr $(readlink /proc/$$/fd/2)"
                    echo "$(grep SigIgn /proc/self/status)"
                    echo "token ${WORMHOLE_TOKEN:-none}"
                    for word; do echo "word $word"; done
                } >'%1$s.new'
                mv '%1$s.new' '%1$s'
                """
                        .formatted(told));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    }

    private Properties jvm() {
        var properties = new Properties();
        properties.setProperty("java.home", folder.resolve("jdk").toString());
        properties.setProperty("java.class.path", "/lib/a.jar");
        return properties;
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(tools.environment());
        environment.put("WORMHOLE_TOKEN", "secret");
        return environment;
    }

    private List<String> told() throws IOException {
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(told));
        return Files.readAllLines(told);
    }

    @Test
    void leavesItsStarterAltogether() throws Exception {
        KeeperProcess.start(data, environment(), jvm());

        List<String> lines = told();
        String[] session = lines.getFirst().split(" ");
        assertThat(session[1]).isEqualTo(session[2]);
        assertThat(lines)
                .contains(
                        "cwd /",
                        "stdin /dev/null",
                        "stderr " + data.resolve("keeper/start.log"),
                        "token none");
        assertThat(Files.getPosixFilePermissions(data.resolve("keeper")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void isTheKeeperOfTheDataDirectorySizedForOne() throws Exception {
        KeeperProcess.start(data, environment(), jvm());

        assertThat(told())
                .contains("word -Xmx16m", "word -XX:+UseSerialGC", "word -XX:-UsePerfData")
                .endsWith(
                        "word -cp",
                        "word /lib/a.jar",
                        "word dev.wormhole.server.Main",
                        "word keeper",
                        "word --data",
                        "word " + data);
    }

    @Test
    void signalsThatItsStarterIgnoredAreNotIgnored() throws Exception {
        // A child of a shell that ignores SIGHUP, as under nohup, which only env can undo.
        var command =
                List.of(
                        "/bin/sh",
                        "-c",
                        "trap '' HUP; exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        data.toString(),
                        folder.resolve("jdk").toString());
        Process starter = new ProcessBuilder(command).inheritIO().start();
        assertThat(starter.waitFor()).isZero();

        String ignored =
                told().stream().filter(line -> line.startsWith("SigIgn")).findFirst().orElse("");
        long signals = Long.parseUnsignedLong(ignored.replaceAll(".*\\s", ""), 16);
        assertThat(signals & 1).as("SIGHUP in %s", ignored).isZero();
    }

    /** A server under nohup, as far as its keeper is concerned. */
    static final class Starter {

        private Starter() {}

        static void main(String[] args) throws IOException {
            var jvm = new Properties();
            jvm.setProperty("java.home", args[1]);
            jvm.setProperty("java.class.path", "/lib/a.jar");
            KeeperProcess.start(Path.of(args[0]), System.getenv(), jvm);
        }
    }

    @Test
    void isAServiceOfTheUserWhereThatOutlivesTheLogout() throws Exception {
        tools.withSystemd(true).with("systemd-run", "exit 0");

        KeeperProcess.start(data, environment(), jvm());

        assertThat(tools.calls())
                .anySatisfy(
                        call ->
                                assertThat(call)
                                        .matches(
                                                "systemd-run .*--unit=wormhole-keeper-[0-9a-f]{8}"
                                                        + " .*")
                                        .doesNotContain("secret")
                                        .endsWith(" --data " + data));
        assertThat(told).doesNotExist();
    }

    @Test
    void isAnOrdinaryProcessWithoutLingering() throws Exception {
        tools.withSystemd(false).with("systemd-run", "exit 0");

        KeeperProcess.start(data, environment(), jvm());

        assertThat(told()).isNotEmpty();
        assertThat(tools.calls()).noneMatch(call -> call.startsWith("systemd-run"));
    }

    @Test
    void isAnOrdinaryProcessWhereTheServiceCannotBeStarted() throws Exception {
        tools.withSystemd(true).with("systemd-run", "echo no >&2; exit 1");

        KeeperProcess.start(data, environment(), jvm());

        assertThat(told()).isNotEmpty();
    }
}
