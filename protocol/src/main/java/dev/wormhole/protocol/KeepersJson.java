package dev.wormhole.protocol;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import java.util.ArrayList;

/** The wire form of what is said of keepers: every field of an entry, null where unknown. Pure. */
final class KeepersJson {

    private KeepersJson() {}

    static JsonObject.Builder write(JsonObject.Builder json, ServerMessage.Keepers message) {
        return json.put(
                        "keepers",
                        new Json.Array(
                                message.keepers().stream()
                                        .map(keeper -> (Json) keeper(keeper))
                                        .toList()))
                .put(
                        "orphans",
                        new Json.Array(
                                message.orphans().stream()
                                        .map(orphan -> (Json) orphan(orphan))
                                        .toList()));
    }

    static ServerMessage read(JsonObject json) throws JsonException {
        var keepers = new ArrayList<KeeperEntry>();
        for (JsonObject entry : json.objects("keepers")) keepers.add(readKeeper(entry));
        var orphans = new ArrayList<OrphanEntry>();
        for (JsonObject entry : json.objects("orphans")) orphans.add(readOrphan(entry));
        return new ServerMessage.Keepers(keepers, orphans);
    }

    /** Also what {@code wormhole status --json} prints. */
    static JsonObject keeper(KeeperEntry entry) {
        return JsonObject.builder()
                .put("name", entry.name())
                .put("version", entry.version())
                .put("pid", entry.pid())
                .put("own", entry.own())
                .put("startedAt", entry.startedAt())
                .put("processes", entry.processes())
                .put("residentBytes", entry.residentBytes())
                .put("heldBytes", entry.heldBytes())
                .put("spilledBytes", entry.spilledBytes())
                .put("problem", entry.problem())
                .build();
    }

    /** Also what {@code wormhole orphans --json} prints. */
    static JsonObject orphan(OrphanEntry entry) {
        return JsonObject.builder()
                .put("sessionId", entry.sessionId().toString())
                .put("generation", entry.generation())
                .put("pid", entry.pid())
                .put("ended", entry.ended())
                .put("name", entry.name())
                .put("cwd", entry.cwd())
                .put("createdAt", entry.createdAt())
                .put("command", Json.of(entry.command()))
                .put("reason", entry.reason())
                .build();
    }

    private static KeeperEntry readKeeper(JsonObject json) throws JsonException {
        return new KeeperEntry(
                json.text("name"),
                json.text("version"),
                Fields.count(json, "pid"),
                json.bool("own"),
                Fields.optCount(json, "startedAt"),
                (int) json.integer("processes", 0, Integer.MAX_VALUE),
                Fields.count(json, "residentBytes"),
                Fields.count(json, "heldBytes"),
                Fields.count(json, "spilledBytes"),
                json.optText("problem"));
    }

    private static OrphanEntry readOrphan(JsonObject json) throws JsonException {
        return new OrphanEntry(
                Fields.sessionId(json),
                Fields.count(json, "generation"),
                Fields.count(json, "pid"),
                json.bool("ended"),
                json.optText("name"),
                json.optText("cwd"),
                Fields.optCount(json, "createdAt"),
                json.texts("command"),
                json.optText("reason"));
    }
}
