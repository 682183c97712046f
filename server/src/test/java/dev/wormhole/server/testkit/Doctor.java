package dev.wormhole.server.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What {@code wormhole doctor --json}, a process of its own, found on a data directory. */
public record Doctor(List<JsonObject> checks) {

    public static Doctor ask(Path dataDirectory) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.wormhole.server.Main",
                                "doctor",
                                "--json",
                                "--data",
                                dataDirectory.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        byte[] said = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isBetween(0, 1);
        String text = new String(said, StandardCharsets.UTF_8);
        assertThat(Json.parse(text)).isInstanceOf(Json.Array.class);
        return new Doctor(
                ((Json.Array) Json.parse(text))
                        .items().stream().map(JsonObject.class::cast).toList());
    }

    public String verdict(String check) throws JsonException {
        return of(check).text("verdict");
    }

    public String found(String check) throws JsonException {
        return of(check).text("found");
    }

    public String remedy(String check) throws JsonException {
        return of(check).text("remedy");
    }

    private JsonObject of(String name) throws JsonException {
        for (JsonObject check : checks) if (check.text("check").equals(name)) return check;
        throw new AssertionError("no check is called " + name + ": " + checks);
    }
}
