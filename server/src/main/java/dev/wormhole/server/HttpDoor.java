package dev.wormhole.server;

import dev.wormhole.server.checkpoint.Checkpointer;
import dev.wormhole.server.checkpoint.FlushTally;
import dev.wormhole.server.connection.AccessPolicy;
import dev.wormhole.server.connection.Connections;
import dev.wormhole.server.connection.WebSocketEndpoint;
import dev.wormhole.server.http.Metrics;
import dev.wormhole.server.http.TaskHttp;
import dev.wormhole.server.session.SessionTally;
import dev.wormhole.server.session.Sessions;
import dev.wormhole.server.task.TaskService;
import dev.wormhole.server.thread.ServerThreads;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Opens the HTTP server for tasks where the settings want it, and counts what it tells. */
final class HttpDoor {

    private HttpDoor() {}

    /**
     * @param socketUrl where the endpoint listens
     * @param metrics safe from any thread
     */
    static Optional<TaskHttp> open(
            ServerSettings settings,
            AccessPolicy access,
            String socketUrl,
            TaskService tasks,
            Supplier<Metrics> metrics,
            ServerThreads threads)
            throws IOException {
        OptionalInt port = settings.httpPort();
        if (port.isEmpty()) return Optional.empty();
        return Optional.of(
                TaskHttp.start(
                        new TaskHttp.Settings(port.getAsInt(), socketUrl, access),
                        tasks,
                        metrics,
                        threads,
                        System::nanoTime));
    }

    /** The numbers of a server with these parts, as they are whenever it is asked. */
    static Supplier<Metrics> metrics(
            Sessions sessions,
            Connections connections,
            WebSocketEndpoint endpoint,
            Checkpointer checkpointer) {
        return () -> {
            SessionTally tally = sessions.tally();
            return new Metrics(
                    tally.sessions(),
                    tally.viewers(),
                    connections.count(),
                    endpoint.taskViewers(),
                    tally.outputBytes(),
                    checkpointer.status().trouble() == null,
                    durations(checkpointer.flushes()),
                    new TreeMap<>(
                            Map.of(
                                    Metrics.Queue.SESSION_MAILBOXES,
                                    tally.waiting(),
                                    Metrics.Queue.STORE_MAILBOX,
                                    (long) checkpointer.waiting(),
                                    Metrics.Queue.CONNECTION_MAILBOXES,
                                    connections.mailboxBytes(),
                                    Metrics.Queue.CONNECTION_OUTBOXES,
                                    connections.outboxBytes())));
        };
    }

    private static Metrics.Durations durations(FlushTally flushes) {
        return new Metrics.Durations(
                flushes.buckets().stream()
                        .map(
                                bucket ->
                                        new Metrics.Durations.Bucket(
                                                bucket.micros(), bucket.count()))
                        .toList(),
                flushes.count(),
                flushes.nanos(),
                flushes.longest());
    }
}
