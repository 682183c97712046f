package dev.wormhole.server.keeper.wire;

import dev.wormhole.protocol.ByteString;
import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * What a keeper's json file says: who it is and where it listens. It proves nothing by itself: the
 * keeper lives while its lock is held.
 *
 * <p>Immutable.
 *
 * @param version of the program that the keeper runs
 */
public record KeeperEndpoint(String version, int protocol, long pid, Door door) {

    /** Where a keeper listens. */
    public sealed interface Door {}

    /** A unix socket; the keeper asks the kernel who connects. */
    public record UnixDoor(Path socket) implements Door {}

    /** A port of 127.0.0.1; HELLO carries the token, 32 bytes. */
    public record LoopbackDoor(int port, ByteString token) implements Door {}

    String toJson() {
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("version", version)
                        .put("protocol", protocol)
                        .put("pid", pid);
        switch (door) {
            case UnixDoor unix -> json.put("socket", unix.socket().toString());
            case LoopbackDoor loopback ->
                    json.put("port", loopback.port())
                            .put("token", HexFormat.of().formatHex(loopback.token().toArray()));
        }
        return json.build().toText();
    }

    static KeeperEndpoint parse(String text) throws JsonException {
        JsonObject json = Json.parseObject(text);
        return new KeeperEndpoint(
                json.text("version"),
                (int) json.integer("protocol", 1, Integer.MAX_VALUE),
                json.integer("pid", 1, Integer.MAX_VALUE),
                door(json));
    }

    private static Door door(JsonObject json) throws JsonException {
        String socket = json.optText("socket");
        try {
            if (socket != null) return new UnixDoor(Path.of(socket));
        } catch (InvalidPathException e) {
            throw new JsonException("socket: not a path");
        }
        try {
            return new LoopbackDoor(
                    (int) json.integer("port", 1, 65535),
                    ByteString.copyOf(HexFormat.of().parseHex(json.text("token"))));
        } catch (IllegalArgumentException e) {
            throw new JsonException("token: not hexadecimal");
        }
    }

    /** Without the token, so that it can be logged. */
    @Override
    public String toString() {
        String place =
                switch (door) {
                    case UnixDoor unix -> unix.socket().toString();
                    case LoopbackDoor loopback -> "port " + loopback.port();
                };
        return place + " (pid " + pid + ", version " + version + ")";
    }
}
