package dev.wormhole.server.session;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a keeper is told of a process's session, so that it can be shown and adopted by a server
 * whose store has lost the session.
 *
 * <p>Immutable.
 *
 * @param createdAt epoch milliseconds
 * @param command empty for a shell
 */
public record OrphanNote(
        @Nullable String name, @Nullable String cwd, long createdAt, List<String> command) {

    /** A keeper takes 8 KiB; a longer command is cut short, since it is only shown. */
    private static final int MAX_COMMAND = 1024;

    private static final int MAX_CWD = 1024;

    public OrphanNote {
        command = List.copyOf(command);
    }

    static OrphanNote of(SessionRecord session) {
        String cwd = session.cwd();
        return new OrphanNote(
                session.name(),
                cwd == null || cwd.length() > MAX_CWD ? null : cwd,
                session.createdAt(),
                cut(session.command()));
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
                    object.texts("command"));
        } catch (JsonException e) {
            return new OrphanNote(null, null, 0, List.of());
        }
    }

    String toJson() {
        return JsonObject.builder()
                .put("name", name)
                .put("cwd", cwd)
                .put("createdAt", createdAt)
                .put("command", Json.of(command))
                .build()
                .toText();
    }
}
