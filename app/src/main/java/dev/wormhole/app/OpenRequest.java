package dev.wormhole.app;

import dev.wormhole.client.cli.OpenOptions;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What somebody who starts the program wants to see in the window that is open.
 *
 * <p>Immutable.
 *
 * @param server name or URL of a host to switch to; null: stay
 * @param session id, prefix of one, or name; null for none
 * @param cwd where a command runs
 * @param command of a new pane; empty for none
 */
record OpenRequest(
        @Nullable String server, @Nullable String session, String cwd, List<String> command) {

    OpenRequest {
        command = List.copyOf(command);
    }

    static OpenRequest of(OpenOptions options) {
        return new OpenRequest(
                options.server(),
                options.session(),
                System.getProperty("user.dir"),
                options.command());
    }

    String toJson() {
        return JsonObject.builder()
                .put("server", server)
                .put("session", session)
                .put("cwd", cwd)
                .put("command", Json.of(command))
                .build()
                .toText();
    }

    static OpenRequest parse(String text) throws JsonException {
        JsonObject json = Json.parseObject(text);
        return new OpenRequest(
                json.optText("server"),
                json.optText("session"),
                json.text("cwd"),
                json.texts("command"));
    }
}
