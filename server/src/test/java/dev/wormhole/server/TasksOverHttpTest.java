package dev.wormhole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.Endpoint;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonObject;
import dev.wormhole.server.testkit.KeeperProcesses;
import dev.wormhole.server.testkit.ServerJvm;
import dev.wormhole.server.testkit.TestClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/** Tasks over real HTTP and the JSON WebSocket, with a real server and real processes. */
class TasksOverHttpTest {

    @TempDir Path temporary;

    private final HttpClient http = HttpClient.newHttpClient();
    private Path data;
    private ServerJvm server;

    @BeforeEach
    void start() throws Exception {
        data = Files.createDirectory(temporary.resolve("data"));
        server = ServerJvm.start(data, "--set", "tasks.grace=500");
    }

    @AfterEach
    void stop() throws Exception {
        http.shutdownNow();
        server.close();
        KeeperProcesses.end(data);
    }

    private HttpRequest.Builder request(String path) throws Exception {
        Endpoint endpoint = server.endpoint();
        return HttpRequest.newBuilder(URI.create(endpoint.http()).resolve(path))
                .header("Authorization", "Bearer " + endpoint.token());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonObject start(String command) throws Exception {
        String body =
                JsonObject.builder()
                        .put("repo", temporary.toString())
                        .put("task", "over HTTP")
                        .put("command", command)
                        .build()
                        .toText();
        HttpResponse<String> answer =
                send(
                        request("/start")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.parseObject(answer.body());
    }

    private JsonObject status(String id) throws Exception {
        HttpResponse<String> answer = send(request("/status/" + id));
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.parseObject(answer.body());
    }

    private JsonObject over(String id) {
        await().atMost(TestClient.PATIENCE)
                .until(() -> !status(id).text("status").matches("pending|running"));
        try {
            return status(id);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> terminate(String id) throws Exception {
        return send(request("/terminate/" + id).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** What a viewer hears. */
    private static final class Viewer implements WebSocket.Listener {

        private final StringBuilder stdout = new StringBuilder();
        private final StringBuilder part = new StringBuilder();
        private String exit;

        @Override
        public synchronized CompletionStage<?> onText(
                WebSocket socket, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                take(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void take(String message) {
            try {
                JsonObject json = Json.parseObject(message);
                switch (json.text("type")) {
                    case "stdout" -> stdout.append(json.text("data"));
                    case "exit" -> exit = json.text("status");
                    default -> throw new AssertionError(message);
                }
            } catch (dev.wormhole.protocol.json.JsonException e) {
                throw new AssertionError(e);
            }
        }

        synchronized String stdout() {
            return stdout.toString();
        }

        synchronized String exit() {
            return exit;
        }
    }

    private WebSocket connect(String url, Viewer viewer) throws Exception {
        return http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + server.endpoint().token())
                .buildAsync(URI.create(url), viewer)
                .join();
    }

    @Test
    void aTaskRunsAndItsEndAndItsOutputAreToBeHad() throws Exception {
        String id = start("printf 'gr\\303\\274n \\033[31mred\\033[m\\n'; exit 3").text("id");
        JsonObject over = over(id);

        assertThat(over.text("status")).isEqualTo("failed");
        assertThat(over.integer("exitCode", 0, 255)).isEqualTo(3);
        assertThat(send(request("/output/" + id + "?format=text")).body()).isEqualTo("grün red\n");
        assertThat(send(request("/output/" + id + "?format=ansi")).body())
                .isEqualTo("grün \033[31mred\033[m\r\n");
        assertThat(send(request("/status")).body()).contains(id);
        assertThat(terminate(id).statusCode()).isEqualTo(409);
        assertThat(send(request("/output/0f5b3c1e-9a77-4c0e-8d0b-3f1f5f2a9b10")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void oneThatRunsCanBeFollowedAndTerminated() throws Exception {
        String id = start("echo up; sleep 1000").text("id");
        var following =
                http.sendAsync(
                        request("/output/" + id + "?follow=true").build(),
                        HttpResponse.BodyHandlers.ofString());
        await().atMost(TestClient.PATIENCE)
                .until(() -> send(request("/output/" + id)).body().equals("up\n"));
        assertThat(following).isNotDone();

        assertThat(terminate(id).statusCode()).isEqualTo(202);
        assertThat(following.get().body()).isEqualTo("up\n");
        assertThat(over(id).text("reason")).isEqualTo("terminated");
    }

    @Test
    void twoViewersAndALateOneHearTheSameAndMayType() throws Exception {
        JsonObject begun = start("echo who; read x; echo hello $x");
        String url = begun.text("connect");
        var first = new Viewer();
        var second = new Viewer();
        WebSocket typist = connect(url, first);
        connect(url, second);
        await().atMost(TestClient.PATIENCE).until(() -> first.stdout().contains("who"));
        typist.sendText("{\"type\":\"stdin\",\"data\":\"ann\\r\"}", true).join();
        await().atMost(TestClient.PATIENCE)
                .until(() -> first.exit() != null && second.exit() != null);
        var late = new Viewer();
        connect(url, late);
        await().atMost(TestClient.PATIENCE).until(() -> late.exit() != null);

        assertThat(first.stdout()).contains("hello ann");
        assertThat(second.stdout()).isEqualTo(first.stdout());
        assertThat(late.stdout()).isEqualTo(first.stdout());
        assertThat(late.exit()).isEqualTo("completed");
    }

    @Test
    void aTaskGoesOnOverAKillOfTheServerAndIsLostWithItsKeeper() throws Exception {
        Path go = temporary.resolve("go");
        String goesOn =
                start("while [ ! -e '" + go + "' ]; do sleep 0.05; done; echo done").text("id");
        await().atMost(TestClient.PATIENCE)
                .until(() -> status(goesOn).text("status").equals("running"));
        server.kill();
        server = ServerJvm.start(data);
        assertThat(status(goesOn).text("status")).isEqualTo("running");
        Files.createFile(go);
        assertThat(over(goesOn).text("status")).isEqualTo("completed");

        String lost = start("sleep 1000").text("id");
        await().atMost(TestClient.PATIENCE)
                .until(() -> status(lost).text("status").equals("running"));
        server.kill();
        KeeperProcesses.end(data);
        server = ServerJvm.start(data);
        assertThat(over(lost).text("reason")).isEqualTo("lost");
        assertThat(status(goesOn).text("status")).isEqualTo("completed");
    }
}
