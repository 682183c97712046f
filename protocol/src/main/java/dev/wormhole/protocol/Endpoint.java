package dev.wormhole.protocol;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

/**
 * What {@code endpoint.json} says: where the local server listens and the token it takes (DESIGN
 * section 6). Pure data: reading and writing the file belongs to the two ends.
 *
 * <p>Immutable.
 *
 * @param http where it takes HTTP requests about tasks, such as {@code http://127.0.0.1:7071/};
 *     null where it does not
 */
public record Endpoint(
        String url, String token, long pid, int protocol, String version, @Nullable String http) {

    public static final String FILE_NAME = "endpoint.json";

    /** The file that a server locks for as long as it lives. */
    public static final String LOCK_NAME = "wormhole.lock";

    /** Of a server that takes no HTTP requests. */
    public Endpoint(String url, String token, long pid, int protocol, String version) {
        this(url, token, pid, protocol, version, null);
    }

    public String toJson() {
        return JsonObject.builder()
                .put("url", url)
                .put("token", token)
                .put("pid", pid)
                .put("protocol", protocol)
                .put("version", version)
                .opt("http", http)
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
                json.text("version"),
                json.optText("http"));
    }

    /** Without the token, so that it can be logged. */
    @Override
    public String toString() {
        return url + " (pid " + pid + ", version " + version + ")";
    }
}
