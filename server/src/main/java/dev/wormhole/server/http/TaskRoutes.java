package dev.wormhole.server.http;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.ClientMessage;
import dev.wormhole.protocol.Decoded;
import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.SessionId;
import dev.wormhole.protocol.TaskEntry;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;
import dev.wormhole.server.connection.ConnectPath;
import dev.wormhole.server.task.TaskService;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What each route does. Knows who may ask as little as it knows sockets.
 *
 * <p>Safe from any thread: has no state.
 */
final class TaskRoutes {

    /** What of a body goes into task_start as it stands; that says what is right. */
    static final List<String> START_FIELDS =
            List.of("repo", "task", "name", "env", "cols", "rows", "timeLimit", "createId");

    private final TaskService tasks;
    private final Supplier<Metrics> metrics;
    private final String socketUrl;

    /**
     * @param socketUrl where the session server listens, with its slash
     */
    TaskRoutes(TaskService tasks, Supplier<Metrics> metrics, String socketUrl) {
        this.tasks = tasks;
        this.metrics = metrics;
        this.socketUrl = socketUrl;
    }

    /** Answers one call. */
    void answer(Route route, String id, Call call)
            throws HttpProblem, IOException, InterruptedException {
        switch (route) {
            case START -> start(call);
            case TASKS ->
                    call.json(
                            200,
                            JsonObject.builder()
                                    .put(
                                            "tasks",
                                            new Json.Array(
                                                    tasks.list().stream()
                                                            .map(MessageCodec::json)
                                                            .map(Json.class::cast)
                                                            .toList()))
                                    .build());
            case TASK -> call.json(200, MessageCodec.json(call.await(tasks.find(task(id), null))));
            case OUTPUT -> output(task(id), call);
            case TERMINATE ->
                    call.json(202, MessageCodec.json(call.await(tasks.terminate(task(id)))));
            case HEALTH ->
                    call.json(
                            200,
                            JsonObject.builder()
                                    .put("status", metrics.get().isStoring() ? "ok" : "degraded")
                                    .build());
            case METRICS ->
                    call.text(OpenMetrics.TYPE, OpenMetrics.of(metrics.get(), tasks.list()));
        }
    }

    private void start(Call call) throws HttpProblem, IOException, InterruptedException {
        TaskEntry entry = call.await(tasks.start(request(call.body())));
        call.json(
                201,
                JsonObject.builder()
                        .put("id", entry.id().toString())
                        .put("connect", ConnectPath.url(socketUrl, entry.id()))
                        .build(),
                Map.of("Location", "/status/" + entry.id()));
    }

    /** What the wire would have made of it, so that there is one set of limits. */
    private static ClientMessage.TaskStart request(byte[] body) throws HttpProblem {
        try {
            JsonObject given = Json.parseObject(strictUtf8(body));
            JsonObject.Builder message = JsonObject.builder().put("type", "task_start");
            for (String field : START_FIELDS) message.opt(field, given.get(field));
            if (given.get("command") instanceof Json.Text line)
                message.put("command", Json.of(List.of("sh", "-c", line.value())));
            else message.opt("command", given.get("command"));
            return switch (MessageCodec.decodeClient(ByteString.utf8(message.build().toText()))) {
                case Decoded.Message<ClientMessage>(ClientMessage.TaskStart start, _) -> start;
                case Decoded.Malformed<ClientMessage>(String reason, _) ->
                        throw HttpProblem.badRequest(reason);
                case Decoded.Message<ClientMessage> _, Decoded.Unknown<ClientMessage> _ ->
                        throw new IllegalStateException("task_start is read as something else");
            };
        } catch (JsonException e) {
            throw HttpProblem.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private void output(SessionId id, Call call)
            throws HttpProblem, IOException, InterruptedException {
        Map<String, String> query = call.query();
        OutputStreamer.Format format =
                switch (query.getOrDefault("format", "text")) {
                    case "text" -> OutputStreamer.Format.TEXT;
                    case "ansi" -> OutputStreamer.Format.ANSI;
                    default -> throw HttpProblem.badRequest("format: expected text or ansi");
                };
        var streamer = new OutputStreamer(tasks, id, format, call);
        switch (query.getOrDefault("follow", "false")) {
            case "true" -> streamer.following();
            case "false" -> streamer.once();
            default -> throw HttpProblem.badRequest("follow: expected true or false");
        }
    }

    private static SessionId task(String id) throws HttpProblem {
        try {
            return SessionId.parse(id);
        } catch (IllegalArgumentException _) {
            throw HttpProblem.noSuchTask();
        }
    }

    private static String strictUtf8(byte[] bytes) throws JsonException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new JsonException("not UTF-8");
        }
    }
}
