package dev.wormhole.protocol;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The wire form of {@link ServerMessage}. Pure. */
final class ServerMessageJson {

    private ServerMessageJson() {}

    static JsonObject.Builder write(ServerMessage message) {
        return switch (message) {
            case ServerMessage.Hello m ->
                    type("hello")
                            .put("protocol", m.protocol())
                            .put("features", Json.of(m.features()))
                            .put("server", m.server())
                            .put("screen", m.screen())
                            .put("differences", m.differences());
            case ServerMessage.Created m ->
                    about("session_created", m.sessionId())
                            .put("channel", m.channel())
                            .put("created", m.created())
                            .put("offset", m.offset())
                            .put("event", m.event())
                            .put("cols", m.size().cols())
                            .put("rows", m.size().rows())
                            .put("generation", m.generation())
                            .put("isExited", m.isExited())
                            .put("readOnly", m.readOnly())
                            .opt("inputCount", m.inputCount());
            case ServerMessage.Resync m ->
                    place(
                                    "session_resync",
                                    m.sessionId(),
                                    m.channel(),
                                    m.offset(),
                                    m.event(),
                                    m.size())
                            .put("length", m.length())
                            .put("history", m.keepsHistory() ? "kept" : "replaced")
                            .put("complete", m.complete());
            case ServerMessage.Size m ->
                    place(
                            "session_size",
                            m.sessionId(),
                            m.channel(),
                            m.offset(),
                            m.event(),
                            m.size());
            case ServerMessage.Respawned m ->
                    about("session_respawned", m.sessionId())
                            .opt("channel", m.channel())
                            .put("generation", m.generation())
                            .put("offset", m.offset())
                            .put("event", m.event());
            case ServerMessage.Exit m ->
                    about("session_exit", m.sessionId())
                            .opt("channel", m.channel())
                            .put("generation", m.generation())
                            .put("offset", m.offset())
                            .put("exitCode", m.exitCode())
                            .opt("signal", m.signal())
                            .put("reason", m.reason().wireName());
            case ServerMessage.Event m -> writeEvent(m);
            case ServerMessage.History m ->
                    about("history", m.sessionId())
                            .put("first", m.first())
                            .put("end", m.end())
                            .put("oldest", m.oldest())
                            .put("newest", m.newest())
                            .put("data", Fields.base64(m.data()));
            case ServerMessage.Hash m ->
                    about("session_hash", m.sessionId())
                            .put("channel", m.channel())
                            .put("offset", m.offset())
                            .put("event", m.event())
                            .put("hash", HexFormat.of().toHexDigits(m.hash()));
            case ServerMessage.InputAck m ->
                    type("input_ack").put("channel", m.channel()).put("count", m.count());
            case ServerMessage.InputDiscarded m ->
                    type("input_discarded")
                            .put("channel", m.channel())
                            .put("generation", m.generation())
                            .put("count", m.count());
            case ServerMessage.Offer m ->
                    about("session_offer", m.sessionId())
                            .put("channel", m.channel())
                            .put("generation", m.generation())
                            .put("command", Json.of(m.command()))
                            .opt("line", m.line());
            case ServerMessage.Detached m ->
                    about("session_detached", m.sessionId()).put("channel", m.channel());
            case ServerMessage.Renamed m ->
                    about("session_renamed", m.sessionId()).put("name", m.name());
            case ServerMessage.Destroyed m -> about("session_destroyed", m.sessionId());
            case ServerMessage.Sessions m ->
                    type("session_list")
                            .put(
                                    "sessions",
                                    new Json.Array(
                                            m.sessions().stream()
                                                    .map(ServerMessageJson::entry)
                                                    .map(Json.class::cast)
                                                    .toList()));
            case ServerMessage.Changed m ->
                    type("session_changed").put("session", entry(m.session()));
            case ServerMessage.StoreState m -> StoreJson.write(type("store_state"), m);
            case ServerMessage.Keepers m -> KeepersJson.write(type("keepers"), m);
            case ServerMessage.Recovery m -> RecoveryJson.write(type("recovery"), m);
            case ServerMessage.TaskCreated(TaskEntry task) ->
                    type("task_created").put("task", TasksJson.entry(task));
            case ServerMessage.Task(TaskEntry task) ->
                    type("task").put("task", TasksJson.entry(task));
            case ServerMessage.TaskChanged(TaskEntry task) ->
                    type("task_changed").put("task", TasksJson.entry(task));
            case ServerMessage.Tasks m -> TasksJson.write(type("task_list"), m);
            case ServerMessage.TaskOutput m ->
                    TasksJson.write(about("task_output", m.sessionId()), m);
            case ServerMessage.OrphanEnded(SessionId id, long generation) ->
                    about("orphan_ended", id).put("generation", generation);
            case ServerMessage.OrphanAdopted(SessionId id, long generation) ->
                    about("orphan_adopted", id).put("generation", generation);
            case ServerMessage.Failure(ErrorCode code, String text, SessionId id) ->
                    type("error")
                            .put("code", code.wireName())
                            .put("message", text)
                            .opt("sessionId", id == null ? null : id.toString());
            case ServerMessage.Pong() -> type("pong");
        };
    }

    static Optional<ServerMessage> read(String type, JsonObject json) throws JsonException {
        return Optional.ofNullable(
                switch (type) {
                    case "hello" -> readHello(json);
                    case "session_created" -> readCreated(json);
                    case "session_resync" -> readResync(json);
                    case "session_size" ->
                            new ServerMessage.Size(
                                    Fields.sessionId(json),
                                    Fields.channel(json),
                                    Fields.count(json, "offset"),
                                    Fields.count(json, "event"),
                                    Fields.size(json));
                    case "session_respawned" ->
                            new ServerMessage.Respawned(
                                    Fields.sessionId(json),
                                    Fields.optInt(json, "channel", 0, Limits.MAX_CHANNEL),
                                    Fields.count(json, "generation"),
                                    Fields.count(json, "offset"),
                                    Fields.count(json, "event"));
                    case "session_exit" -> readExit(json);
                    case "session_event" -> readEvent(json);
                    case "history" ->
                            new ServerMessage.History(
                                    Fields.sessionId(json),
                                    Fields.count(json, "first"),
                                    Fields.count(json, "end"),
                                    Fields.count(json, "oldest"),
                                    Fields.count(json, "newest"),
                                    Fields.base64(json, "data"));
                    case "session_hash" ->
                            new ServerMessage.Hash(
                                    Fields.sessionId(json),
                                    Fields.channel(json),
                                    Fields.count(json, "offset"),
                                    Fields.count(json, "event"),
                                    hash(json.text("hash")));
                    case "input_ack" ->
                            new ServerMessage.InputAck(
                                    Fields.channel(json), Fields.count(json, "count"));
                    case "input_discarded" ->
                            new ServerMessage.InputDiscarded(
                                    Fields.channel(json),
                                    Fields.count(json, "generation"),
                                    Fields.count(json, "count"));
                    case "session_offer" ->
                            new ServerMessage.Offer(
                                    Fields.sessionId(json),
                                    Fields.channel(json),
                                    Fields.count(json, "generation"),
                                    json.texts("command"),
                                    json.optText("line"));
                    case "session_detached" ->
                            new ServerMessage.Detached(
                                    Fields.sessionId(json), Fields.channel(json));
                    case "session_renamed" ->
                            new ServerMessage.Renamed(Fields.sessionId(json), json.text("name"));
                    case "session_destroyed" -> new ServerMessage.Destroyed(Fields.sessionId(json));
                    case "session_list" -> readSessions(json);
                    case "session_changed" ->
                            new ServerMessage.Changed(readEntry(json.object("session")));
                    case "keepers" -> KeepersJson.read(json);
                    case "store_state" -> StoreJson.read(json);
                    case "recovery" -> RecoveryJson.read(json);
                    case "task_created" ->
                            new ServerMessage.TaskCreated(TasksJson.readEntry(json.object("task")));
                    case "task" -> new ServerMessage.Task(TasksJson.readEntry(json.object("task")));
                    case "task_changed" ->
                            new ServerMessage.TaskChanged(TasksJson.readEntry(json.object("task")));
                    case "task_list" -> TasksJson.readList(json);
                    case "task_output" -> TasksJson.readOutput(json);
                    case "orphan_ended" ->
                            new ServerMessage.OrphanEnded(
                                    Fields.sessionId(json), Fields.count(json, "generation"));
                    case "orphan_adopted" ->
                            new ServerMessage.OrphanAdopted(
                                    Fields.sessionId(json), Fields.count(json, "generation"));
                    case "error" ->
                            new ServerMessage.Failure(
                                    Fields.constant(ErrorCode.class, json.text("code"), "code"),
                                    json.text("message"),
                                    Fields.optSessionId(json));
                    case "pong" -> new ServerMessage.Pong();
                    default -> null;
                });
    }

    /** One entry of the list; also what {@code wormhole ls --json} prints. */
    static JsonObject entry(SessionEntry entry) {
        return JsonObject.builder()
                .put("id", entry.id().toString())
                .put("name", entry.name())
                .put("cwd", entry.cwd())
                .put("title", entry.title())
                .put("createdAt", entry.createdAt())
                .put("lastActiveAt", entry.lastActiveAt())
                .put("clientCount", entry.clientCount())
                .put("isExited", entry.isExited())
                .put("exitCode", entry.exitCode())
                .put("cols", entry.size().cols())
                .put("rows", entry.size().rows())
                .put("pid", entry.pid())
                .put("command", Json.of(entry.command()))
                .put("kind", entry.kind().wireName())
                .put("isStored", entry.isStored())
                .build();
    }

    private static SessionEntry readEntry(JsonObject json) throws JsonException {
        return new SessionEntry(
                Fields.id(json.text("id"), "id"),
                json.optText("name"),
                json.optText("cwd"),
                json.optText("title"),
                Fields.count(json, "createdAt"),
                Fields.count(json, "lastActiveAt"),
                (int) json.integer("clientCount", 0, Integer.MAX_VALUE),
                json.bool("isExited"),
                Fields.optInt(json, "exitCode", Integer.MIN_VALUE, Integer.MAX_VALUE),
                Fields.size(json),
                Fields.optCount(json, "pid"),
                json.texts("command"),
                Fields.constant(SessionKind.class, json.text("kind"), "kind"),
                // Servers before this field stored all of them.
                json.bool("isStored", true));
    }

    private static ServerMessage.Hello readHello(JsonObject json) throws JsonException {
        // Servers before this field had nothing to count.
        Long differences = Fields.optCount(json, "differences");
        return new ServerMessage.Hello(
                (int) json.integer("protocol", 0, Integer.MAX_VALUE),
                json.texts("features"),
                json.text("server"),
                (int) json.integer("screen", 0, Integer.MAX_VALUE),
                differences == null ? 0 : differences);
    }

    private static ServerMessage readCreated(JsonObject json) throws JsonException {
        return new ServerMessage.Created(
                Fields.sessionId(json),
                Fields.channel(json),
                json.bool("created"),
                Fields.count(json, "offset"),
                Fields.count(json, "event"),
                Fields.size(json),
                Fields.count(json, "generation"),
                json.bool("isExited"),
                json.bool("readOnly"),
                Fields.optCount(json, "inputCount"));
    }

    private static ServerMessage readResync(JsonObject json) throws JsonException {
        return new ServerMessage.Resync(
                Fields.sessionId(json),
                Fields.channel(json),
                Fields.count(json, "offset"),
                Fields.count(json, "event"),
                Fields.size(json),
                (int) json.integer("length", 0, Integer.MAX_VALUE),
                json.text("history").equals("kept"),
                // A server without the feature knows complete ones only.
                json.bool("complete", true));
    }

    private static JsonObject.Builder writeEvent(ServerMessage.Event event) {
        JsonObject.Builder json =
                about("session_event", event.sessionId())
                        .put("offset", event.offset())
                        .put("kind", event.what().kind());
        return switch (event.what()) {
            case Happening.Bell() -> json;
            case Happening.Notification(String title, String body) ->
                    json.put("title", title).put("body", body);
            case Happening.Clipboard(String selection, ByteString data) ->
                    json.put("selection", selection).put("data", Fields.base64(data));
        };
    }

    /** Null for a kind that this version does not know. */
    private static @Nullable ServerMessage readEvent(JsonObject json) throws JsonException {
        Happening what =
                switch (json.text("kind")) {
                    case "bell" -> new Happening.Bell();
                    case "notification" ->
                            new Happening.Notification(json.text("title"), json.text("body"));
                    case "clipboard" ->
                            new Happening.Clipboard(
                                    json.text("selection"), Fields.base64(json, "data"));
                    default -> null;
                };
        if (what == null) return null;
        return new ServerMessage.Event(Fields.sessionId(json), Fields.count(json, "offset"), what);
    }

    private static long hash(String text) throws JsonException {
        try {
            return HexFormat.fromHexDigitsToLong(text);
        } catch (IllegalArgumentException e) {
            throw new JsonException("hash: expected 16 hexadecimal digits");
        }
    }

    private static ServerMessage readExit(JsonObject json) throws JsonException {
        return new ServerMessage.Exit(
                Fields.sessionId(json),
                Fields.optInt(json, "channel", 0, Limits.MAX_CHANNEL),
                Fields.count(json, "generation"),
                Fields.count(json, "offset"),
                Fields.optInt(json, "exitCode", Integer.MIN_VALUE, Integer.MAX_VALUE),
                json.optText("signal"),
                Fields.constant(ExitReason.class, json.text("reason"), "reason"));
    }

    private static ServerMessage readSessions(JsonObject json) throws JsonException {
        List<SessionEntry> entries = new ArrayList<>();
        for (JsonObject entry : json.objects("sessions")) entries.add(readEntry(entry));
        return new ServerMessage.Sessions(entries);
    }

    private static JsonObject.Builder place(
            String type, SessionId id, int channel, long offset, long event, TerminalSize size) {
        return about(type, id)
                .put("channel", channel)
                .put("offset", offset)
                .put("event", event)
                .put("cols", size.cols())
                .put("rows", size.rows());
    }

    private static JsonObject.Builder type(String type) {
        return JsonObject.builder().put("type", type);
    }

    private static JsonObject.Builder about(String type, SessionId id) {
        return type(type).put("sessionId", id.toString());
    }
}
