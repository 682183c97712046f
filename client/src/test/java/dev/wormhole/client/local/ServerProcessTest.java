package dev.wormhole.client.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

class ServerProcessTest {

    private static final Path DATA = Path.of("/data");

    @Test
    void startsTheServerOfThisClassPathSizedForOne() {
        List<String> words =
                ServerProcess.command(
                        DATA, jvm("/lib/a.jar:/lib/b.jar"), Map.of("PATH", "/nowhere"));

        assertThat(words.getFirst()).isEqualTo("/jdk/bin/java");
        assertThat(words)
                .contains(
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Dwormhole.program=/usr/bin/wormhole");
        assertThat(words)
                .endsWith(
                        "-cp",
                        "/lib/a.jar:/lib/b.jar",
                        "dev.wormhole.server.Main",
                        "serve",
                        "--data",
                        "/data");
    }

    @Test
    void getsASessionOfItsOwnWhereTheSystemCan(@TempDir Path tools) throws Exception {
        Path setsid = Files.createFile(tools.resolve("setsid"));
        assertThat(setsid.toFile().setExecutable(true)).isTrue();

        List<String> words =
                ServerProcess.command(DATA, jvm("/lib/a.jar"), Map.of("PATH", "/nowhere:" + tools));

        assertThat(words).startsWith(setsid.toString(), "/jdk/bin/java");
    }

    @Test
    void relativePartsOfTheClassPathStillMeanTheSameFromTheRootDirectory() {
        List<String> words = ServerProcess.command(DATA, jvm("lib/a.jar"), Map.of("PATH", ""));

        assertThat(words).contains(Path.of("lib/a.jar").toAbsolutePath().toString());
    }

    private static Properties jvm(String classPath) {
        var properties = new Properties();
        properties.setProperty("java.home", "/jdk");
        properties.setProperty("java.class.path", classPath);
        properties.setProperty("wormhole.program", "/usr/bin/wormhole");
        return properties;
    }
}
