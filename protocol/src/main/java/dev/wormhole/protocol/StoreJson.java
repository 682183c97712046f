package dev.wormhole.protocol;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** The wire form of what is said of the store: every field, null where there is nothing. Pure. */
final class StoreJson {

    private StoreJson() {}

    static JsonObject.Builder write(JsonObject.Builder json, ServerMessage.StoreState state) {
        StoreProblem problem = state.problem();
        return json.put("problem", problem == null ? null : problem.wireName())
                .put("since", state.since())
                .put("message", state.message())
                .put("sessions", state.sessions())
                .put("oldestAt", state.oldestAt())
                .put("lastStoredAt", state.lastStoredAt())
                .put("reserve", state.reserve())
                .put("warnings", Json.of(state.warnings()))
                .put("report", state.report())
                .put("bytes", state.bytes())
                .put("limit", state.limit());
    }

    static ServerMessage read(JsonObject json) throws JsonException {
        return new ServerMessage.StoreState(
                problem(json.optText("problem")),
                Fields.optCount(json, "since"),
                json.optText("message"),
                (int) json.integer("sessions", 0, Integer.MAX_VALUE),
                Fields.optCount(json, "oldestAt"),
                Fields.optCount(json, "lastStoredAt"),
                json.bool("reserve"),
                json.texts("warnings"),
                json.optText("report"),
                Fields.optCount(json, "bytes"),
                Fields.optCount(json, "limit"));
    }

    /** A newer server may know more: what it says in words is worth hearing all the same. */
    private static @Nullable StoreProblem problem(@Nullable String word) {
        if (word == null) return null;
        return Arrays.stream(StoreProblem.values())
                .filter(problem -> problem.wireName().equals(word))
                .findFirst()
                .orElse(StoreProblem.OTHER);
    }
}
