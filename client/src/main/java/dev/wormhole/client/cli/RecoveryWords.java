package dev.wormhole.client.cli;

import dev.wormhole.protocol.MessageCodec;
import dev.wormhole.protocol.RecoveredSession;
import dev.wormhole.protocol.ServerMessage;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** What a server's start brought back, for people and for scripts. Pure. */
final class RecoveryWords {

    /** Names beyond this are a number: {@code --json} has them all. */
    private static final int NAMES = 8;

    private RecoveryWords() {}

    /**
     * Lines for {@code status}: the numbers, then who is without its process and what is lost; none
     * where nothing was recovered.
     */
    static List<String> lines(ServerMessage.Recovery report, Instant now) {
        if (report.isUneventful()) return List.of();
        var lines = new ArrayList<String>();
        lines.add(
                "at the start %s ago: %d reattached, %d recreated, %d lost"
                        .formatted(
                                Words.duration(
                                        Duration.between(Instant.ofEpochMilli(report.at()), now)),
                                report.reattached().size(),
                                report.recreated().size(),
                                report.lost().size()));
        lines.addAll(group("recreated", report.recreated()));
        lines.addAll(group("lost", report.lost()));
        return lines;
    }

    /** Those of one reason on a line. */
    private static List<String> group(String what, List<RecoveredSession> sessions) {
        var reasons =
                sessions.stream()
                        .collect(
                                Collectors.groupingBy(
                                        session -> session.reason() == null ? "" : session.reason(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        return reasons.entrySet().stream()
                .map(each -> what + " " + names(each.getValue()) + reason(each.getKey()))
                .map(String::strip)
                .map(Words::oneLine)
                .toList();
    }

    private static String reason(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }

    private static String names(List<RecoveredSession> sessions) {
        String first =
                sessions.stream()
                        .limit(NAMES)
                        .map(RecoveryWords::name)
                        .collect(Collectors.joining(", "));
        int rest = sessions.size() - NAMES;
        return rest > 0 ? first + " and " + rest + " more" : first;
    }

    private static String name(RecoveredSession session) {
        if (session.name() != null) return session.name();
        return session.sessionId() == null ? "a part" : session.sessionId().shortForm();
    }

    /** The message as the server sent it: one form for the wire and for scripts. */
    static JsonObject json(ServerMessage.Recovery report) {
        try {
            JsonObject message = Json.parseObject(MessageCodec.encode(report, null).toUtf8());
            var fields = new LinkedHashMap<>(message.fields());
            fields.remove("type");
            return new JsonObject(fields);
        } catch (JsonException e) {
            throw new IllegalStateException("what we wrote cannot be read", e);
        }
    }
}
