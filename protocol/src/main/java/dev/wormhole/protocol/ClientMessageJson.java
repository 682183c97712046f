package dev.wormhole.protocol;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The wire form of {@link ClientMessage}. Pure. */
final class ClientMessageJson {

    private ClientMessageJson() {}

    static JsonObject.Builder write(ClientMessage message) {
        return switch (message) {
            case ClientMessage.Hello m ->
                    type("hello")
                            .put("protocol", m.protocol())
                            .put("features", Json.of(m.features()))
                            .opt("client", m.client())
                            .opt("clientId", m.clientId());
            case ClientMessage.Create m -> writeCreate(m);
            case ClientMessage.Attach m -> writeAttach(m);
            case ClientMessage.Respawn m ->
                    about("session_respawn", m.sessionId()).opt("ifGeneration", m.ifGeneration());
            case ClientMessage.Detach m -> about("session_detach", m.sessionId());
            case ClientMessage.Resize(SessionId id, TerminalSize size) ->
                    about("session_resize", id)
                            .put("cols", size == null ? 0 : size.cols())
                            .put("rows", size == null ? 0 : size.rows());
            case ClientMessage.Rename m ->
                    about("session_rename", m.sessionId()).put("name", m.name());
            case ClientMessage.Destroy m -> about("session_destroy", m.sessionId());
            case ClientMessage.Input m ->
                    about("session_input", m.sessionId()).put("data", Fields.base64(m.data()));
            case ClientMessage.InputBegin m ->
                    type("input_begin")
                            .put("channel", m.channel())
                            .put("generation", m.generation())
                            .put("count", m.count());
            case ClientMessage.ListRequest() -> type("session_list_request");
            case ClientMessage.ViewerState m ->
                    type("viewer_state")
                            .opt("sessionId", text(m.sessionId()))
                            .opt("focused", m.focused())
                            .opt("visible", m.visible())
                            .opt("cellWidth", m.cellWidth())
                            .opt("cellHeight", m.cellHeight())
                            .opt("colors", colors(m.colors()))
                            .opt("scheme", m.scheme() == null ? null : m.scheme().wireName());
            case ClientMessage.OutputAck m ->
                    type("output_ack")
                            .put("channel", m.channel())
                            .put("offset", m.offset())
                            .opt("received", m.received());
            case ClientMessage.HistoryRequest m ->
                    about("history_request", m.sessionId())
                            .opt("before", m.before())
                            .put("count", m.count());
            case ClientMessage.Refresh m -> about("session_refresh", m.sessionId());
            case ClientMessage.KeepersRequest() -> type("keepers_request");
            case ClientMessage.StoreRequest() -> type("store_request");
            case ClientMessage.OfferAnswer(SessionId id, long generation, boolean run) ->
                    about("offer_answer", id).put("generation", generation).put("run", run);
            case ClientMessage.RecoveryRequest() -> type("recovery_request");
            case ClientMessage.OrphanEnd(SessionId id, long generation) ->
                    about("orphan_end", id).put("generation", generation);
            case ClientMessage.OrphanAdopt(SessionId id, long generation) ->
                    about("orphan_adopt", id).put("generation", generation);
            case ClientMessage.TaskStart m -> writeTaskStart(m);
            case ClientMessage.TaskListRequest() -> type("task_list_request");
            case ClientMessage.TaskRequest(SessionId id, TaskStatus unlike) ->
                    about("task_request", id)
                            .opt("unlike", unlike == null ? null : unlike.wireName());
            case ClientMessage.TaskTerminate(SessionId id) -> about("task_terminate", id);
            case ClientMessage.TaskRerun(SessionId id, String createId) ->
                    about("task_rerun", id).opt("createId", createId);
            case ClientMessage.TaskOutputRequest m ->
                    about("task_output_request", m.sessionId())
                            .put("offset", m.offset())
                            .put("count", m.count())
                            .put("wait", m.waits());
            case ClientMessage.Ping() -> type("ping");
        };
    }

    static Optional<ClientMessage> read(String type, JsonObject json) throws JsonException {
        return Optional.ofNullable(
                switch (type) {
                    case "hello" -> readHello(json);
                    case "session_create" -> readCreate(json);
                    case "session_attach" -> readAttach(json);
                    case "session_respawn" ->
                            new ClientMessage.Respawn(
                                    Fields.sessionId(json), Fields.optCount(json, "ifGeneration"));
                    case "session_detach" -> new ClientMessage.Detach(Fields.sessionId(json));
                    case "session_resize" -> readResize(json);
                    case "session_rename" ->
                            new ClientMessage.Rename(
                                    Fields.sessionId(json), Fields.checkedName(json.text("name")));
                    case "session_destroy" -> new ClientMessage.Destroy(Fields.sessionId(json));
                    case "session_input" ->
                            new ClientMessage.Input(
                                    Fields.sessionId(json), Fields.base64(json, "data"));
                    case "input_begin" ->
                            new ClientMessage.InputBegin(
                                    Fields.channel(json),
                                    Fields.count(json, "generation"),
                                    Fields.count(json, "count"));
                    case "session_list_request" -> new ClientMessage.ListRequest();
                    case "viewer_state" -> readViewerState(json);
                    case "output_ack" ->
                            new ClientMessage.OutputAck(
                                    Fields.channel(json),
                                    Fields.count(json, "offset"),
                                    Fields.optCount(json, "received"));
                    case "history_request" ->
                            new ClientMessage.HistoryRequest(
                                    Fields.sessionId(json),
                                    Fields.optCount(json, "before"),
                                    (int) json.integer("count", 1, Limits.HISTORY_LINES));
                    case "session_refresh" -> new ClientMessage.Refresh(Fields.sessionId(json));
                    case "keepers_request" -> new ClientMessage.KeepersRequest();
                    case "store_request" -> new ClientMessage.StoreRequest();
                    case "offer_answer" ->
                            new ClientMessage.OfferAnswer(
                                    Fields.sessionId(json),
                                    Fields.count(json, "generation"),
                                    json.bool("run"));
                    case "recovery_request" -> new ClientMessage.RecoveryRequest();
                    case "orphan_end" ->
                            new ClientMessage.OrphanEnd(
                                    Fields.sessionId(json), Fields.count(json, "generation"));
                    case "orphan_adopt" ->
                            new ClientMessage.OrphanAdopt(
                                    Fields.sessionId(json), Fields.count(json, "generation"));
                    case "task_start" -> readTaskStart(json);
                    case "task_list_request" -> new ClientMessage.TaskListRequest();
                    case "task_request" -> readTaskRequest(json);
                    case "task_terminate" ->
                            new ClientMessage.TaskTerminate(Fields.sessionId(json));
                    case "task_rerun" ->
                            new ClientMessage.TaskRerun(
                                    Fields.sessionId(json), shortText(json, "createId"));
                    case "task_output_request" ->
                            new ClientMessage.TaskOutputRequest(
                                    Fields.sessionId(json),
                                    Fields.count(json, "offset"),
                                    (int) json.integer("count", 1, Limits.TASK_OUTPUT_BYTES),
                                    json.bool("wait", false));
                    case "ping" -> new ClientMessage.Ping();
                    default -> null;
                });
    }

    private static JsonObject.Builder writeCreate(ClientMessage.Create m) {
        return type("session_create")
                .put("cols", m.size().cols())
                .put("rows", m.size().rows())
                .opt("name", m.name())
                .opt("cwd", m.cwd())
                .opt("command", m.command().isEmpty() ? null : Json.of(m.command()))
                .opt("env", env(m.env()))
                .opt("createId", m.createId())
                .opt("isStored", m.isStored() ? null : false);
    }

    private static JsonObject.Builder writeAttach(ClientMessage.Attach m) {
        TerminalSize size = m.size();
        return about("session_attach", m.sessionId())
                .opt("cols", size == null ? null : (Integer) size.cols())
                .opt("rows", size == null ? null : (Integer) size.rows())
                .opt("resumeOffset", m.resumeOffset())
                .opt("resumeEvent", m.resumeEvent())
                .opt("readOnly", m.readOnly() ? Boolean.TRUE : null)
                .put("respawn", m.respawn().wireName());
    }

    private static ClientMessage readHello(JsonObject json) throws JsonException {
        List<String> features = json.texts("features");
        if (features.size() > Limits.FEATURES) throw new JsonException("features: too many");
        return new ClientMessage.Hello(
                (int) json.integer("protocol", 0, Integer.MAX_VALUE),
                features,
                shortText(json, "client"),
                shortText(json, "clientId"));
    }

    private static JsonObject.Builder writeTaskStart(ClientMessage.TaskStart m) {
        TerminalSize size = m.size();
        return type("task_start")
                .put("repo", m.repo())
                .put("task", m.task())
                .opt("command", m.command().isEmpty() ? null : Json.of(m.command()))
                .opt("name", m.name())
                .opt("env", env(m.env()))
                .opt("cols", size == null ? null : (Integer) size.cols())
                .opt("rows", size == null ? null : (Integer) size.rows())
                .opt("timeLimit", m.timeLimit())
                .opt("createId", m.createId());
    }

    private static ClientMessage readTaskStart(JsonObject json) throws JsonException {
        String repo = json.text("repo");
        checkPath("repo", repo);
        return new ClientMessage.TaskStart(
                repo,
                TasksJson.text(json),
                command(json),
                Fields.optName(json, "name"),
                env(json),
                Fields.optSize(json),
                json.optInteger("timeLimit", 1, Limits.TASK_MILLIS),
                shortText(json, "createId"));
    }

    private static ClientMessage readTaskRequest(JsonObject json) throws JsonException {
        String unlike = json.optText("unlike");
        return new ClientMessage.TaskRequest(
                Fields.sessionId(json),
                unlike == null ? null : Fields.constant(TaskStatus.class, unlike, "unlike"));
    }

    private static ClientMessage readCreate(JsonObject json) throws JsonException {
        List<String> command = command(json);
        String cwd = json.optText("cwd");
        if (cwd != null) checkPath("cwd", cwd);
        return new ClientMessage.Create(
                Fields.size(json),
                Fields.optName(json, "name"),
                cwd,
                command,
                env(json),
                shortText(json, "createId"),
                json.bool("isStored", true));
    }

    private static void checkPath(String field, String path) throws JsonException {
        checkBound(field, path.length(), Limits.PATH_CHARS, "characters");
        checkNoNul(field, path);
    }

    private static List<String> command(JsonObject json) throws JsonException {
        List<String> command = json.texts("command");
        checkBound("command", command.size(), Limits.COMMAND_WORDS, "words");
        checkBound(
                "command",
                command.stream().mapToInt(ClientMessageJson::bytes).sum(),
                Limits.COMMAND_BYTES,
                "bytes");
        if (!command.isEmpty() && command.getFirst().isEmpty())
            throw new JsonException("command: names no program");
        for (String word : command) checkNoNul("command", word);
        return command;
    }

    private static @Nullable JsonObject env(Map<String, String> env) {
        if (env.isEmpty()) return null;
        var json = JsonObject.builder();
        env.forEach((name, value) -> json.put(name, value));
        return json.build();
    }

    private static Map<String, String> env(JsonObject json) throws JsonException {
        Map<String, String> env = new LinkedHashMap<>(json.textMap("env"));
        checkBound("env", env.size(), Limits.ENV_ENTRIES, "entries");
        int bytes = 0;
        for (Map.Entry<String, String> entry : env.entrySet()) {
            bytes += bytes(entry.getKey()) + bytes(entry.getValue()) + 2;
            if (entry.getKey().isEmpty() || entry.getKey().indexOf('=') >= 0) {
                throw new JsonException("env: a name is empty or holds '='");
            }
            checkNoNul("env", entry.getKey());
            checkNoNul("env", entry.getValue());
        }
        checkBound("env", bytes, Limits.ENV_BYTES, "bytes");
        return env;
    }

    private static ClientMessage readAttach(JsonObject json) throws JsonException {
        String respawn = json.optText("respawn");
        return new ClientMessage.Attach(
                Fields.sessionId(json),
                Fields.optSize(json),
                Fields.optCount(json, "resumeOffset"),
                Fields.optCount(json, "resumeEvent"),
                json.bool("readOnly", false),
                respawn == null
                        ? RespawnMode.AUTO
                        : Fields.constant(RespawnMode.class, respawn, "respawn"));
    }

    private static ClientMessage readResize(JsonObject json) throws JsonException {
        boolean noVote =
                json.integer("cols", 0, TerminalSize.MAX_COLS) == 0
                        && json.integer("rows", 0, TerminalSize.MAX_ROWS) == 0;
        return new ClientMessage.Resize(Fields.sessionId(json), noVote ? null : Fields.size(json));
    }

    private static ClientMessage readViewerState(JsonObject json) throws JsonException {
        String scheme = json.optText("scheme");
        return new ClientMessage.ViewerState(
                Fields.optSessionId(json),
                json.optBool("focused"),
                json.optBool("visible"),
                json.optNumber("cellWidth"),
                json.optNumber("cellHeight"),
                readColors(json.optObject("colors")),
                scheme == null ? null : Fields.constant(ColorScheme.class, scheme, "scheme"));
    }

    private static @Nullable JsonObject colors(@Nullable ViewerColors colors) {
        if (colors == null) return null;
        return JsonObject.builder()
                .put("fg", Fields.color(colors.fg()))
                .put("bg", Fields.color(colors.bg()))
                .put("cursor", Fields.color(colors.cursor()))
                .put("palette", Json.of(colors.palette().stream().map(Fields::color).toList()))
                .build();
    }

    private static @Nullable ViewerColors readColors(@Nullable JsonObject json)
            throws JsonException {
        if (json == null) return null;
        List<String> texts = json.texts("palette");
        checkBound("palette", texts.size(), Limits.PALETTE_COLORS, "colours");
        var palette = new ArrayList<Integer>();
        for (String text : texts) palette.add(Fields.color(text, "palette"));
        return new ViewerColors(
                Fields.color(json.text("fg"), "fg"),
                Fields.color(json.text("bg"), "bg"),
                Fields.color(json.text("cursor"), "cursor"),
                palette);
    }

    private static @Nullable String shortText(JsonObject json, String field) throws JsonException {
        String text = json.optText(field);
        if (text != null) checkBound(field, text.length(), Limits.FEATURE_CHARS, "characters");
        return text;
    }

    private static void checkBound(String field, int value, int max, String unit)
            throws JsonException {
        if (value > max) throw new JsonException(field + ": more than " + max + " " + unit);
    }

    private static void checkNoNul(String field, String text) throws JsonException {
        // A NUL would end the word early in the child's argument vector.
        if (text.indexOf('\0') >= 0) throw new JsonException(field + ": holds a NUL");
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static @Nullable String text(@Nullable SessionId id) {
        return id == null ? null : id.toString();
    }

    private static JsonObject.Builder type(String type) {
        return JsonObject.builder().put("type", type);
    }

    private static JsonObject.Builder about(String type, SessionId id) {
        return type(type).put("sessionId", id.toString());
    }
}
