package dev.wormhole.protocol;

import dev.wormhole.protocol.json.JsonException;
import dev.wormhole.protocol.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the wire's own types out of JSON fields; both codecs share it. Pure. */
final class Fields {

    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");

    private Fields() {}

    static SessionId sessionId(JsonObject json) throws JsonException {
        return id(json.text("sessionId"), "sessionId");
    }

    static @Nullable SessionId optSessionId(JsonObject json) throws JsonException {
        String text = json.optText("sessionId");
        return text == null ? null : id(text, "sessionId");
    }

    static SessionId id(String text, String field) throws JsonException {
        try {
            return SessionId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new JsonException(field + ": expected a UUID");
        }
    }

    static TerminalSize size(JsonObject json) throws JsonException {
        return new TerminalSize(
                (int) json.integer("cols", TerminalSize.MIN_COLS, TerminalSize.MAX_COLS),
                (int) json.integer("rows", TerminalSize.MIN_ROWS, TerminalSize.MAX_ROWS));
    }

    static @Nullable TerminalSize optSize(JsonObject json) throws JsonException {
        boolean absent = json.get("cols") == null && json.get("rows") == null;
        return absent ? null : size(json);
    }

    /** An integer from 0 that fits the wire. */
    static long count(JsonObject json, String field) throws JsonException {
        return json.integer(field, 0, Limits.MAX_INTEGER);
    }

    static @Nullable Long optCount(JsonObject json, String field) throws JsonException {
        return json.optInteger(field, 0, Limits.MAX_INTEGER);
    }

    static int channel(JsonObject json) throws JsonException {
        return (int) json.integer("channel", 0, Limits.MAX_CHANNEL);
    }

    static @Nullable Integer optInt(JsonObject json, String field, int min, int max)
            throws JsonException {
        Long value = json.optInteger(field, min, max);
        return value == null ? null : Math.toIntExact(value);
    }

    static @Nullable String optName(JsonObject json, String field) throws JsonException {
        String name = json.optText(field);
        return name == null ? null : checkedName(name);
    }

    static String checkedName(String name) throws JsonException {
        try {
            return SessionName.check(name);
        } catch (IllegalArgumentException e) {
            throw new JsonException(String.valueOf(e.getMessage()));
        }
    }

    static ByteString base64(JsonObject json, String field) throws JsonException {
        try {
            byte[] bytes = Base64.getDecoder().decode(json.text(field));
            return ByteString.wrap(bytes, 0, bytes.length);
        } catch (IllegalArgumentException e) {
            throw new JsonException(field + ": not base64");
        }
    }

    static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    /** A colour written as {@code #rrggbb}. */
    static int color(String text, String field) throws JsonException {
        if (!COLOR.matcher(text).matches()) throw new JsonException(field + ": expected #rrggbb");
        return Integer.parseInt(text, 1, 7, 16);
    }

    static String color(int color) {
        return String.format(Locale.ROOT, "#%06x", color);
    }

    /** The constant whose name in lower case is the wire's word. */
    static <E extends Enum<E>> E constant(Class<E> type, String word, String field)
            throws JsonException {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(word)) return constant;
        }
        throw new JsonException(field + ": unknown value");
    }
}
