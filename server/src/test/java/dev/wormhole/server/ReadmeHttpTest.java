package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wormhole.server.testkit.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The lines of the README, as somebody would copy them into a shell. */
class ReadmeHttpTest {

    @TempDir Path data;
    @TempDir Path work;

    @Test
    void whatTheReadmeShowsWorks() throws Exception {
        assumeTrue(isThere("curl") && isThere("sed"), "no curl here");
        try (TestServer _ = TestServer.start(data)) {
            run();
        }
    }

    private void run() throws Exception {
        Process shell =
                new ProcessBuilder("sh", "-eux", "-c", block())
                        .directory(work.toFile())
                        .redirectError(work.resolve("errors").toFile())
                        .start();
        shell.getOutputStream().close();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as(Files.readString(work.resolve("errors"))).isZero();
        assertThat(out)
                .contains("hello\n")
                .contains("\"status\":\"completed\"")
                .contains("wormhole_sessions ");
        assertThat(Files.readString(work.resolve("errors")).lines())
                .filteredOn(line -> line.startsWith("curl:"))
                .singleElement()
                .asString()
                .contains("409");
    }

    /** The first block of the section, where the data directory is that of this test. */
    private String block() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String section = readme.substring(readme.indexOf("### Tasks over HTTP"));
        String block = section.split("```sh\n", 2)[1].split("```", 2)[0];
        return "export WORMHOLE_DATA=" + data + "\n" + block;
    }

    private static boolean isThere(String program) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + program)
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }
}
