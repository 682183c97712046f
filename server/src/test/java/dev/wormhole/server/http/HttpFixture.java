package dev.wormhole.server.http;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonObject;
import dev.wormhole.server.connection.AccessPolicy;
import dev.wormhole.server.testkit.FakeTasks;
import dev.wormhole.server.thread.ServerThreads;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** A server for tasks over HTTP with tasks in memory, and a client of it. */
final class HttpFixture implements AutoCloseable {

    static final String TOKEN = "a-token";
    static final String SOCKET_URL = "ws://127.0.0.1:7070/";

    final FakeTasks tasks = new FakeTasks();
    final AtomicLong skipped = new AtomicLong();
    volatile boolean isStoring = true;
    final TaskHttp http;
    private final HttpClient client = HttpClient.newHttpClient();

    HttpFixture() {
        try {
            http =
                    TaskHttp.start(
                            new TaskHttp.Settings(
                                    0,
                                    SOCKET_URL,
                                    new AccessPolicy(
                                            TOKEN, Set.of("my.server"), Set.of("https://ours"))),
                            tasks,
                            this::metrics,
                            new ServerThreads(),
                            () -> System.nanoTime() + skipped.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Metrics metrics() {
        return new Metrics(
                3,
                4,
                5,
                6,
                1234,
                isStoring,
                new Metrics.Durations(
                        List.of(
                                new Metrics.Durations.Bucket(500, 7),
                                new Metrics.Durations.Bucket(1_000_000, 8)),
                        9,
                        2_500_000_000L,
                        1_250_000_000),
                new TreeMap<>(
                        Map.of(
                                Metrics.Queue.SESSION_MAILBOXES, 10L,
                                Metrics.Queue.STORE_MAILBOX, 11L,
                                Metrics.Queue.CONNECTION_MAILBOXES, 12L,
                                Metrics.Queue.CONNECTION_OUTBOXES, 13L)));
    }

    int port() {
        return URI.create(http.url()).getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(http.url()).resolve(path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    HttpRequest.Builder post(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<String> start(String body) throws Exception {
        return send(post("/start", body));
    }

    HttpClient client() {
        return client;
    }

    static JsonObject json(HttpResponse<String> answer) throws Exception {
        return Json.parseObject(answer.body());
    }

    /** Sends bytes as they are; whoever calls it closes the socket. */
    Socket raw(String request) throws IOException {
        var socket = new Socket(InetAddress.getByName("127.0.0.1"), port());
        OutputStream out = socket.getOutputStream();
        out.write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return socket;
    }

    /** All that comes until the server closes. */
    String rawAnswer(String request) throws IOException {
        try (Socket socket = raw(request)) {
            socket.setSoTimeout(30_000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        http.stop();
        tasks.close();
    }
}
