package dev.wormhole.protocol;

import dev.wormhole.protocol.json.Json;
import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Control messages to bytes and back. Pure; decoding never throws. */
public final class MessageCodec {

    private MessageCodec() {}

    /** The payload of a control frame. {@code ref} is repeated by every answer; null for none. */
    public static ByteString encode(ClientMessage message, @Nullable String ref) {
        return ByteString.utf8(withRef(ClientMessageJson.write(message), ref).toText());
    }

    /**
     * The payload of a control frame. {@code ref} is that of the request this answers; null for
     * none.
     */
    public static ByteString encode(ServerMessage message, @Nullable String ref) {
        return ByteString.utf8(withRef(ServerMessageJson.write(message), ref).toText());
    }

    /** An entry of the list of tasks as the wire writes it, for whoever says it in other ways. */
    public static JsonObject json(TaskEntry entry) {
        return TasksJson.entry(entry);
    }

    public static Decoded<ClientMessage> decodeClient(ByteString json) {
        return decode(json, ClientMessageJson::read);
    }

    public static Decoded<ServerMessage> decodeServer(ByteString json) {
        return decode(json, ServerMessageJson::read);
    }

    /** Turns an object into a message; empty for a type it does not know. */
    private interface Reader<M> {
        Optional<M> read(String type, JsonObject json) throws JsonException;
    }

    private static <M> Decoded<M> decode(ByteString payload, Reader<M> reader) {
        String ref = null;
        try {
            JsonObject json = Json.parseObject(strictUtf8(payload));
            ref = json.optText("ref");
            if (ref != null && ref.length() > Limits.REF_CHARS) {
                ref = null;
                throw new JsonException("ref: longer than " + Limits.REF_CHARS + " characters");
            }
            String type = json.text("type");
            Optional<M> message = reader.read(type, json);
            if (message.isEmpty()) return new Decoded.Unknown<>(type, ref);
            return new Decoded.Message<>(message.get(), ref);
        } catch (JsonException e) {
            return new Decoded.Malformed<>(String.valueOf(e.getMessage()), ref);
        }
    }

    private static String strictUtf8(ByteString payload) throws JsonException {
        try {
            ByteBuffer bytes = payload.toBuffer();
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("not UTF-8");
        }
    }

    private static JsonObject withRef(JsonObject.Builder json, @Nullable String ref) {
        return json.opt("ref", ref).build();
    }
}
