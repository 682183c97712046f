package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.server.testkit.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP as a real server opens it, and the numbers of a real server. */
class HttpDoorTest {

    @TempDir Path directory;

    private static String get(Endpoint endpoint, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(endpoint.http()).resolve(path))
                                    .header("Authorization", "Bearer " + endpoint.token())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static double metric(Endpoint endpoint, String name) throws Exception {
        Matcher line =
                Pattern.compile("(?m)^wormhole_" + Pattern.quote(name) + " (\\S+)$")
                        .matcher(get(endpoint, "/metrics"));
        assertThat(line.find()).as(name).isTrue();
        return Double.parseDouble(line.group(1));
    }

    @Test
    void theEndpointFileNamesAPortThatAnswersWithTheSameToken() throws Exception {
        try (TestServer server = TestServer.start(directory)) {
            Endpoint told = Endpoint.parse(Files.readString(directory.resolve("endpoint.json")));
            assertThat(told.http()).matches("http://127\\.0\\.0\\.1:\\d+/");
            assertThat(get(told, "/health")).contains("\"ok\"");
            assertThat(server.endpoint().http()).isEqualTo(told.http());
        }
    }

    @Test
    void aServerThatIsNotToTakeHttpDoesNot() {
        try (TestServer server = TestServer.start(directory, Map.of("http.enabled", "0"))) {
            assertThat(server.endpoint().http()).isNull();
        }
    }

    @Test
    void theNumbersAreThoseOfTheServer() throws Exception {
        try (TestServer server = TestServer.start(directory);
                var client = server.connect()) {
            Endpoint endpoint = server.endpoint();
            assertThat(metric(endpoint, "sessions")).isZero();
            client.create(
                    new ClientMessage.Create(
                            new TerminalSize(80, 24),
                            null,
                            null,
                            List.of("sh", "-c", "printf %01000d 7; sleep 60"),
                            Map.of(),
                            null,
                            true));
            await().until(() -> metric(endpoint, "output_bytes_total") == 1000);
            await().until(() -> metric(endpoint, "viewers") == 1);
            assertThat(metric(endpoint, "sessions")).isEqualTo(1);
            assertThat(metric(endpoint, "connections")).isEqualTo(1);
            assertThat(metric(endpoint, "store_working")).isEqualTo(1);
            assertThat(metric(endpoint, "store_flush_seconds_count")).isPositive();
            assertThat(metric(endpoint, "store_flush_seconds_sum")).isPositive();
            await().until(
                            () ->
                                    metric(
                                                    endpoint,
                                                    "queue_depth{queue=\"session_mailboxes\",unit=\"commands\"}")
                                            == 0);
        }
    }
}
