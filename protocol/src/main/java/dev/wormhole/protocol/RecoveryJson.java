package dev.wormhole.protocol;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import java.util.ArrayList;
import java.util.List;

/** The wire form of a recovery report: every field of a line, null where unknown. Pure. */
final class RecoveryJson {

    private RecoveryJson() {}

    static JsonObject.Builder write(JsonObject.Builder json, ServerMessage.Recovery report) {
        return json.put("at", report.at())
                .put("reattached", lines(report.reattached()))
                .put("recreated", lines(report.recreated()))
                .put("exited", lines(report.exited()))
                .put("lost", lines(report.lost()));
    }

    static ServerMessage read(JsonObject json) throws JsonException {
        return new ServerMessage.Recovery(
                Fields.count(json, "at"),
                readLines(json, "reattached"),
                readLines(json, "recreated"),
                readLines(json, "exited"),
                readLines(json, "lost"));
    }

    private static Json lines(List<RecoveredSession> sessions) {
        return new Json.Array(sessions.stream().map(session -> (Json) line(session)).toList());
    }

    static JsonObject line(RecoveredSession session) {
        SessionId id = session.sessionId();
        return JsonObject.builder()
                .put("sessionId", id == null ? null : id.toString())
                .put("name", session.name())
                .put("reason", session.reason())
                .build();
    }

    private static List<RecoveredSession> readLines(JsonObject json, String field)
            throws JsonException {
        var lines = new ArrayList<RecoveredSession>();
        for (JsonObject line : json.objects(field))
            lines.add(
                    new RecoveredSession(
                            Fields.optSessionId(line),
                            line.optText("name"),
                            line.optText("reason")));
        return lines;
    }
}
