package dev.wormhole.server.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

import dev.wormhole.protocol.json.JsonObject;
import dev.wormhole.server.task.TaskException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request that was let in, and its answer. Knows no tasks.
 *
 * <p>Owned by the request's thread.
 */
final class Call {

    private static final Logger log = LoggerFactory.getLogger(Call.class);

    static final int MAX_BODY = 256 << 10;

    /** Read and thrown away, so that a client which sends too much hears that it does. */
    private static final long MAX_SURPLUS = 8 << 20;

    /** The service answers in milliseconds, or the store does not keep up. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration FOR_EVER = Duration.ofDays(3650);

    /** Of an answer, between two looks at whether the client takes it. */
    private static final int SLICE = 16 << 10;

    private final HttpExchange exchange;
    private final Exchanges.Running running;
    private final Route route;

    Call(HttpExchange exchange, Exchanges.Running running, Route route) {
        this.exchange = exchange;
        this.running = running;
        this.route = route;
    }

    Exchanges.Running running() {
        return running;
    }

    /** The body, which is JSON by its Content-Type, as bytes. */
    byte[] body() throws HttpProblem, IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.equals("application/json")) throw HttpProblem.wrongType();
        InputStream in = exchange.getRequestBody();
        byte[] bytes = in.readNBytes(MAX_BODY + 1);
        running.moved();
        if (bytes.length <= MAX_BODY) return bytes;
        in.skip(MAX_SURPLUS);
        throw HttpProblem.tooLarge(MAX_BODY);
    }

    /** The parameters behind the question mark; of one that is there twice the last. */
    Map<String, String> query() throws HttpProblem {
        var parameters = new HashMap<String, String>();
        String query = exchange.getRequestURI().getRawQuery();
        if (query == null) return parameters;
        try {
            for (String pair : query.split("&")) {
                String[] halves = pair.split("=", 2);
                parameters.put(
                        URLDecoder.decode(halves[0], StandardCharsets.UTF_8),
                        halves.length < 2
                                ? ""
                                : URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException _) {
            throw HttpProblem.badRequest("the query is malformed");
        }
        return parameters;
    }

    /** What the service answers; waits some seconds at most. */
    <T> T await(CompletableFuture<T> answer) throws HttpProblem, InterruptedException {
        return await(answer, PATIENCE);
    }

    /** As {@link #await}, for as long as it takes; an answer that comes too late is not wanted. */
    <T> T awaitPatiently(CompletableFuture<T> answer) throws HttpProblem, InterruptedException {
        try {
            return await(answer, FOR_EVER);
        } finally {
            // Else the task would remember this request for as long as it prints nothing.
            answer.cancel(false);
        }
    }

    private <T> T await(CompletableFuture<T> answer, Duration patience)
            throws HttpProblem, InterruptedException {
        running.rests();
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TaskException failure) throw HttpProblem.of(failure);
            log.error("{} failed", route, e.getCause());
            throw HttpProblem.defect();
        } catch (TimeoutException _) {
            throw HttpProblem.busy("the server did not answer in time: try again later");
        } finally {
            running.moved();
        }
    }

    void json(int status, JsonObject body, Map<String, String> headers) throws IOException {
        answer(status, "application/json", body.toText() + "\n", headers);
    }

    void json(int status, JsonObject body) throws IOException {
        json(status, body, Map.of());
    }

    void text(String type, String body) throws IOException {
        answer(200, type, body, Map.of());
    }

    private void answer(int status, String type, String body, Map<String, String> headers)
            throws IOException {
        check(status);
        send(exchange, running::moved, status, type, body, headers);
    }

    /** Begins an answer whose length nobody knows yet. */
    OutputStream stream(String type) throws IOException {
        check(200);
        head(exchange, type, Map.of());
        // 0 stands for: chunked.
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    /** A problem that this route may have. */
    void problem(HttpProblem problem) throws IOException {
        HttpProblem told = problem;
        if (!route.statuses().contains(problem.status())) {
            log.error("{} is not to fail with {}", route, problem.status(), problem);
            told = HttpProblem.defect();
        }
        send(exchange, running::moved, told);
    }

    private void check(int status) {
        // A client made from docs/openapi.json would not understand it.
        if (!route.statuses().contains(status))
            throw new IllegalStateException(route + " is not to be answered with " + status);
    }

    static void send(HttpExchange exchange, Runnable moved, HttpProblem problem)
            throws IOException {
        send(
                exchange,
                moved,
                problem.status(),
                HttpProblem.TYPE,
                problem.toJson() + "\n",
                problem.headers());
    }

    private static void send(
            HttpExchange exchange,
            Runnable moved,
            int status,
            String type,
            String body,
            Map<String, String> headers)
            throws IOException {
        head(exchange, type, headers);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            write(out, moved, bytes, 0, bytes.length);
        }
    }

    /** Writes in slices, so that a client which takes them slowly is not one that stands still. */
    static void write(OutputStream out, Runnable moved, byte[] bytes, int from, int to)
            throws IOException {
        for (int at = from; at < to; at += SLICE) {
            out.write(bytes, at, Math.min(SLICE, to - at));
            moved.run();
        }
    }

    private static void head(HttpExchange exchange, String type, Map<String, String> headers) {
        Headers answer = exchange.getResponseHeaders();
        answer.set("Content-Type", type);
        answer.set("Cache-Control", "no-store");
        answer.set("X-Content-Type-Options", "nosniff");
        headers.forEach(answer::set);
    }
}
