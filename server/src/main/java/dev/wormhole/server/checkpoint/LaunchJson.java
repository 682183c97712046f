package dev.wormhole.server.checkpoint;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;
import dev.wormhole.server.session.Program;
import dev.wormhole.server.session.SessionRecord;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a session's process is started, and what runs in its foreground, as the text of a row: what
 * may be long and seldom changes.
 *
 * <p>Immutable.
 */
record LaunchJson(List<String> command, Map<String, String> env, @Nullable Program program) {

    static final LaunchJson NONE = new LaunchJson(List.of(), Map.of(), null);

    static LaunchJson parse(String text) throws JsonException {
        JsonObject object = Json.parseObject(text);
        return new LaunchJson(
                object.texts("command"),
                object.textMap("env"),
                program(object.optObject("program")));
    }

    /** Absent where the shell itself was in the foreground, and in what older versions wrote. */
    private static @Nullable Program program(@Nullable JsonObject object) throws JsonException {
        if (object == null) return null;
        List<String> words = object.texts("words");
        return words.isEmpty() ? null : new Program(words, object.bool("over"));
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
                session.exit(),
                program,
                session.task());
    }

    /** The same for equal values, so that a row is rewritten only when something changed. */
    String toText() {
        var sorted = new LinkedHashMap<String, Json>();
        new TreeMap<>(env).forEach((name, value) -> sorted.put(name, Json.of(value)));
        return JsonObject.builder()
                .put("command", Json.of(command))
                .put("env", new JsonObject(sorted))
                .opt("program", program == null ? null : json(program))
                .build()
                .toText();
    }

    private static Json json(Program program) {
        return JsonObject.builder()
                .put("words", Json.of(program.words()))
                .put("over", program.isOver())
                .build();
    }
}
