package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;
import dev.wormhole.server.session.SessionRecord;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a session's process is started, as the text of a row: what may be long and hardly ever
 * changes.
 *
 * <p>Immutable.
 */
record LaunchJson(List<String> command, Map<String, String> env) {

    static final LaunchJson NONE = new LaunchJson(List.of(), Map.of());

    static LaunchJson parse(String text) throws JsonException {
        JsonObject object = Json.parseObject(text);
        return new LaunchJson(object.texts("command"), object.textMap("env"));
    }

    /** The session with this launch in place of its own. */
    SessionRecord of(SessionRecord session) {
        return new SessionRecord(
                session.id(),
                session.name(),
                session.cwd(),
                session.title(),
                session.createdAt(),
                session.lastActiveAt(),
                session.size(),
                session.kind(),
                command,
                env,
                session.createId(),
                session.generation(),
                session.base(),
                session.nextOffset(),
                session.nextEvent(),
                session.exit());
    }

    /** The same for equal values, so that a row is rewritten only when something changed. */
    String toText() {
        var sorted = new LinkedHashMap<String, Json>();
        new TreeMap<>(env).forEach((name, value) -> sorted.put(name, Json.of(value)));
        return JsonObject.builder()
                .put("command", Json.of(command))
                .put("env", new JsonObject(sorted))
                .build()
                .toText();
    }
}
