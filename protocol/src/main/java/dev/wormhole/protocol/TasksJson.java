package dev.wormhole.protocol;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import java.util.ArrayList;

/** The wire form of what is said of tasks: every field of an entry, null where unknown. Pure. */
final class TasksJson {

    private TasksJson() {}

    static JsonObject.Builder write(JsonObject.Builder json, ServerMessage.Tasks message) {
        return json.put(
                "tasks",
                new Json.Array(
                        message.tasks().stream()
                                .map(TasksJson::entry)
                                .map(Json.class::cast)
                                .toList()));
    }

    static ServerMessage readList(JsonObject json) throws JsonException {
        var tasks = new ArrayList<TaskEntry>();
        for (JsonObject entry : json.objects("tasks")) tasks.add(readEntry(entry));
        return new ServerMessage.Tasks(tasks);
    }

    static JsonObject.Builder write(JsonObject.Builder json, ServerMessage.TaskOutput m) {
        return json.put("offset", m.offset())
                .put("end", m.end())
                .put("isComplete", m.isComplete())
                .put("data", Fields.base64(m.data()));
    }

    static ServerMessage readOutput(JsonObject json) throws JsonException {
        return new ServerMessage.TaskOutput(
                Fields.sessionId(json),
                Fields.count(json, "offset"),
                Fields.count(json, "end"),
                json.bool("isComplete"),
                Fields.base64(json, "data"));
    }

    /** One entry of the list; also what {@code wormhole tasks --json} and HTTP say. */
    static JsonObject entry(TaskEntry entry) {
        TaskReason reason = entry.reason();
        SessionId predecessor = entry.predecessor();
        return JsonObject.builder()
                .put("id", entry.id().toString())
                .put("name", entry.name())
                .put("repo", entry.repo())
                .put("task", entry.task())
                .put("command", Json.of(entry.command()))
                .put("status", entry.status().wireName())
                .put("exitCode", entry.exitCode())
                .put("reason", reason == null ? null : reason.wireName())
                .put("message", entry.message())
                .put("signal", entry.signal())
                .put("created", entry.created())
                .put("started", entry.started())
                .put("ended", entry.ended())
                .put("timeLimit", entry.timeLimit())
                .put("predecessor", predecessor == null ? null : predecessor.toString())
                .put("isEnding", entry.isEnding())
                .put("outputEnd", entry.outputEnd())
                .build();
    }

    static TaskEntry readEntry(JsonObject json) throws JsonException {
        String reason = json.optText("reason");
        String predecessor = json.optText("predecessor");
        return new TaskEntry(
                Fields.id(json.text("id"), "id"),
                json.optText("name"),
                json.text("repo"),
                json.text("task"),
                json.texts("command"),
                Fields.constant(TaskStatus.class, json.text("status"), "status"),
                Fields.optInt(json, "exitCode", Integer.MIN_VALUE, Integer.MAX_VALUE),
                reason == null ? null : Fields.constant(TaskReason.class, reason, "reason"),
                json.optText("message"),
                json.optText("signal"),
                Fields.count(json, "created"),
                Fields.optCount(json, "started"),
                Fields.optCount(json, "ended"),
                Fields.optCount(json, "timeLimit"),
                predecessor == null ? null : Fields.id(predecessor, "predecessor"),
                json.bool("isEnding"),
                Fields.count(json, "outputEnd"));
    }

    /** As {@code Fields}' other bounds: what a task is for. */
    static String text(JsonObject json) throws JsonException {
        String text = json.optText("task");
        if (text == null) return "";
        if (text.length() > Limits.TASK_CHARS)
            throw new JsonException("task: more than " + Limits.TASK_CHARS + " characters");
        if (text.indexOf('\0') >= 0) throw new JsonException("task: holds a NUL");
        return text;
    }
}
