package dev.wormhole.server.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.wormhole.server.connection.AccessPolicy;
import dev.wormhole.server.task.TaskService;
import dev.wormhole.server.thread.ServerThreads;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The HTTP server for tasks: lets requests in and gives each to its route. On loopback alone.
 *
 * <p>Safe from any thread. Every request has a virtual thread of its own.
 */
public final class TaskHttp {

    private static final Logger log = LoggerFactory.getLogger(TaskHttp.class);

    /**
     * Read once, when the JDK's server is first made (its ServerConfig in JDK 25). Without them a
     * client may take for ever to send a request, and open connections until no descriptor is left;
     * Nagle's algorithm would hold back the end of every answer for 40 ms.
     */
    private static final Map<String, String> LIMITS =
            Map.of(
                    // Seconds from the first byte of a request to the last one of its body, and
                    // from the connection to that first byte.
                    "sun.net.httpserver.maxReqTime", "10",
                    "sun.net.httpserver.idleInterval", "30",
                    // Those that run, those that follow, and as many that idle.
                    "jdk.httpserver.maxConnections", "512",
                    "sun.net.httpserver.maxReqHeaders", "64",
                    "sun.net.httpserver.maxReqHeaderSize", "32768",
                    "sun.net.httpserver.nodelay", "true");

    private static final int LOOK_MILLIS = 1000;

    static {
        // Whoever runs the server may know better.
        LIMITS.forEach(
                (name, value) -> {
                    if (System.getProperty(name) == null) System.setProperty(name, value);
                });
    }

    private final HttpServer server;
    private final ExecutorService executor;
    private final AccessPolicy access;
    private final TaskRoutes routes;
    private final Exchanges exchanges;
    private final Thread watchdog;

    /**
     * Immutable.
     *
     * @param port 0: any that is free
     * @param socketUrl where the session server listens, with its slash
     * @param access who is let in, as there
     */
    public record Settings(int port, String socketUrl, AccessPolicy access) {}

    private TaskHttp(
            HttpServer server,
            Settings settings,
            TaskService tasks,
            Supplier<Metrics> metrics,
            ServerThreads threads,
            LongSupplier ticker) {
        this.server = server;
        this.access = settings.access();
        routes = new TaskRoutes(tasks, metrics, settings.socketUrl());
        exchanges = new Exchanges(ticker);
        executor =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        // The library's own thread is a daemon if the one is that starts it: only the ordered
        // stop keeps the JVM waiting.
        join(threads.platform("http-start", server::start));
        watchdog = threads.virtual("http-watchdog", this::watch);
    }

    /**
     * Begins to accept.
     *
     * @throws IOException if it cannot listen
     */
    public static TaskHttp start(
            Settings settings,
            TaskService tasks,
            Supplier<Metrics> metrics,
            ServerThreads threads,
            LongSupplier ticker)
            throws IOException {
        var address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), settings.port());
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen for HTTP on "
                            + address
                            + " ("
                            + e.getMessage()
                            + "): choose another http.port, or set http.enabled to 0",
                    e);
        }
        return new TaskHttp(server, settings, tasks, metrics, threads, ticker);
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    private int port() {
        return server.getAddress().getPort();
    }

    /** Ends every request and stops listening. */
    public void stop() {
        watchdog.interrupt();
        exchanges.stop();
        server.stop(0);
        executor.shutdownNow();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                exchanges.look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it throws costs the connection, which tells the client that the answer is not whole. */
    private void handle(HttpExchange exchange) throws IOException {
        try {
            // First: who is not let in takes no place from those who are.
            letIn(exchange);
        } catch (HttpProblem refusal) {
            exchange.getResponseHeaders().set("Connection", "close");
            Call.send(exchange, () -> {}, refusal);
            return;
        }
        Optional<Exchanges.Running> place = exchanges.begin();
        if (place.isEmpty()) {
            Call.send(
                    exchange,
                    () -> {},
                    HttpProblem.busy("the server answers as many requests as it can: try again"));
            return;
        }
        try (Exchanges.Running running = place.get()) {
            answer(exchange, running);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the request was ended", e);
        }
    }

    private void answer(HttpExchange exchange, Exchanges.Running running)
            throws IOException, InterruptedException {
        Route route;
        try {
            route = route(exchange);
        } catch (HttpProblem problem) {
            Call.send(exchange, running::moved, problem);
            return;
        }
        var call = new Call(exchange, running, route);
        String id = route.id(path(exchange)).orElseThrow();
        try {
            routes.answer(route, id, call);
        } catch (HttpProblem problem) {
            call.problem(problem);
        } catch (RuntimeException e) {
            log.error("{} failed", route, e);
            // Where the head was sent already this throws, as it should.
            call.problem(HttpProblem.defect());
        }
    }

    private void letIn(HttpExchange exchange) throws HttpProblem {
        Headers headers = exchange.getRequestHeaders();
        Optional<AccessPolicy.Refusal> refusal =
                access.refusal(
                        new AccessPolicy.Headers(
                                only(headers, "Host"),
                                only(headers, "Origin"),
                                headers.containsKey("Origin"),
                                only(headers, "Authorization")),
                        port());
        if (refusal.isEmpty()) return;
        log.warn(
                "request from {} refused: {}", exchange.getRemoteAddress(), refusal.get().reason());
        throw switch (refusal.get()) {
            case FOREIGN_ORIGIN -> HttpProblem.foreignOrigin();
            case FOREIGN_HOST -> HttpProblem.foreignHost();
            case NO_TOKEN -> HttpProblem.unauthorized();
        };
    }

    private static Route route(HttpExchange exchange) throws HttpProblem {
        List<Route> routes = Route.at(path(exchange));
        if (routes.isEmpty()) throw HttpProblem.noSuchPath();
        for (Route route : routes) {
            if (route.method().equals(exchange.getRequestMethod())) return route;
        }
        throw HttpProblem.wrongMethod(
                routes.stream().map(Route::method).collect(Collectors.joining(", ")));
    }

    private static String path(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        return path == null ? "" : path;
    }

    /** A header's value; empty where there is none, or more than one to choose from. */
    private static String only(Headers headers, String name) {
        List<String> values = headers.get(name);
        return values == null || values.size() != 1 ? "" : values.getFirst();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
