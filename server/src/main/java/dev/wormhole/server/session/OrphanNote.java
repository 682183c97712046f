package dev.wormhole.server.session;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a keeper is told of a process's session: for one that is stored enough to show and adopt it
 * where the store was lost, for another all that a server goes on with.
 *
 * <p>Immutable.
 *
 * @param createdAt epoch milliseconds
 * @param command empty for a shell
 * @param env what the creator added to the user's environment, of a session that is not stored
 * @param isStored false: nothing of the session is written to a disk, this note is all there is
 */
public record OrphanNote(
        @Nullable String name,
        @Nullable String cwd,
        long createdAt,
        List<String> command,
        Map<String, String> env,
        boolean isStored) {

    /** What a keeper takes, and some room. */
    private static final int MAX_BYTES = 7 << 10;

    /** A longer command is cut short where it is only shown. */
    private static final int MAX_COMMAND = 1024;

    private static final int MAX_CWD = 1024;

    public OrphanNote {
        command = List.copyOf(command);
        env = Map.copyOf(env);
    }

    static OrphanNote of(SessionRecord session, boolean isStored) {
        String cwd = session.cwd();
        var shown =
                new OrphanNote(
                        session.name(),
                        cwd == null || cwd.length() > MAX_CWD ? null : cwd,
                        session.createdAt(),
                        cut(session.command()),
                        Map.of(),
                        isStored);
        if (isStored) return shown;
        var whole =
                new OrphanNote(
                        shown.name(),
                        shown.cwd(),
                        shown.createdAt(),
                        session.command(),
                        session.env(),
                        false);
        int bytes = whole.toJson().getBytes(StandardCharsets.UTF_8).length;
        return bytes <= MAX_BYTES ? whole : shown;
    }

    private static List<String> cut(List<String> command) {
        int length = command.stream().mapToInt(word -> word.length() + 3).sum();
        if (length <= MAX_COMMAND) return command;
        String text = String.join(" ", command);
        return List.of(text.substring(0, Math.min(MAX_COMMAND, text.length())) + "…");
    }

    /** What was said of a process; nothing where it cannot be read. */
    public static OrphanNote parse(String json) {
        try {
            JsonObject object = Json.parseObject(json);
            return new OrphanNote(
                    object.optText("name"),
                    object.optText("cwd"),
                    object.integer("createdAt", 0, Long.MAX_VALUE),
                    object.texts("command"),
                    object.textMap("env"),
                    object.bool("isStored", true));
        } catch (JsonException e) {
            return new OrphanNote(null, null, 0, List.of(), Map.of(), true);
        }
    }

    String toJson() {
        var sorted = new LinkedHashMap<String, Json>();
        new TreeMap<>(env).forEach((key, value) -> sorted.put(key, Json.of(value)));
        return JsonObject.builder()
                .put("name", name)
                .put("cwd", cwd)
                .put("createdAt", createdAt)
                .put("command", Json.of(command))
                .opt("env", env.isEmpty() ? null : new JsonObject(sorted))
                .opt("isStored", isStored ? null : false)
                .build()
                .toText();
    }
}
