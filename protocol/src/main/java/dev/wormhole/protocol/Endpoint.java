package dev.wormhole.protocol;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

/**
 * What {@code endpoint.json} says: where the local server listens and the token it takes (DESIGN
 * section 6). Pure data: reading and writing the file belongs to the two ends.
 *
 * <p>Immutable.
 */
public record Endpoint(String url, String token, long pid, int protocol, String version) {

    public static final String FILE_NAME = "endpoint.json";

    /** The file that a server locks for as long as it lives. */
    public static final String LOCK_NAME = "wormhole.lock";

    public String toJson() {
        return JsonObject.builder()
                .put("url", url)
                .put("token", token)
                .put("pid", pid)
                .put("protocol", protocol)
                .put("version", version)
                .build()
                .toText();
    }

    public static Endpoint parse(String text) throws JsonException {
        JsonObject json = Json.parseObject(text);
        return new Endpoint(
                json.text("url"),
                json.text("token"),
                json.integer("pid", 1, Integer.MAX_VALUE),
                (int) json.integer("protocol", 1, Integer.MAX_VALUE),
                json.text("version"));
    }

    /** Without the token, so that it can be logged. */
    @Override
    public String toString() {
        return url + " (pid " + pid + ", version " + version + ")";
    }
}
