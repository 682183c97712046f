package dev.wormhole.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wormhole.protocol.ErrorCode;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TerminalSize;
import dev.wormhole.protocol.json.JsonObject;
import dev.wormhole.server.testkit.FakeTasks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Tasks over HTTP, with a real server and clients and tasks in memory. */
class TaskHttpTest {

    @TempDir Path repo;

    private final HttpFixture server = new HttpFixture();

    @AfterEach
    void stop() {
        server.close();
    }

    private String body(String rest) {
        return "{\"repo\":\"" + repo + "\",\"task\":\"a test\"" + rest + "}";
    }

    private static void isProblem(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains(HttpProblem.TYPE);
        JsonObject problem = HttpFixture.json(answer);
        assertThat(problem.text("type")).isEqualTo("about:blank");
        assertThat(problem.integer("status", 0, 999)).isEqualTo(status);
        assertThat(problem.text("title")).isNotEmpty();
        assertThat(problem.text("detail")).isNotEmpty();
    }

    @Test
    void whatIsStartedCanBeFollowedAndTellsHowItEnded() throws Exception {
        HttpResponse<String> started =
                server.start(body(",\"command\":\"echo one; echo two >&2; exit 3\""));

        assertThat(started.statusCode()).isEqualTo(201);
        String id = HttpFixture.json(started).text("id");
        assertThat(started.headers().firstValue("Location")).contains("/status/" + id);
        assertThat(HttpFixture.json(started).text("connect"))
                .isEqualTo("ws://127.0.0.1:7070/connect/" + id);
        assertThat(server.get("/output/" + id + "?follow=true").body()).isEqualTo("one\ntwo\n");
        JsonObject entry = HttpFixture.json(server.get("/status/" + id));
        assertThat(entry.text("status")).isEqualTo("failed");
        assertThat(entry.integer("exitCode", 0, 255)).isEqualTo(3);
        assertThat(entry.text("reason")).isEqualTo("exited");
        assertThat(HttpFixture.json(server.get("/status")).objects("tasks"))
                .extracting(task -> task.text("id"))
                .containsExactly(id);
    }

    @Test
    void anEntryIsThatOfTheWire() throws Exception {
        FakeTasks.Task task = server.tasks.scripted();
        assertThat(server.get("/status/" + task.id).body().strip())
                .isEqualTo(MessageCodec.json(server.tasks.list().getFirst()).toText());
    }

    @Test
    void everyFieldOfAStartReachesTheTask() throws Exception {
        HttpResponse<String> started =
                server.start(
                        body(
                                ",\"command\":[\"sh\",\"-c\",\"echo $A\"],\"name\":\"n\","
                                        + "\"env\":{\"A\":\"b\"},\"cols\":100,\"rows\":30,"
                                        + "\"timeLimit\":60000,\"createId\":\"c\""));
        var id = SessionId.parse(HttpFixture.json(started).text("id"));
        var request = server.tasks.task(id).request();
        assertThat(request.repo()).isEqualTo(repo.toString());
        assertThat(request.task()).isEqualTo("a test");
        assertThat(request.command()).containsExactly("sh", "-c", "echo $A");
        assertThat(request.name()).isEqualTo("n");
        assertThat(request.env()).isEqualTo(Map.of("A", "b"));
        assertThat(request.size()).isEqualTo(new TerminalSize(100, 30));
        assertThat(request.timeLimit()).isEqualTo(60_000);
        assertThat(server.get("/output/" + id + "?follow=true").body()).isEqualTo("b\n");
    }

    @Test
    void theSameCreateIdGivesTheTaskOfTheFirstTime() throws Exception {
        String body = body(",\"command\":\"true\",\"createId\":\"once\"");
        assertThat(server.start(body).body()).isEqualTo(server.start(body).body());
        assertThat(server.tasks.list()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"repo\":1,\"task\":\"\"}",
                "{\"repo\":\"/\",\"task\":\"\",\"command\":7}",
                "{\"repo\":\"/\",\"task\":\"\",\"command\":[7]}",
                "{\"repo\":\"/\",\"task\":\"\",\"command\":\"\\u0000\"}",
                "{\"repo\":\"/\",\"task\":\"\",\"timeLimit\":0}",
                "{\"repo\":\"/\",\"task\":\"\",\"name\":\"\"}",
                "{\"repo\":\"/\",\"task\":\"\",\"cols\":80}",
                "{\"repo\":\"/\",\"task\":\"\",\"env\":{\"A\":1}}"
            })
    void whatTheWireWouldRefuseIsABadRequest(String body) throws Exception {
        HttpResponse<String> answer = server.start(body);
        isProblem(answer, 400);
        assertThat(HttpFixture.json(answer).text("code")).isEqualTo("bad_request");
        assertThat(server.tasks.list()).isEmpty();
    }

    @Test
    void bytesThatAreNoUtf8AreABadRequest() throws Exception {
        byte[] body = body("").getBytes(StandardCharsets.UTF_8);
        body[body.length - 3] = (byte) 0xff;
        isProblem(
                server.send(
                        server.request("/start")
                                .header("Content-Type", "application/json; charset=utf-8")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))),
                400);
    }

    @Test
    void aRepoThatIsNotThereIsUnprocessable() throws Exception {
        HttpResponse<String> answer =
                server.start("{\"repo\":\"" + repo + "/none\",\"task\":\"\",\"command\":\"x\"}");
        isProblem(answer, 422);
        assertThat(HttpFixture.json(answer).text("code")).isEqualTo("spawn_failed");
    }

    @ParameterizedTest
    @CsvSource({
        "LIMIT,429",
        "STORE_FAILED,503",
        "BUSY,503",
        "SPAWN_FAILED,422",
        "BAD_REQUEST,400",
        "INTERNAL,500",
        "READ_ONLY,500"
    })
    void whyAStartFailedIsItsStatus(ErrorCode code, int status) throws Exception {
        server.tasks.refuse(code);
        isProblem(server.start(body("")), status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/x-www-form-urlencoded", "text/json"})
    void aBodyHasToSayThatItIsJson(String type) throws Exception {
        HttpRequest.Builder request =
                server.request("/start").POST(HttpRequest.BodyPublishers.ofString(body("")));
        if (!type.isEmpty()) request.header("Content-Type", type);
        isProblem(server.send(request), 415);
    }

    @ParameterizedTest
    @ValueSource(ints = {Call.MAX_BODY + 1, 6 << 20})
    void aLongBodyIsRefused(int length) throws Exception {
        isProblem(server.start("{\"a\":\"" + "b".repeat(length - 8) + "\"}"), 413);
        byte[] body = new byte[length];
        // Of a length that is not told before.
        isProblem(
                server.send(
                        server.request("/start")
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofInputStream(
                                                () -> new java.io.ByteArrayInputStream(body)))),
                413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/status", "/status/x", "/output/x", "/health", "/metrics", "/", "/nothing"})
    void nothingIsToldWithoutTheToken(String path) throws Exception {
        for (String authorization :
                List.of("", "Bearer", "Bearer wrong", "Basic " + HttpFixture.TOKEN)) {
            var request =
                    HttpRequest.newBuilder(java.net.URI.create(server.http.url()).resolve(path));
            if (!authorization.isEmpty()) request.header("Authorization", authorization);
            HttpResponse<String> answer =
                    server.client().send(request.build(), HttpResponse.BodyHandlers.ofString());
            isProblem(answer, 401);
            assertThat(answer.headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer realm=\"wormhole\"");
        }
    }

    @Test
    void aPageOfAForeignOriginIsRefusedWithTheToken() throws Exception {
        for (String origin : List.of("https://evil.example", "null", server.http.url(), ""))
            isProblem(server.send(server.request("/status").header("Origin", origin)), 403);
        HttpResponse<String> allowed =
                server.send(server.request("/status").header("Origin", "https://ours"));
        assertThat(allowed.statusCode()).isEqualTo(200);
        // No page may read an answer.
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void aNameThatWasReboundToLoopbackIsRefused() throws Exception {
        for (String host :
                List.of(
                        "evil.example",
                        "evil.example:" + server.port(),
                        "127.0.0.1",
                        "127.0.0.1:1",
                        "localhost.evil.example:" + server.port())) {
            assertThat(head("GET /status HTTP/1.1\nHost: " + host + "\n"))
                    .startsWith("HTTP/1.1 421");
        }
        assertThat(head("GET /status HTTP/1.1\n")).startsWith("HTTP/1.1 421");
        assertThat(head("GET /status HTTP/1.1\nHost: localhost:" + server.port() + "\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(head("GET /status HTTP/1.1\nHost: my.server\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void whoSendsAHeaderTwiceHasNoChoiceOfTheRightOne() throws Exception {
        String host = "Host: localhost:" + server.port() + "\n";
        assertThat(head("GET /status HTTP/1.1\nHost: evil.example\n" + host))
                .startsWith("HTTP/1.1 421");
        assertThat(head("GET /status HTTP/1.1\n" + host + "Authorization: Bearer wrong\n"))
                .startsWith("HTTP/1.1 401");
    }

    private String head(String request) throws IOException {
        return server.rawAnswer(
                request + "Authorization: Bearer " + HttpFixture.TOKEN + "\nConnection: close\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/start,POST",
        "PUT,/start,POST",
        "OPTIONS,/start,POST",
        "POST,/status,GET",
        "HEAD,/status,GET",
        "DELETE,/status/x,GET",
        "OPTIONS,/output/x,GET",
        "GET,/terminate/x,POST",
        "POST,/health,GET",
        "TRACE,/metrics,GET"
    })
    void aWrongMethodIsToldWhichIsRight(String method, String path, String allowed)
            throws Exception {
        String answer =
                head(method + " " + path + " HTTP/1.1\nHost: localhost:" + server.port() + "\n");
        assertThat(answer).startsWith("HTTP/1.1 405").containsIgnoringCase("allow: " + allowed);
        if (method.equals("HEAD")) assertThat(answer).endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/status/",
                "/start/",
                "/status/x/y",
                "/Status",
                "/%73tatus",
                "/connect/x",
                "/output",
                "/status/../health"
            })
    void anythingElseIsNotThere(String path) throws Exception {
        isProblem(server.get(path), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "00000000-0000-0000-0000-000000000000", "1-1-1-1-1", "%2e%2e"})
    void aTaskThatIsNotThereIsNotFound(String id) throws Exception {
        isProblem(server.get("/status/" + id), 404);
        isProblem(server.get("/output/" + id), 404);
        isProblem(server.get("/output/" + id + "?follow=true"), 404);
        isProblem(server.send(server.post("/terminate/" + id, "")), 404);
    }

    @Test
    void aTaskIsTerminatedOnceAndNotWhenItIsOver() throws Exception {
        String id = HttpFixture.json(server.start(body(",\"command\":\"sleep 60\""))).text("id");
        HttpResponse<String> answer = server.send(server.post("/terminate/" + id, ""));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(HttpFixture.json(answer).text("id")).isEqualTo(id);
        server.get("/output/" + id + "?follow=true");
        HttpResponse<String> second = server.send(server.post("/terminate/" + id, ""));
        isProblem(second, 409);
        assertThat(HttpFixture.json(second).text("code")).isEqualTo("no_process");
    }

    @Test
    void outputIsAsItWasPrintedOrAsAPersonReadsIt() throws Exception {
        FakeTasks.Task task = server.tasks.scripted();
        task.print("\033[31mred\033[0m\r\n10%\r100%\r\nunfinished");
        HttpResponse<String> text = server.get("/output/" + task.id);
        assertThat(text.body()).isEqualTo("red\n100%\nunfinished");
        assertThat(text.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(server.get("/output/" + task.id + "?format=text").body()).isEqualTo(text.body());
        HttpResponse<String> ansi = server.get("/output/" + task.id + "?format=ansi");
        assertThat(ansi.body()).isEqualTo("\033[31mred\033[0m\r\n10%\r100%\r\nunfinished");
        assertThat(ansi.headers().firstValue("Content-Type")).contains("application/octet-stream");
        isProblem(server.get("/output/" + task.id + "?format=html"), 400);
        isProblem(server.get("/output/" + task.id + "?follow=yes"), 400);
    }

    @Test
    void aMiddleThatIsNotKeptIsMarkedByALine() throws Exception {
        FakeTasks.Task task = server.tasks.scripted();
        task.print("begin\r\nhalf" + "x".repeat(1000) + "end\r\n");
        task.forget(11, 1011);
        assertThat(server.get("/output/" + task.id).body())
                .isEqualTo("begin\nhalf\n[1000 bytes not kept]\nend\n");
        assertThat(server.get("/output/" + task.id + "?format=ansi").body())
                .isEqualTo("begin\r\nhalf\r\n[1000 bytes not kept]\r\nend\r\n");
    }

    @Test
    void longOutputComesWhole() throws Exception {
        FakeTasks.Task task = server.tasks.scripted();
        String line = "0123456789abcdef été\n";
        task.print(line.repeat(200_000));
        assertThat(server.get("/output/" + task.id).body()).isEqualTo(line.repeat(200_000));
        assertThat(server.get("/output/" + task.id + "?format=ansi").body())
                .isEqualTo(line.repeat(200_000));
    }

    @Test
    void aFollowerHearsEachLineWhenItIsPrintedAndTheEnd() throws Exception {
        FakeTasks.Task task = server.tasks.scripted();
        task.print("one\n");
        HttpResponse<InputStream> answer =
                server.client()
                        .send(
                                server.request("/output/" + task.id + "?follow=true").build(),
                                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            assertThat(new String(in.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("one\n");
            task.print("two\n");
            assertThat(new String(in.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("two\n");
            task.end(0);
            assertThat(in.readAllBytes()).isEmpty();
        }
    }

    @Test
    void anAnswerThatIsNotWholeDoesNotLookAsIfItWere() throws Exception {
        FakeTasks.Task task = server.tasks.scripted();
        task.print("one\n");
        HttpResponse<InputStream> answer =
                server.client()
                        .send(
                                server.request("/output/" + task.id + "?follow=true").build(),
                                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            in.readNBytes(4);
            server.tasks.remove(task.id);
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aClientThatTakesNothingIsLeftAndHoldsBackNobody() throws Exception {
        FakeTasks.Task task = server.tasks.scripted();
        task.print(new byte[32 << 20]);
        try (Socket socket =
                server.raw(
                        "GET /output/"
                                + task.id
                                + "?format=ansi HTTP/1.1\nHost: localhost:"
                                + server.port()
                                + "\nAuthorization: Bearer "
                                + HttpFixture.TOKEN
                                + "\n\n")) {
            await().until(() -> task.readTo() > 0);
            assertThat(server.get("/output/" + task.id).statusCode()).isEqualTo(200);
            // Another one has it all, while this one has what the kernel took.
            server.skipped.addAndGet(Exchanges.STALL.toNanos());
            long read = 0;
            var buffer = new byte[1 << 16];
            socket.setSoTimeout(30_000);
            await().atMost(Duration.ofSeconds(10)).until(() -> isClosedFor(socket.getLocalPort()));
            InputStream in = socket.getInputStream();
            try {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) read += n;
            } catch (IOException _) {
                // A reset is as good an end.
            }
            assertThat(read).isLessThan(32 << 20);
        }
    }

    /** Whether the server's end of the connection is closed, as the kernel tells. */
    private boolean isClosedFor(int clientPort) throws IOException {
        String server = String.format("%04X", this.server.port());
        String client = String.format("%04X", clientPort);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : java.nio.file.Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields[1].endsWith(":" + server)
                        && fields[2].endsWith(":" + client)
                        && fields[3].equals("01")) return false;
            }
        }
        return true;
    }

    @Test
    void aClientThatNeverEndsItsRequestIsLeft() throws Exception {
        assertThat(server.rawAnswer("GET /status HTTP/1.1\nHost: localhost\n")).isEmpty();
        assertThat(
                        server.rawAnswer(
                                "POST /start HTTP/1.1\nHost: localhost:"
                                        + server.port()
                                        + "\nContent-Type: application/json\nContent-Length: 100\n"
                                        + "Authorization: Bearer "
                                        + HttpFixture.TOKEN
                                        + "\n\n{"))
                .isEmpty();
    }

    @Test
    void moreRequestsThanItCanAnswerAreToldToComeAgain() throws Exception {
        server.tasks.hang();
        var answers = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < Exchanges.MAX_RUNNING; i++) {
            answers.add(
                    server.client()
                            .sendAsync(
                                    server.post("/start", body("")).build(),
                                    HttpResponse.BodyHandlers.ofString()));
        }
        await().until(() -> server.tasks.hanging() == Exchanges.MAX_RUNNING);
        HttpResponse<String> refused = server.get("/health");
        isProblem(refused, 503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        answers.forEach(answer -> answer.cancel(true));
    }

    @Test
    void healthTellsWhetherOutputIsStored() throws Exception {
        assertThat(server.get("/health").body().strip()).isEqualTo("{\"status\":\"ok\"}");
        server.isStoring = false;
        assertThat(server.get("/health").body().strip()).isEqualTo("{\"status\":\"degraded\"}");
    }

    @Test
    void metricsAreNumbersInTheFormatOfOpenMetrics() throws Exception {
        FakeTasks.Task task = server.tasks.scripted();
        task.print("a secret");
        server.tasks.scripted().end(1);
        HttpResponse<String> answer = server.get("/metrics");
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(answer.body())
                .endsWith("\n# EOF\n")
                .contains(
                        "# TYPE wormhole_sessions gauge\n",
                        "\nwormhole_sessions 3\n",
                        "\nwormhole_viewers 4\n",
                        "\nwormhole_connections 5\n",
                        "\nwormhole_task_viewers 6\n",
                        "\nwormhole_tasks{status=\"running\"} 1\n",
                        "\nwormhole_tasks{status=\"failed\"} 1\n",
                        "# TYPE wormhole_output_bytes counter\n",
                        "# UNIT wormhole_output_bytes bytes\n",
                        "\nwormhole_output_bytes_total 1234\n",
                        "\nwormhole_store_flush_seconds_bucket{le=\"0.0005\"} 7\n",
                        "\nwormhole_store_flush_seconds_bucket{le=\"1.0\"} 8\n",
                        "\nwormhole_store_flush_seconds_bucket{le=\"+Inf\"} 9\n",
                        "\nwormhole_store_flush_seconds_count 9\n",
                        "\nwormhole_store_flush_seconds_sum 2.5\n",
                        "\nwormhole_store_flush_longest_seconds 1.25\n",
                        "\nwormhole_queue_depth{queue=\"store_mailbox\",unit=\"messages\"} 11\n")
                .doesNotContain("secret");
        assertThat(answer.body().lines())
                .allMatch(
                        line ->
                                line.matches(
                                        "# (TYPE|HELP|UNIT) wormhole_\\w+ .+|# EOF"
                                                + "|wormhole_\\w+(\\{[^}]*})? [0-9.]+"));
    }
}
